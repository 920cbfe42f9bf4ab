package io.github.telcochurn.routes;

import io.github.telcochurn.yaml.Yaml;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Which routes a file defines. */
public final class RouteIds {
    private RouteIds() {}

    /** The ids of a file's routes, those made from templates too; none when it is not a file of routes. */
    public static List<String> in(Path file) {
        return Place.in(RouteSource.ofFile(file)).stream()
                .filter(place -> place.parent() == null)
                .flatMap(place -> idOf(place).stream())
                .map(Yaml.Scalar::text)
                .toList();
    }

    private static Optional<Yaml.Scalar> idOf(Place element) {
        return switch (element.key()) {
            case "route" -> element.mapping().flatMap(route -> route.scalar("id"));
            case "templatedRoute" -> element.mapping().flatMap(route -> route.scalar("routeId"));
            default -> Optional.empty();
        };
    }
}
