package io.github.telcochurn.routes.lint;

import io.github.telcochurn.routes.Endpoint;
import io.github.telcochurn.routes.Place;
import io.github.telcochurn.routes.Placeholders;
import io.github.telcochurn.routes.RouteSource;
import io.github.telcochurn.routes.Rule;
import io.github.telcochurn.routes.Scope;
import io.github.telcochurn.yaml.DidYouMean;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.camel.catalog.CamelCatalog;
import org.apache.camel.tooling.model.ComponentModel;
import org.apache.camel.tooling.model.ComponentModel.EndpointOptionModel;

/** Whether endpoints are of components that are there, with options that these have. */
final class EndpointCheck implements RouteCheck {
    private static final String ON_CLASS_PATH = "META-INF/services/org/apache/camel/component/";
    private static final Set<String> FLAGS = Set.of("true", "false");

    private final CamelCatalog catalog;

    EndpointCheck(CamelCatalog catalog) {
        this.catalog = catalog;
    }

    @Override
    public void check(RouteSource source, Scope scope, Findings findings) {
        for (Endpoint endpoint : Endpoint.in(Place.in(source))) {
            String scheme = endpoint.scheme(scope);
            if (scheme.isEmpty()) {
                continue;
            }
            ComponentModel component = catalog.componentModel(scheme);
            if (component == null) {
                findings.add(
                        endpoint.uri().at(),
                        Rule.UNKNOWN_COMPONENT,
                        "Camel has no component " + scheme
                                + orElse(DidYouMean.suggestion(scheme, catalog.findComponentNames())));
            } else if (getClass().getClassLoader().getResource(ON_CLASS_PATH + scheme) == null) {
                findings.add(
                        endpoint.uri().at(),
                        Rule.UNKNOWN_COMPONENT,
                        "The component " + scheme + " is not on the class path. Add " + component.getGroupId() + ":"
                                + component.getArtifactId() + ":" + component.getVersion() + " to pom.xml.");
            } else {
                checkOptions(endpoint, component, scope, findings);
            }
        }
    }

    private static void checkOptions(Endpoint endpoint, ComponentModel component, Scope scope, Findings findings) {
        for (Endpoint.Option option : endpoint.options()) {
            Optional<EndpointOptionModel> known = find(option.name(), component);
            if (known.isEmpty()) {
                if (!component.isLenientProperties()) {
                    findings.add(
                            option.at(),
                            Rule.UNKNOWN_OPTION,
                            "The component " + component.getScheme() + " has no option " + option.name()
                                    + orElse(DidYouMean.suggestion(option.name(), names(component, endpoint))));
                }
            } else if (!isForSide(known.get(), endpoint)) {
                findings.add(
                        option.at(),
                        Rule.UNKNOWN_OPTION,
                        "The option " + option.name() + " of " + component.getScheme() + " is for "
                                + (endpoint.isConsumer() ? "sending" : "consuming") + " only, and does nothing here."
                                + " Take it away.");
            } else {
                checkValue(option, known.get(), scope, findings);
            }
        }
        checkRequired(endpoint, component, scope, findings);
        if (component.getScheme().equals("kafka")) {
            checkBrokers(endpoint, scope, findings);
        }
    }

    /** Camel's catalog knows nothing of it, since a component can have brokers for all its endpoints. */
    private static void checkBrokers(Endpoint endpoint, Scope scope, Findings findings) {
        Optional<Endpoint.Option> brokers = endpoint.option("brokers");
        boolean given = brokers.map(
                        option -> !scope.resolve(option.value().text()).isBlank())
                .orElse(!scope.resolve("{{camel.component.kafka.brokers}}").isBlank());
        if (!given) {
            findings.add(
                    brokers.map(option -> option.value().at())
                            .orElse(endpoint.uri().at()),
                    Rule.WRONG_OPTION,
                    brokers.map(option -> "brokers is \"" + option.value().text() + "\", which is empty here")
                                    .orElse("The component kafka needs the option brokers")
                            + ". Use {{churn.kafka.bootstrap-servers}}: the program's own brokers, the embedded one too.");
        }
    }

    /** By its name, or by a prefix such as {@code additionalProperties.} or {@code trigger.}. */
    private static Optional<EndpointOptionModel> find(String name, ComponentModel component) {
        return component.getEndpointOptions().stream()
                .filter(option -> option.getName().equals(name)
                        || (option.isMultiValue() && option.getPrefix() != null && name.startsWith(option.getPrefix()))
                        || (option.getOptionalPrefix() != null
                                && name.equals(option.getOptionalPrefix() + option.getName())))
                .findFirst()
                .or(() -> mailSession(name, component));
    }

    /** Camel's catalog knows it as additionalJavaMailProperties, and its documentation as mail.*. */
    private static Optional<EndpointOptionModel> mailSession(String name, ComponentModel component) {
        return component.getEndpointOptions().stream()
                .filter(option -> option.getName().equals("additionalJavaMailProperties") && name.startsWith("mail."))
                .findFirst();
    }

    private static boolean isForSide(EndpointOptionModel option, Endpoint endpoint) {
        List<String> labels = List.of(
                option.getLabel() == null ? new String[0] : option.getLabel().split(","));
        boolean consumerOnly = labels.contains("consumer") && !labels.contains("producer");
        boolean producerOnly = labels.contains("producer") && !labels.contains("consumer");
        return endpoint.isConsumer() ? !producerOnly : !consumerOnly;
    }

    private static Set<String> names(ComponentModel component, Endpoint endpoint) {
        return component.getEndpointOptions().stream()
                .filter(option -> isForSide(option, endpoint))
                .map(EndpointOptionModel::getName)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static void checkValue(Endpoint.Option option, EndpointOptionModel known, Scope scope, Findings findings) {
        String value = scope.resolve(option.value().text());
        if (Placeholders.isIn(value) || value.startsWith("#") || value.contains("${") || known.isMultiValue()) {
            return;
        }
        String expected = null;
        if (known.getEnums() != null && known.getEnums().stream().noneMatch(word -> sameWord(word, value))) {
            expected = "one of " + String.join(", ", known.getEnums())
                    + withoutStop(DidYouMean.suggestion(value, known.getEnums()));
        } else if (known.getType().equals("boolean") && !FLAGS.contains(value.toLowerCase(Locale.ROOT))) {
            expected = "true or false.";
        } else if (known.getType().equals("integer") && !value.matches("[+-]?\\d+")) {
            expected = "a whole number.";
        } else if (known.getType().equals("duration") && !value.matches("-?\\d+|(\\d+(ms|s|m|h|d|[a-z]+)\\s*)+")) {
            expected = "a duration, such as 500 (milliseconds), 10s or 5m.";
        }
        if (expected != null) {
            findings.add(
                    option.value().at(),
                    Rule.WRONG_OPTION,
                    option.name() + " is \"" + value + "\", but must be " + expected);
        }
    }

    /** Camel reads all-or-nothing as ALL_OR_NOTHING. */
    private static boolean sameWord(String one, String other) {
        return one.replaceAll("[-_]", "").equalsIgnoreCase(other.replaceAll("[-_]", ""));
    }

    private static void checkRequired(Endpoint endpoint, ComponentModel component, Scope scope, Findings findings) {
        boolean hasPath = !endpoint.path(scope).isEmpty();
        for (EndpointOptionModel option : component.getEndpointOptions()) {
            boolean inPath = option.getKind().equals("path") && hasPath;
            if (option.isRequired()
                    && !inPath
                    && !endpoint.isDynamic()
                    && isForSide(option, endpoint)
                    && endpoint.option(option.getName()).isEmpty()) {
                findings.add(
                        endpoint.uri().at(),
                        Rule.WRONG_OPTION,
                        "The component " + component.getScheme() + " needs the option " + option.getName() + ": "
                                + option.getDescription().replaceFirst("[.].*$", "") + ".");
            }
        }
    }

    private static String orElse(String suggestion) {
        return suggestion.isEmpty() ? ". See https://camel.apache.org/components/." : suggestion;
    }

    private static String withoutStop(String suggestion) {
        return suggestion.isEmpty() ? "." : suggestion;
    }
}
