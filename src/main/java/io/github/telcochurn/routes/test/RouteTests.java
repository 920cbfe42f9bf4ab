package io.github.telcochurn.routes.test;

import io.github.telcochurn.ChurnFailure;
import io.github.telcochurn.MissingPrerequisite;
import io.github.telcochurn.config.ChurnConfig;
import io.github.telcochurn.config.ConfigException;
import io.github.telcochurn.files.Utf8Text;
import io.github.telcochurn.routes.RouteFiles;
import io.github.telcochurn.routes.RouteProperties;
import io.github.telcochurn.scoring.ChurnModel;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.apache.camel.CamelContextAware;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.component.direct.DirectComponent;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.DefaultExchange;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;

/** Runs test cases on the real files of routes, each in a Camel context of its own, with no broker. */
public final class RouteTests {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final RouteFiles routes;
    private final TestBeans beans;

    /**
     * Tests of the routes in effect.
     *
     * @param beans makes the beans that routes name
     */
    public RouteTests(ChurnConfig config, BiFunction<ChurnConfig, ChurnModel, Map<String, Object>> beans) {
        this.routes = new RouteFiles(config.routes());
        this.beans = new TestBeans(config, beans);
    }

    /** Runs a case. */
    public RouteTestResult run(String file, RouteTestFile.Case one) throws InterruptedException {
        RouteTestCase test = one.test();
        List<String> problems;
        Path home = folder();
        try {
            problems = problems(test, home);
        } catch (ChurnFailure | MissingPrerequisite | ConfigException e) {
            problems = List.of(e.getMessage());
        } finally {
            delete(home);
        }
        return new RouteTestResult(file, one.line(), test.name(), test.route(), problems);
    }

    private List<String> problems(RouteTestCase test, Path home) throws InterruptedException {
        ChurnConfig config = beans.config(home, test.settings());
        try (DefaultCamelContext context = new DefaultCamelContext(false)) {
            Map<String, ReplacedStep> steps = load(test, config, context);
            context.start();
            Exchange exchange = send(test, new TestBodies(config, home), context);
            List<String> problems = new ArrayList<>();
            problems.addAll(problemsOfOutcome(test, exchange));
            steps.forEach((id, step) -> problems.addAll(
                    test.expect().containsKey(id)
                            ? step.problems(test.expect().get(id))
                            : test.replace().containsKey(id) ? List.of() : step.problemsIfAnyCame()));
            return problems;
        } catch (InterruptedException | ChurnFailure | MissingPrerequisite e) {
            throw e;
        } catch (Exception e) {
            throw new ChurnFailure("The route cannot be run: " + ChurnFailure.rootMessage(e), e);
        }
    }

    private Map<String, ReplacedStep> load(RouteTestCase test, ChurnConfig config, DefaultCamelContext context)
            throws Exception {
        context.disableJMX();
        context.getPropertiesComponent().setOverrideProperties(RouteProperties.of(config, "test"));
        context.build();
        // A consumer that is missing now will not appear later.
        context.getComponent("direct", DirectComponent.class).setBlock(false);
        beans.of(config).forEach((name, bean) -> {
            context.getRegistry().bind(name, bean);
            CamelContextAware.trySetCamelContext(bean, context);
        });
        List<String> ids = new ArrayList<>(List.of(test.route()));
        ids.addAll(test.with());
        List<Resource> resources = new ArrayList<>();
        for (Path file : routes.withErrorHandling(ids)) {
            resources.add(ResourceHelper.fromString(file.getFileName().toString(), Utf8Text.read(file)));
        }
        PluginHelper.getRoutesLoader(context).loadRoutes(resources);
        if (context.getRouteDefinition(test.route()) == null) {
            throw new ChurnFailure("The route " + test.route()
                    + " is not loaded with these settings. Set under settings: what its precondition requires.");
        }
        return new AdvisedRoutes(context).advise(test);
    }

    private static Exchange send(RouteTestCase test, TestBodies bodies, DefaultCamelContext context) throws Exception {
        Exchange exchange = new DefaultExchange(context);
        Object body = bodies.of(test.input());
        exchange.getMessage().setBody(body);
        if (body instanceof File file) {
            exchange.getMessage().setHeader(Exchange.FILE_NAME, file.getName());
        }
        test.input().headers().forEach((name, value) -> exchange.getMessage().setHeader(name, TestBodies.value(value)));
        test.input().variables().forEach((name, value) -> exchange.setVariable(name, TestBodies.value(value)));
        try (ProducerTemplate template = context.createProducerTemplate()) {
            return template.asyncSend(AdvisedRoutes.INPUT, exchange).get(TIMEOUT.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new ChurnFailure("The route did not end within " + TIMEOUT.toSeconds()
                    + " s. Does it wait for something that the case should replace?");
        }
    }

    private static List<String> problemsOfOutcome(RouteTestCase test, Exchange exchange) {
        List<String> problems = new ArrayList<>();
        Exception thrown = exchange.getException();
        RouteTestCase.Thrown expected = test.thrown();
        if (expected == null && thrown != null) {
            problems.add("it failed: " + thrown.getClass().getSimpleName() + ": " + ChurnFailure.userMessage(thrown));
        } else if (expected != null && thrown == null) {
            problems.add("expected a failure with " + expected.exception() + ", but it did not fail");
        } else if (expected != null) {
            if (!isOf(thrown, expected.exception())) {
                problems.add("expected a failure with " + expected.exception() + ", but it failed with " + thrown);
            } else if (expected.message() != null
                    && !Match.matches(expected.message(), String.valueOf(thrown.getMessage()))) {
                problems.add("expected the message \"" + expected.message() + "\", but it is \"" + thrown.getMessage()
                        + "\"");
            }
        }
        if (test.answer() != null) {
            problems.addAll(differences(test.answer(), exchange));
        }
        return problems;
    }

    private static boolean isOf(Throwable thrown, String name) {
        for (Class<?> type = thrown.getClass(); type != null; type = type.getSuperclass()) {
            if (type.getName().equals(name) || type.getSimpleName().equals(name)) {
                return true;
            }
        }
        return false;
    }

    private static List<String> differences(RouteTestCase.Answer expected, Exchange exchange) {
        List<String> problems = new ArrayList<>();
        if (expected.body() != null) {
            Match.difference(expected.body(), Match.json(exchange.getMessage().getBody()))
                    .ifPresent(difference -> problems.add("answer: " + difference));
        }
        expected.headers().forEach((name, value) -> Match.difference(
                        value, Match.json(exchange.getMessage().getHeader(name)))
                .ifPresent(difference -> problems.add("answer: header " + name + ": " + difference)));
        expected.variables().forEach((name, value) -> Match.difference(value, Match.json(exchange.getVariable(name)))
                .ifPresent(difference -> problems.add("answer: variable " + name + ": " + difference)));
        return problems;
    }

    private static Path folder() {
        try {
            return Files.createTempDirectory("churn-route-test");
        } catch (IOException e) {
            throw new UncheckedIOException("A test's folder cannot be created", e);
        }
    }

    private static void delete(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("A test's folder cannot be deleted", e);
        }
    }
}
