package io.github.telcochurn.routes;

import io.github.telcochurn.yaml.Yaml;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What routes can name: the settings, the beans, and what is in all the files in effect. */
public final class Scope {
    /** What the program itself sends to, so that no route has to. */
    private static final Set<String> SENT_TO_BY_JAVA = Set.of("direct:batch-run", "seda:ingest-batch");

    private final Properties settings;
    private final Map<String, Class<?>> beans;
    private final Set<String> consumed = new TreeSet<>();
    private final Map<String, Place> consumers = new HashMap<>();
    private final Set<String> sentTo = new TreeSet<>(SENT_TO_BY_JAVA);
    private final Set<String> routes = new TreeSet<>();
    private final Set<String> configurations = new TreeSet<>();
    private final Map<String, Template> templates = new TreeMap<>();
    private final Map<String, Site> firstUses = new HashMap<>();
    private final List<RouteSource> templateSources;

    /** A template; its parameters map names to defaults, null where one must be given. */
    public record Template(Map<String, String> parameters, List<Place> places) {
        /** The value of a parameter that is not given; null where it must be. */
        static String defaultOf(Yaml.Mapping parameter) {
            boolean optional = parameter
                    .scalar("required")
                    .filter(required -> required.text().equals("false"))
                    .isPresent();
            return parameter.scalar("defaultValue").map(Yaml.Scalar::text).orElse(optional ? "" : null);
        }

        public Set<String> required() {
            Set<String> required = new TreeSet<>();
            parameters.forEach((name, byDefault) -> {
                if (byDefault == null) {
                    required.add(name);
                }
            });
            return required;
        }
    }

    /** Where an id is used. */
    public record Site(String file, Yaml.Position at) {
        @Override
        public String toString() {
            return file + "(" + at.line() + "," + at.column() + ")";
        }
    }

    /**
     * What can be named.
     *
     * @param settings by their keys
     * @param beans that the program binds, and their types
     * @param sources all that is in effect
     */
    public Scope(Properties settings, Map<String, Class<?>> beans, List<RouteSource> sources) {
        this.settings = settings;
        this.beans = new TreeMap<>(beans);
        this.templateSources = sources.stream()
                .filter(source -> source.syntax().isEmpty()
                        && source.elements().stream().anyMatch(element -> element.has("routeTemplate")))
                .toList();
        sources.forEach(source -> collect(source, Place.in(source)));
        // A template's endpoints are only known where it is used.
        sources.forEach(source -> Place.in(source).stream()
                .filter(place -> place.parent() == null && place.key().equals("templatedRoute"))
                .forEach(this::collectInstance));
    }

    private void collect(RouteSource source, List<Place> places) {
        for (Endpoint endpoint : Endpoint.in(places)) {
            endpoint.internalName(this).ifPresent(name -> (endpoint.isConsumer() ? consumed : sentTo).add(name));
        }
        for (Place place : places) {
            if (place.parent() == null) {
                collectElement(place);
            }
            Ids.of(place).ifPresent(id -> firstUses.putIfAbsent(id.text(), new Site(source.name(), id.at())));
        }
    }

    private void collectConsumer(Place place) {
        Endpoint.in(place.below()).stream()
                .filter(endpoint -> endpoint.place().key().equals("from"))
                .flatMap(endpoint -> endpoint.internalName(this).stream())
                .forEach(name -> consumers.putIfAbsent(name, place));
    }

    private void collectElement(Place place) {
        if (place.key().equals("route") || place.key().equals("from")) {
            collectConsumer(place);
        }
        place.mapping().flatMap(element -> element.scalar("id")).ifPresent(id -> {
            switch (place.key()) {
                case "route", "from" -> routes.add(id.text());
                case "routeConfiguration" -> configurations.add(id.text());
                case "routeTemplate" -> templates.put(id.text(), template(place));
                default -> {}
            }
        });
        if (place.key().equals("beans") && place.value() instanceof Yaml.Sequence list) {
            declared(list.items()).forEach(beans::put);
        }
    }

    private static Template template(Place place) {
        Yaml.Mapping element = place.mapping().orElseThrow();
        Map<String, String> parameters = new TreeMap<>();
        for (Yaml.Mapping parameter : element.mappings("parameters")) {
            parameter.scalar("name").ifPresent(name -> parameters.put(name.text(), Template.defaultOf(parameter)));
        }
        return new Template(parameters, place.below());
    }

    private void collectInstance(Place place) {
        Yaml.Mapping element = place.mapping().orElse(new Yaml.Mapping(place.keyAt(), List.of()));
        element.scalar("routeId").ifPresent(id -> routes.add(id.text()));
        Optional<Template> template =
                element.scalar("routeTemplateRef").map(Yaml.Scalar::text).map(templates::get);
        if (template.isEmpty()) {
            return;
        }
        Map<String, String> values = new HashMap<>(template.get().parameters());
        for (Yaml.Mapping parameter : element.mappings("parameters")) {
            parameter.scalar("name").ifPresent(name -> parameter
                    .scalar("value")
                    .ifPresent(value -> values.put(name.text(), value.text())));
        }
        Scope inside = with(values);
        for (Endpoint endpoint : Endpoint.in(template.get().places())) {
            endpoint.internalName(inside).ifPresent(name -> (endpoint.isConsumer() ? consumed : sentTo).add(name));
        }
    }

    private Scope with(Map<String, String> parameters) {
        Properties all = new Properties();
        all.putAll(settings);
        parameters.forEach((key, value) -> {
            if (value != null) {
                all.put(key, value);
            }
        });
        return new Scope(all, beans, List.of());
    }

    /** The beans that a list of YAML declares; the type is null where it is unknown. */
    public static Map<String, Class<?>> declared(List<Yaml> list) {
        Map<String, Class<?>> declared = new HashMap<>();
        for (Yaml item : list) {
            if (item instanceof Yaml.Mapping bean) {
                bean.scalar("name")
                        .ifPresent(name -> declared.put(
                                name.text(),
                                bean.scalar("type")
                                        .flatMap(type -> ClassNames.find(type.text()))
                                        .orElse(null)));
            }
        }
        return declared;
    }

    /** A text with the settings resolved; other placeholders stay. */
    public String resolve(String text) {
        return Placeholders.resolve(text, settings::getProperty);
    }

    public Properties properties() {
        return settings;
    }

    public Set<String> settings() {
        return settings.stringPropertyNames();
    }

    /** The beans' types by name; null where the type is unknown. */
    public Map<String, Class<?>> beans() {
        return beans;
    }

    /** The route that consumes what is sent to such a name; empty unless a file contains all of it. */
    public Optional<Place> consumerOf(String internalName) {
        return Optional.ofNullable(consumers.get(internalName));
    }

    public boolean isConsumed(String internalName) {
        return consumed.contains(internalName);
    }

    /** All that is consumed by the same component. */
    public List<String> consumedLike(String internalName) {
        String scheme = internalName.substring(0, internalName.indexOf(':') + 1);
        return consumed.stream().filter(name -> name.startsWith(scheme)).toList();
    }

    public boolean isSentTo(String internalName) {
        return sentTo.contains(internalName);
    }

    public Set<String> routes() {
        return routes;
    }

    public Set<String> configurations() {
        return configurations;
    }

    public Map<String, Template> templates() {
        return templates;
    }

    /** The sources that have templates. */
    public List<RouteSource> templateSources() {
        return templateSources;
    }

    /** Where an id is first used. */
    public Site firstUse(String id) {
        return firstUses.get(id);
    }

    /** The names in the template around a place, which placeholders can refer to besides the settings. */
    public static Set<String> templateNames(Place place) {
        Set<String> names = new HashSet<>();
        Optional<Place> template =
                place.key().equals("routeTemplate") ? Optional.of(place) : place.enclosing("routeTemplate");
        template.flatMap(Place::mapping).ifPresent(element -> {
            for (String key : List.of("parameters", "beans")) {
                element.mappings(key).forEach(one -> one.scalar("name").ifPresent(name -> names.add(name.text())));
            }
        });
        return names;
    }
}
