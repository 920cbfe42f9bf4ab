package io.github.telcochurn.routes.test;

import io.github.telcochurn.ChurnFailure;
import io.github.telcochurn.routes.RouteFiles;
import io.github.telcochurn.yaml.DidYouMean;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.camel.builder.AdviceWith;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.ExpressionNode;
import org.apache.camel.model.OnExceptionDefinition;
import org.apache.camel.model.ProcessDefinition;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.ProcessorDefinitionHelper;
import org.apache.camel.model.RouteConfigurationDefinition;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.SendDefinition;
import org.apache.camel.model.ToDynamicDefinition;
import org.apache.camel.model.language.ConstantExpression;

/** The loaded routes of a case, changed as the case says before they start. */
final class AdvisedRoutes {
    /** Where the route gets its input. */
    static final String INPUT = "direct:input-of-the-test";

    /** Components that do not leave the program. */
    private static final Set<String> INTERNAL = Set.of("direct", "seda", "log", "bean", "class", "language", "mock");

    private final DefaultCamelContext context;
    private final Map<String, ReplacedStep> steps = new LinkedHashMap<>();

    AdvisedRoutes(DefaultCamelContext context) {
        this.context = context;
    }

    /**
     * Changes the routes.
     *
     * @throws ChurnFailure when the case names a step that does not exist, or does not replace one that leaves the program
     */
    Map<String, ReplacedStep> advise(RouteTestCase test) throws Exception {
        Set<String> replaced = new LinkedHashSet<>(test.expect().keySet());
        replaced.addAll(test.replace().keySet());
        requireKnown(replaced);
        for (String id : replaced) {
            steps.put(id, new ReplacedStep(id, test.replace().get(id), topicOf(id)));
        }
        requireKnown(test.conditions().keySet());
        applyConditions(test.conditions());
        for (RouteDefinition route : List.copyOf(context.getRouteDefinitions())) {
            for (ProcessorDefinition<?> step : stepsOf(route)) {
                String endpoint = endpointOf(step);
                if (endpoint != null && !INTERNAL.contains(endpoint.replaceFirst(":.*$", ""))) {
                    requireReplaced(step, endpoint, route);
                }
            }
        }
        adviseConfigurations();
        for (RouteDefinition route : List.copyOf(context.getRouteDefinitions())) {
            adviseRoute(route, route.getRouteId().equals(test.route()));
        }
        return steps;
    }

    private List<ProcessorDefinition<?>> all() {
        List<ProcessorDefinition<?>> all = new ArrayList<>();
        context.getRouteDefinitions().forEach(route -> all.addAll(stepsOf(route)));
        return all;
    }

    private static List<ProcessorDefinition<?>> stepsOf(RouteDefinition route) {
        List<ProcessorDefinition<?>> steps = new ArrayList<>();
        ProcessorDefinitionHelper.filterTypeInOutputs(route.getOutputs(), ProcessorDefinition.class)
                .forEach(steps::add);
        return steps;
    }

    private void requireKnown(Collection<String> ids) {
        Set<String> known = new TreeSet<>();
        all().stream().map(ProcessorDefinition::getId).filter(id -> id != null).forEach(known::add);
        for (String id : ids) {
            if (!known.contains(id)) {
                throw new ChurnFailure("No step has the id " + id
                        + DidYouMean.suggestionOr(
                                id, known, ". Give the step this id in the route, or load its route by with:."));
            }
        }
    }

    private void applyConditions(Map<String, Boolean> conditions) {
        for (ProcessorDefinition<?> step : all()) {
            Boolean decision = step.getId() == null ? null : conditions.get(step.getId());
            if (decision != null) {
                if (!(step instanceof ExpressionNode condition)) {
                    throw new ChurnFailure(
                            step.getId() + " has no condition. conditions: is for filters and branches.");
                }
                condition.setExpression(new ConstantExpression(decision.toString()));
            }
        }
    }

    /** Where a step sends; null for one that sends nowhere. */
    private static String endpointOf(ProcessorDefinition<?> step) {
        if (step instanceof SendDefinition<?> send) {
            return send.getEndpointUri();
        }
        return step instanceof ToDynamicDefinition send ? send.getUri() : null;
    }

    private String topicOf(String id) {
        return all().stream()
                .filter(step -> id.equals(step.getId()))
                .map(AdvisedRoutes::endpointOf)
                .filter(endpoint -> endpoint != null && endpoint.startsWith("kafka:"))
                .map(endpoint -> context.resolvePropertyPlaceholders(
                        endpoint.substring("kafka:".length()).replaceFirst("\\?.*$", "")))
                .findFirst()
                .orElse(null);
    }

    /** Dead letters are replaced by default, and have to be expected; every other step the case itself has to replace. */
    private void requireReplaced(ProcessorDefinition<?> step, String endpoint, RouteDefinition route) {
        if (steps.containsKey(step.getId())) {
            return;
        }
        if (!route.getRouteId().equals(RouteFiles.ERROR_HANDLING) || step.getId() == null) {
            throw new ChurnFailure(
                    "The step " + (step.getId() == null ? "to " + endpoint.replaceFirst("\\?.*$", "") : step.getId())
                            + " of " + route.getRouteId() + " leaves the program, which a test must not do. "
                            + (step.getId() == null ? "Give it an id, and name it" : "Name it")
                            + " under expect: or replace:.");
        }
        steps.put(step.getId(), new ReplacedStep(step.getId(), null, topicOf(step.getId())));
    }

    private static void addIds(ProcessorDefinition<?> step, Set<String> ids) {
        if (step.getId() != null) {
            ids.add(step.getId());
        }
        step.getOutputs().forEach(output -> addIds(output, ids));
    }

    private void adviseRoute(RouteDefinition route, boolean underTest) throws Exception {
        Set<String> ids = new TreeSet<>();
        route.getOutputs().stream()
                .filter(output -> !(output instanceof OnExceptionDefinition))
                .forEach(output -> addIds(output, ids));
        ids.retainAll(steps.keySet());
        AdviceWith.adviceWith(context, route.getRouteId(), false, advice -> {
            String from = route.getInput().getEndpointUri();
            if (underTest) {
                advice.replaceFromWith(INPUT);
            } else if (!from.startsWith("direct") && !from.startsWith("seda")) {
                advice.replaceFromWith("direct:not-for-" + route.getRouteId());
            }
            ids.forEach(id -> advice.weaveById(id).replace().process(steps.get(id)));
        });
        route.setAutoStartup("true");
    }

    /** Replaces steps in the configurations too, since Camel applies these to each route anew. */
    private void adviseConfigurations() {
        RedeliveryDelays.remove(context);
        for (RouteConfigurationDefinition configuration : context.getRouteConfigurationDefinitions()) {
            configuration.getOnExceptions().forEach(onException -> replaceIn(onException.getOutputs()));
        }
    }

    private void replaceIn(List<ProcessorDefinition<?>> outputs) {
        for (int i = 0; i < outputs.size(); i++) {
            ReplacedStep step = steps.get(outputs.get(i).getId());
            if (step == null) {
                replaceIn(outputs.get(i).getOutputs());
            } else {
                ProcessDefinition replacement = new ProcessDefinition(step);
                replacement.setId(outputs.get(i).getId());
                outputs.set(i, replacement);
            }
        }
    }
}
