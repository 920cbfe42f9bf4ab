package io.github.telcochurn.routes.lint;

import io.github.telcochurn.routes.Endpoint;
import io.github.telcochurn.routes.Place;
import io.github.telcochurn.routes.Placeholders;
import io.github.telcochurn.routes.RouteSource;
import io.github.telcochurn.routes.Rule;
import io.github.telcochurn.routes.Scope;
import io.github.telcochurn.yaml.DidYouMean;
import io.github.telcochurn.yaml.Yaml;
import java.util.List;
import java.util.Set;

/** Whether routes, their configurations and the queues between them exist. */
final class LinkCheck implements RouteCheck {
    @Override
    public void check(RouteSource source, Scope scope, Findings findings) {
        List<Place> places = Place.in(source);
        Endpoint.in(places).forEach(endpoint -> check(endpoint, source, scope, findings));
        for (Place place : places) {
            if (place.key().equals("routeConfigurationId")) {
                place.scalar().ifPresent(id -> checkConfiguration(id, scope, findings));
            }
        }
    }

    private static void check(Endpoint endpoint, RouteSource source, Scope scope, Findings findings) {
        endpoint.internalName(scope).ifPresent(name -> {
            if (!endpoint.isConsumer() && !scope.isConsumed(name)) {
                findings.add(
                        endpoint.nameAt().at(),
                        Rule.NO_CONSUMER,
                        "No route consumes " + name
                                + DidYouMean.suggestionOr(
                                        name,
                                        scope.consumedLike(name),
                                        ". Add the route that does, or name another one."));
            } else if (endpoint.isConsumer() && !scope.isSentTo(name) && source.stem() != null) {
                findings.add(
                        endpoint.nameAt().at(),
                        Rule.NO_PRODUCER,
                        "Nothing sends to " + name + ". Send to it from a route, or delete this one.");
            }
        });
        if (endpoint.scheme(scope).equals("controlbus")) {
            endpoint.option("routeId").ifPresent(option -> checkRoute(option.value(), scope, findings));
        }
    }

    private static void checkRoute(Yaml.Scalar id, Scope scope, Findings findings) {
        String route = scope.resolve(id.text());
        if (!Placeholders.isIn(route)
                && !route.equals("current")
                && !scope.routes().contains(route)) {
            findings.add(
                    id.at(),
                    Rule.UNKNOWN_ROUTE,
                    "There is no route " + route + unknown(route, scope.routes(), "The routes are "));
        }
    }

    private static void checkConfiguration(Yaml.Scalar ids, Scope scope, Findings findings) {
        for (String id : ids.text().split(",", -1)) {
            String name = scope.resolve(id.strip());
            boolean isPattern = name.contains("*") || Placeholders.isIn(name);
            if (!isPattern && !scope.configurations().contains(name)) {
                findings.add(
                        ids.at(),
                        Rule.UNKNOWN_CONFIGURATION,
                        "There is no routeConfiguration " + name
                                + unknown(name, scope.configurations(), "Those that have an id are "));
            }
        }
    }

    private static String unknown(String name, Set<String> known, String listed) {
        return DidYouMean.suggestionOr(
                name, known, known.isEmpty() ? "." : ". " + listed + String.join(", ", known) + ".");
    }
}
