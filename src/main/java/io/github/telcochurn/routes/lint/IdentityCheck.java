package io.github.telcochurn.routes.lint;

import io.github.telcochurn.routes.Ids;
import io.github.telcochurn.routes.Place;
import io.github.telcochurn.routes.RouteFiles;
import io.github.telcochurn.routes.RouteSource;
import io.github.telcochurn.routes.Rule;
import io.github.telcochurn.routes.Scope;
import io.github.telcochurn.yaml.Yaml;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Whether routes and steps have the ids and descriptions by which people and tools find them. */
final class IdentityCheck implements RouteCheck {
    private static final Set<String> NAMED = Set.of("route", "from", "routeTemplate");
    private static final Pattern GUARANTEE = Pattern.compile(
            "(exactly|at\\s+least|at\\s+most)\\s+once|touches\\s+no\\s+message", Pattern.CASE_INSENSITIVE);

    @Override
    public void check(RouteSource source, Scope scope, Findings findings) {
        for (Place place : Place.in(source)) {
            if (place.parent() == null && place.isOneOf(NAMED)) {
                place.mapping().ifPresent(element -> {
                    checkId(place, element, source, findings);
                    checkDescription(place, element, findings);
                });
            }
            if (source.stem() != null) {
                Ids.of(place).ifPresent(id -> checkUnique(id, source, scope, findings));
            }
        }
    }

    private static void checkId(Place place, Yaml.Mapping element, RouteSource source, Findings findings) {
        Optional<Yaml.Scalar> id = element.scalar("id");
        if (id.isEmpty()) {
            String name = source.stem() == null ? "" : ": id: " + source.stem();
            findings.add(
                    place.keyAt(),
                    Rule.MISSING_ID,
                    "This " + nameOf(place) + " has no id. Give it the name of its file" + name + ".");
        } else if (source.stem() != null && !id.get().text().equals(source.stem())) {
            findings.add(
                    id.get().at(),
                    Rule.ID_NOT_FILE_NAME,
                    "The id " + id.get().text() + " is not the file's name. Call it " + source.stem()
                            + ", or move it to a file " + id.get().text() + RouteFiles.SUFFIX
                            + " of its own: commands, tests and your own folder find a route by its file.");
        }
    }

    private static void checkDescription(Place place, Yaml.Mapping element, Findings findings) {
        Optional<Yaml.Scalar> description = element.scalar("description")
                .or(() -> element.mapping("route").flatMap(route -> route.scalar("description")));
        if (description.isEmpty() || description.get().text().isBlank()) {
            findings.add(
                    place.keyAt(),
                    Rule.MISSING_DESCRIPTION,
                    "This " + nameOf(place)
                            + " has no description. Say what it does, and with which delivery guarantee.");
            return;
        }
        if (!GUARANTEE.matcher(description.get().text()).find()) {
            findings.add(
                    description.get().at(),
                    Rule.NO_GUARANTEE,
                    "The description does not state a delivery guarantee. Say \"Exactly once\", \"At least once\","
                            + " \"At most once\" or \"Touches no message\", and of what.");
        }
    }

    private static void checkUnique(Yaml.Scalar id, RouteSource source, Scope scope, Findings findings) {
        Scope.Site first = scope.firstUse(id.text());
        if (first != null && !first.equals(new Scope.Site(source.name(), id.at()))) {
            findings.add(
                    id.at(),
                    Rule.DUPLICATE_ID,
                    "The id " + id.text() + " is used at " + first + " already. Ids of routes and steps must differ.");
        }
    }

    /** A route can also be written as its {@code from} alone. */
    private static String nameOf(Place place) {
        return place.key().equals("from") ? "route" : place.key();
    }
}
