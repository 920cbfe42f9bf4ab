package io.github.telcochurn.routes.lint;

import io.github.telcochurn.routes.Endpoint;
import io.github.telcochurn.routes.Place;
import io.github.telcochurn.routes.Placeholders;
import io.github.telcochurn.routes.RouteSource;
import io.github.telcochurn.routes.Rule;
import io.github.telcochurn.routes.Scope;
import io.github.telcochurn.yaml.Yaml;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.camel.catalog.CamelCatalog;
import org.apache.camel.catalog.LanguageValidationResult;

/** Whether simple expressions can be parsed. */
final class ExpressionCheck implements RouteCheck {
    private static final Set<String> CONDITIONS =
            Set.of("filter", "when", "onWhen", "validate", "handled", "continued", "retryWhile", "completionPredicate");
    /** Text that Camel evaluates as simple; a log can also be its text alone. */
    private static final Map<String, Set<String>> TEXTS =
            Map.of("log", Set.of("message", "logName"), "throwException", Set.of("message"));
    /** There are none here: BeanCheck looks for them. */
    private static final String NO_BEANS_HERE = "No bean could be found in the registry";

    private final CamelCatalog catalog;

    ExpressionCheck(CamelCatalog catalog) {
        this.catalog = catalog;
    }

    @Override
    public void check(RouteSource source, Scope scope, Findings findings) {
        List<Place> places = Place.in(source);
        for (Place place : places) {
            if (!place.isOption()) {
                simple(place).ifPresent(text -> check(text, isCondition(place), scope, findings));
            }
        }
        for (Endpoint endpoint : Endpoint.in(places)) {
            if (endpoint.isDynamic()) {
                check(endpoint.uri(), false, scope, findings);
            }
            for (Endpoint.Option option : endpoint.options()) {
                // An option in a dynamic address was checked with it.
                if (option.value().text().contains("${") && !endpoint.isDynamic()) {
                    check(option.value(), false, scope, findings);
                }
            }
        }
    }

    private static Optional<Yaml.Scalar> simple(Place place) {
        if (place.key().equals("simple")) {
            return place.mapping()
                    .flatMap(language -> language.scalar("expression"))
                    .or(place::scalar);
        }
        boolean isText = place.key().equals("log")
                || (place.parent() != null
                        && TEXTS.getOrDefault(place.parent().key(), Set.of()).contains(place.key()));
        return isText ? place.scalar() : Optional.empty();
    }

    private static boolean isCondition(Place language) {
        Place owner = language.parent();
        if (owner != null && owner.key().equals("expression")) {
            owner = owner.parent();
        }
        return owner != null && owner.isOneOf(CONDITIONS);
    }

    private void check(Yaml.Scalar text, boolean condition, Scope scope, Findings findings) {
        String resolved = scope.resolve(text.text());
        if (Placeholders.isIn(resolved)) {
            // Such as a parameter of a template, which may be the whole expression.
            return;
        }
        ClassLoader loader = getClass().getClassLoader();
        LanguageValidationResult result = condition
                ? catalog.validateLanguagePredicate(loader, "simple", resolved)
                : catalog.validateLanguageExpression(loader, "simple", resolved);
        if (result.isSuccess() || result.getError().contains(NO_BEANS_HERE)) {
            return;
        }
        boolean placed = result.getIndex() >= 0 && resolved.equals(text.text());
        findings.add(
                placed ? text.at(result.getIndex()) : text.at(),
                Rule.BAD_EXPRESSION,
                message(text, result.getShortError() == null ? result.getError() : result.getShortError()));
    }

    private static String message(Yaml.Scalar text, String why) {
        return "The simple expression \"" + text.text() + "\" cannot be parsed: "
                + why.lines().findFirst().orElse("").replaceFirst("[.]$", "")
                + ". See https://camel.apache.org/components/4.x/languages/simple-language.html.";
    }
}
