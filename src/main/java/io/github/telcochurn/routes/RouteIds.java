package io.github.telcochurn.routes;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** Which routes a file makes. */
public final class RouteIds {
    private RouteIds() {}

    /**
     * The ids of a file's routes, those made from templates too; none when it is no file of routes.
     *
     * @throws YamlEngineException when it is no YAML; its message has the line
     */
    public static List<String> in(Path file) {
        try (Reader reader = Files.newBufferedReader(file)) {
            Object root = new Load(LoadSettings.builder().build()).loadFromReader(reader);
            return root instanceof List<?> elements
                    ? elements.stream().flatMap(RouteIds::idOf).toList()
                    : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<String> idOf(Object element) {
        return element instanceof Map<?, ?> map
                ? Stream.of(text(map.get("route"), "id"), text(map.get("templatedRoute"), "routeId"))
                        .filter(Objects::nonNull)
                : Stream.empty();
    }

    private static String text(Object definition, String key) {
        return definition instanceof Map<?, ?> map && map.get(key) != null
                ? map.get(key).toString()
                : null;
    }
}
