package io.github.telcochurn.routes;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.github.telcochurn.ChurnFailure;
import io.github.telcochurn.config.ChurnConfig;
import io.github.telcochurn.yaml.Yaml;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The routes and templates in effect, as their files describe them.
 *
 * @param routes in the order of their files
 * @param templates in the order of their files
 */
public record RouteList(
        @JsonProperty List<Entry> routes, @JsonProperty List<Template> templates) {

    /**
     * A route.
     *
     * @param file as it is shown to people
     * @param origin {@code shipped}, or {@code own} when it comes from the user's folder
     * @param from what it consumes
     * @param sendsTo where it sends, in order, each once
     * @param description its first sentence
     */
    public record Entry(
            @JsonProperty String id,
            @JsonProperty String file,
            @JsonProperty String origin,
            @JsonProperty String from,
            @JsonProperty("sends_to") List<String> sendsTo,
            @JsonProperty String description) {}

    /** What routes can be made from, given its parameters. */
    public record Template(
            @JsonProperty String id,
            @JsonProperty String file,
            @JsonProperty String origin,
            @JsonProperty String description,
            @JsonProperty List<Parameter> parameters) {}

    /**
     * A parameter of a template.
     *
     * @param byDefault null when it is required
     */
    public record Parameter(
            @JsonProperty String name,
            @JsonProperty String description,
            @JsonProperty("default") String byDefault) {}

    /**
     * Reads all files in effect.
     *
     * @throws ChurnFailure when one is not YAML
     */
    public static RouteList of(ChurnConfig config) {
        List<Entry> routes = new ArrayList<>();
        List<Template> templates = new ArrayList<>();
        Scope scope = new Scope(RouteProperties.of(config, "list"), Map.of(), List.of());
        for (Path file : new RouteFiles(config.routes()).all()) {
            Path ownDir = config.routes().ownDir();
            String origin = ownDir != null && file.startsWith(ownDir) ? "own" : "shipped";
            RouteSource source = read(file);
            for (Place place : Place.in(source)) {
                if (place.parent() != null || place.mapping().isEmpty()) {
                    continue;
                }
                switch (place.key()) {
                    case "route", "from" -> routes.add(route(place, source, origin, scope));
                    case "templatedRoute" -> routes.add(instance(place, source, origin));
                    case "routeTemplate" -> templates.add(template(place, source, origin));
                    default -> {}
                }
            }
        }
        return new RouteList(List.copyOf(routes), List.copyOf(templates));
    }

    private static RouteSource read(Path file) {
        RouteSource source = RouteSource.ofFile(file);
        if (!source.syntax().isEmpty()) {
            throw new ChurnFailure(source.syntax().get(0) + " ./churn routes check shows all problems.");
        }
        return source;
    }

    private static Entry route(Place place, RouteSource source, String origin, Scope scope) {
        Yaml.Mapping route = place.mapping().orElseThrow();
        List<Endpoint> endpoints = Endpoint.in(place.below());
        return new Entry(
                text(route, "id"),
                source.name(),
                origin,
                shown(endpoints.stream().filter(Endpoint::isConsumer), scope).stream()
                        .findFirst()
                        .orElse(""),
                shown(endpoints.stream().filter(endpoint -> !endpoint.isConsumer()), scope),
                firstSentence(text(route, "description")));
    }

    private static List<String> shown(Stream<Endpoint> endpoints, Scope scope) {
        return endpoints.map(endpoint -> endpoint.summary(scope)).distinct().toList();
    }

    private static Entry instance(Place place, RouteSource source, String origin) {
        Yaml.Mapping use = place.mapping().orElseThrow();
        String template = text(use, "routeTemplateRef");
        return new Entry(
                text(use, "routeId"),
                source.name(),
                origin,
                "template " + template,
                List.of(),
                "Made from the template " + template + ".");
    }

    private static Template template(Place place, RouteSource source, String origin) {
        Yaml.Mapping template = place.mapping().orElseThrow();
        List<Parameter> parameters = new ArrayList<>();
        for (Yaml.Mapping parameter : template.mappings("parameters")) {
            parameters.add(new Parameter(
                    text(parameter, "name"), text(parameter, "description"), Scope.Template.defaultOf(parameter)));
        }
        String description = text(template, "description");
        return new Template(
                text(template, "id"),
                source.name(),
                origin,
                firstSentence(
                        description.isEmpty()
                                ? template.mapping("route")
                                        .map(route -> text(route, "description"))
                                        .orElse("")
                                : description),
                List.copyOf(parameters));
    }

    private static String text(Yaml.Mapping mapping, String key) {
        return mapping.scalar(key).map(Yaml.Scalar::text).orElse("");
    }

    private static String firstSentence(String description) {
        return description.strip().replaceAll("\\s+", " ").replaceFirst("(?s)(?<=[.]) .*$", "");
    }
}
