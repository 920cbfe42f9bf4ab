package io.github.telcochurn.routes;

import io.github.telcochurn.yaml.Yaml;
import java.util.Optional;
import java.util.Set;

/** The ids of routes and steps, which share one space of names in Camel. */
public final class Ids {
    /** Elements whose ids are of another kind: the name of a configuration is not that of a step. */
    private static final Set<String> OTHERS = Set.of("routeConfiguration", "parameters", "constructors", "properties");

    private Ids() {}

    /** The id of a route, a template or a step, when the place is one. */
    public static Optional<Yaml.Scalar> of(Place place) {
        if (!place.key().equals("id")
                || place.parent() == null
                || place.parent().isOneOf(OTHERS)) {
            return Optional.empty();
        }
        return place.scalar().filter(id -> !Placeholders.isIn(id.text()));
    }
}
