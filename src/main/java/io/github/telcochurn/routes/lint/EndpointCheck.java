package io.github.telcochurn.routes.lint;

import io.github.telcochurn.routes.Endpoint;
import io.github.telcochurn.routes.Place;
import io.github.telcochurn.routes.Placeholders;
import io.github.telcochurn.routes.RouteSource;
import io.github.telcochurn.routes.Rule;
import io.github.telcochurn.routes.Scope;
import io.github.telcochurn.yaml.DidYouMean;
import java.net.URISyntaxException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.camel.catalog.DefaultCamelCatalog;
import org.apache.camel.catalog.EndpointValidationResult;
import org.apache.camel.tooling.model.ComponentModel;
import org.apache.camel.tooling.model.ComponentModel.EndpointOptionModel;

/** Whether endpoints use components that exist, with options that these have. */
final class EndpointCheck implements RouteCheck {
    private static final String SEE_COMPONENTS = ". See https://camel.apache.org/components/.";
    private static final String ON_CLASS_PATH = "META-INF/services/org/apache/camel/component/";

    private final DefaultCamelCatalog catalog;

    EndpointCheck(DefaultCamelCatalog catalog) {
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
                                + DidYouMean.suggestionOr(scheme, catalog.findComponentNames(), SEE_COMPONENTS));
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

    private void checkOptions(Endpoint endpoint, ComponentModel component, Scope scope, Findings findings) {
        EndpointValidationResult found = catalog.validateProperties(component.getScheme(), values(endpoint, scope));
        for (Endpoint.Option option : endpoint.options()) {
            if (contains(found.getUnknown(), option) && !isTolerated(option, component)) {
                findings.add(
                        option.at(),
                        Rule.UNKNOWN_OPTION,
                        "The component " + component.getScheme() + " has no option " + option.name()
                                + DidYouMean.suggestionOr(option.name(), names(component, endpoint), SEE_COMPONENTS));
            } else if (isForOtherSide(option, component, endpoint)) {
                findings.add(
                        option.at(),
                        Rule.UNKNOWN_OPTION,
                        "The option " + option.name() + " of " + component.getScheme() + " is for "
                                + (endpoint.isConsumer() ? "sending" : "consuming") + " only, and does nothing here."
                                + " Remove it.");
            } else if (isKnown(option, scope)) {
                expected(option, found)
                        .ifPresent(expected -> findings.add(
                                option.value().at(),
                                Rule.WRONG_OPTION,
                                option.name() + " is \""
                                        + scope.resolve(option.value().text()) + "\", but must be " + expected));
            }
        }
        checkRequired(endpoint, component, found, scope, findings);
        if (component.getScheme().equals("kafka")) {
            checkBrokers(endpoint, scope, findings);
        }
    }

    /** The values of an endpoint as the catalog takes them, including those in its path. */
    private Map<String, String> values(Endpoint endpoint, Scope scope) {
        Map<String, String> values = new HashMap<>();
        if (!endpoint.path(scope).isEmpty()) {
            values.putAll(ofPath(endpoint, scope));
        }
        for (Endpoint.Option option : endpoint.options()) {
            values.put(option.name(), scope.resolve(option.value().text()));
        }
        return values;
    }

    private Map<String, String> ofPath(Endpoint endpoint, Scope scope) {
        try {
            return catalog.endpointProperties(endpoint.scheme(scope) + ":" + endpoint.path(scope));
        } catch (URISyntaxException | IllegalArgumentException e) {
            // Such as an expression, which is not an address before it is evaluated.
            return Map.of();
        }
    }

    /** What is only known when the route is created, or a message arrives, cannot be checked. */
    private static boolean isKnown(Endpoint.Option option, Scope scope) {
        String value = scope.resolve(option.value().text());
        return !Placeholders.isIn(value) && !value.contains("${");
    }

    private static boolean contains(Set<String> names, Endpoint.Option option) {
        return names != null && names.contains(option.name());
    }

    /** A lenient component passes any option on; mail.* are in Camel's documentation, but not in its catalog. */
    private static boolean isTolerated(Endpoint.Option option, ComponentModel component) {
        return component.isLenientProperties()
                || (option.name().startsWith("mail.")
                        && component.getArtifactId().equals("camel-mail"));
    }

    private static Optional<String> expected(Endpoint.Option option, EndpointValidationResult found) {
        String name = option.name();
        if (found.getInvalidEnum() != null && found.getInvalidEnum().containsKey(name)) {
            List<String> choices = List.of(found.getInvalidEnumChoices().get(name));
            return Optional.of("one of " + String.join(", ", choices)
                    + DidYouMean.suggestionOr(found.getInvalidEnum().get(name), choices, "."));
        }
        if (has(found.getInvalidBoolean(), name)) {
            return Optional.of("true or false.");
        }
        if (has(found.getInvalidInteger(), name)) {
            return Optional.of("a whole number.");
        }
        if (has(found.getInvalidNumber(), name)) {
            return Optional.of("a number.");
        }
        if (has(found.getInvalidDuration(), name)) {
            return Optional.of("a duration, such as 500 (milliseconds), 10s or 5m.");
        }
        return has(found.getInvalidReference(), name)
                ? Optional.of("a bean, as #name, #bean:name or #class:name.")
                : Optional.empty();
    }

    private static boolean has(Map<String, String> invalid, String name) {
        return invalid != null && invalid.containsKey(name);
    }

    /** Camel's catalog does not require them, since the component can have brokers for all its endpoints. */
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
                            + ". Use {{churn.kafka.bootstrap-servers}}: the program's own brokers, embedded or not.");
        }
    }

    private static boolean isForOtherSide(Endpoint.Option option, ComponentModel component, Endpoint endpoint) {
        return component.getEndpointOptions().stream()
                .filter(known -> known.getName().equals(option.name()))
                .anyMatch(known -> !isForSide(known, endpoint));
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

    private static void checkRequired(
            Endpoint endpoint,
            ComponentModel component,
            EndpointValidationResult found,
            Scope scope,
            Findings findings) {
        boolean hasPath = !endpoint.path(scope).isEmpty();
        if (found.getRequired() == null || endpoint.isDynamic()) {
            return;
        }
        component.getEndpointOptions().stream()
                .filter(option -> found.getRequired().contains(option.getName()) && isForSide(option, endpoint))
                // A setting that is empty here may be set where the route runs.
                .filter(option -> endpoint.option(option.getName()).isEmpty())
                // A path of placeholders cannot be parsed yet.
                .filter(option -> !hasPath || !option.getKind().equals("path"))
                .forEach(option -> findings.add(
                        endpoint.uri().at(),
                        Rule.WRONG_OPTION,
                        "The component " + component.getScheme() + " needs the option " + option.getName() + ": "
                                + option.getDescription().replaceFirst("[.].*$", "") + "."));
    }
}
