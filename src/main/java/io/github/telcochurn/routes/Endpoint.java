package io.github.telcochurn.routes;

import io.github.telcochurn.yaml.Yaml;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * An endpoint that a route names.
 *
 * @param place the element that names it
 * @param uri the component, and perhaps its path and options
 * @param options those among the parameters and those after the question mark
 */
public record Endpoint(Place place, Yaml.Scalar uri, List<Option> options) {
    private static final Set<String> CONSUMERS = Set.of("from", "poll");
    private static final Set<String> PRODUCERS = Set.of("to", "toD", "wireTap");
    private static final String DEAD_LETTER_URI = "deadLetterUri";
    /** Names of queues inside the program. */
    private static final Set<String> INTERNAL = Set.of("direct", "seda");

    /** An option, its position and its value. */
    public record Option(String name, Yaml.Position at, Yaml.Scalar value) {}

    /** The endpoints of a source. */
    public static List<Endpoint> in(List<Place> places) {
        return places.stream().flatMap(place -> of(place).stream()).toList();
    }

    private static Optional<Endpoint> of(Place place) {
        if (place.key().equals(DEAD_LETTER_URI)) {
            return place.scalar().map(uri -> new Endpoint(place, uri, afterQuestionMark(uri)));
        }
        if (place.isOption() || !(place.isOneOf(CONSUMERS) || place.isOneOf(PRODUCERS))) {
            return Optional.empty();
        }
        if (place.scalar().isPresent()) {
            return place.scalar().map(uri -> new Endpoint(place, uri, afterQuestionMark(uri)));
        }
        return place.mapping().flatMap(mapping -> mapping.scalar("uri").map(uri -> {
            List<Option> options = new ArrayList<>(afterQuestionMark(uri));
            mapping.mapping("parameters")
                    .ifPresent(parameters -> parameters.entries().forEach(entry -> options.add(option(entry))));
            return new Endpoint(place, uri, List.copyOf(options));
        }));
    }

    private static Option option(Yaml.Entry entry) {
        Yaml.Scalar value = entry.value() instanceof Yaml.Scalar scalar
                ? scalar
                : new Yaml.Scalar(entry.value().at(), "", null, true);
        return new Option(entry.name(), entry.key().at(), value);
    }

    private static List<Option> afterQuestionMark(Yaml.Scalar uri) {
        List<Option> options = new ArrayList<>();
        int from = uri.text().indexOf('?') + 1;
        while (from > 0 && from < uri.text().length()) {
            int end = uri.text().indexOf('&', from);
            String pair = end < 0 ? uri.text().substring(from) : uri.text().substring(from, end);
            String[] nameAndValue = pair.split("=", 2);
            Yaml.Position at = uri.at(from);
            options.add(new Option(
                    nameAndValue[0],
                    at,
                    new Yaml.Scalar(at, nameAndValue.length == 2 ? nameAndValue[1] : "", at, true)));
            from = end < 0 ? 0 : end + 1;
        }
        return options;
    }

    public boolean isConsumer() {
        return place.isOneOf(CONSUMERS);
    }

    /** Whether its address is only known when a message arrives. */
    public boolean isDynamic() {
        return uri.text().contains("${");
    }

    /** What precedes the colon; empty when that is a placeholder or an expression. */
    public String scheme(Scope scope) {
        String text = scope.resolve(uri.text()).replaceFirst("[:?].*$", "");
        return text.matches("[a-zA-Z][a-zA-Z0-9+.-]*") ? text : "";
    }

    /** What is between the colon and the question mark; may be empty. */
    public String path(Scope scope) {
        String text = scope.resolve(uri.text()).replaceFirst("\\?.*$", "");
        return text.contains(":") ? text.substring(text.indexOf(':') + 1).replaceFirst("^//", "") : "";
    }

    public Optional<Option> option(String name) {
        return options.stream().filter(option -> option.name().equals(name)).findFirst();
    }

    /** Such as {@code direct:batch-run}; empty for other components, and where the name is not known in advance. */
    public Optional<String> internalName(Scope scope) {
        String scheme = scheme(scope);
        if (!INTERNAL.contains(scheme) || isDynamic()) {
            return Optional.empty();
        }
        String name = path(scope).isEmpty()
                ? option("name")
                        .map(option -> scope.resolve(option.value().text()))
                        .orElse("")
                : path(scope);
        return name.isEmpty() || Placeholders.isIn(name) ? Optional.empty() : Optional.of(scheme + ":" + name);
    }

    /** The text in which {@link #internalName} is written. */
    public Yaml.Scalar nameAt() {
        return option("name").map(Option::value).orElse(uri);
    }

    /** What people call it: the component, and the topic, queue or address where one is named. */
    String summary(Scope scope) {
        String path = path(scope);
        for (String key : List.of(
                "name", "topic", "timerName", "triggerName", "directoryName", "routeId", "host", "httpUri", "path")) {
            if (path.isEmpty() && option(key).isPresent()) {
                path = scope.resolve(option(key).get().value().text());
            }
        }
        String scheme = scheme(scope);
        return scheme.isEmpty() ? uri.text() : path.isEmpty() ? scheme : scheme + ":" + path;
    }
}
