package io.github.telcochurn.pipeline;

import io.github.telcochurn.ChurnFailure;
import io.github.telcochurn.MissingPrerequisite;
import io.github.telcochurn.config.ChurnConfig;
import io.github.telcochurn.ingest.FileChanged;
import io.github.telcochurn.ingest.IngestRun;
import io.github.telcochurn.kafka.InstanceSlot;
import io.github.telcochurn.routes.Finding;
import io.github.telcochurn.routes.RouteFiles;
import io.github.telcochurn.routes.RouteProperties;
import io.github.telcochurn.routes.lint.RouteLinter;
import io.github.telcochurn.schedule.ClockWatch;
import io.github.telcochurn.schedule.ScheduleStore;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelContextAware;
import org.apache.camel.FailedToCreateRouteException;
import org.apache.camel.FailedToStartRouteException;
import org.apache.camel.main.Main;
import org.apache.commons.lang3.exception.ExceptionUtils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Camel with some of the YAML routes and the beans that they name; routes that consume are started one by one. */
public final class Pipeline implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Pipeline.class);
    private static final int SHUTDOWN_SECONDS = 15;
    private static final String BATCH_SCHEDULE = "batch-schedule";

    private final Main main;
    private final InstanceSlot slot;

    private Pipeline(Main main, InstanceSlot slot) {
        this.main = main;
        this.slot = slot;
    }

    /**
     * Loads routes, and the error handling that they share, and starts Camel.
     *
     * @param assembly the routes to load, each of which a file of the user's own may replace, and their beans
     * @throws MissingPrerequisite when a route's file does not exist
     * @throws ChurnFailure when a route cannot be loaded, or a file of the user's own has an error
     * @throws io.github.telcochurn.config.ConfigException when a route cannot keep its delivery guarantee
     */
    public static Pipeline start(ChurnConfig config, Assembly assembly) {
        GuaranteeCheck.require(
                config, assembly.beanTypes(), new RouteFiles(config.routes()).withErrorHandling(assembly.routeIds()));
        return startUnchecked(config, assembly);
    }

    /** As {@link #start}, for tests of routes that cannot keep their delivery guarantee. */
    static Pipeline startUnchecked(ChurnConfig config, Assembly assembly) {
        return start(
                config,
                new RouteFiles(config.routes()).withErrorHandling(assembly.routeIds()),
                assembly,
                false,
                Map.of(
                        "camel.management.enabled", "false",
                        "camel.metrics.enabled", "false"));
    }

    /**
     * As {@link #start}; also loads the routes that the user added, reloads them in the dev profile, and serves health and
     * metrics over HTTP. An added file that cannot be started is switched off.
     */
    public static Pipeline startService(ChurnConfig config, Assembly assembly) {
        RouteFiles files = new RouteFiles(config.routes());
        List<Path> loaded = concat(files.withErrorHandling(assembly.routeIds()), files.shippedTemplates());
        GuaranteeCheck.require(
                config, assembly.beanTypes(), concat(loaded, concat(files.ownTemplates(), files.added())));
        return start(
                config,
                loaded,
                assembly,
                true,
                Map.of(
                        "camel.management.enabled",
                        "true",
                        "camel.health.exposureLevel",
                        "full",
                        "camel.management.host",
                        config.web().host(),
                        "camel.management.port",
                        Integer.toString(config.web().port())));
    }

    private static Pipeline start(
            ChurnConfig config,
            List<Path> files,
            Assembly assembly,
            boolean withAdded,
            Map<String, String> camelSettings) {
        ScheduleStore schedule =
                assembly.routeIds().contains(BATCH_SCHEDULE) ? ScheduleStore.prepare(config.schedule()) : null;
        InstanceSlot slot = InstanceSlot.claim(config.stateDir().resolve("instances"), config.instance());
        Properties properties = properties(config, slot);
        OwnRouteLog log = new OwnRouteLog(config.routes(), properties);
        files.forEach(log::open);
        AddedRoutes added = withAdded ? new AddedRoutes(config, assembly.beanTypes(), log) : null;
        Main main = new Main();
        assembly.beans().forEach(main::bind);
        if (added != null) {
            main.bind("addedRoutes", added);
        }
        // Our own configuration is complete; Camel must not read a file beside it.
        main.setDefaultPropertyPlaceholderLocation("false");
        properties.putAll(camelSettings);
        if (schedule != null) {
            main.bind("quartzSettings", schedule.quartzSettings());
            properties.put("camel.component.quartz.propertiesRef", "quartzSettings");
            properties.put("camel.component.quartz.prefixInstanceName", "false");
            properties.put("camel.component.quartz.enableJmx", "false");
            // A run in progress had time to end while the routes stopped; otherwise Quartz would wait for it.
            properties.put("camel.component.quartz.interruptJobsOnShutdown", "true");
        }
        main.setOverrideProperties(properties);
        main.configure()
                .withName("churn")
                .withRoutesIncludePattern(locations(files))
                .withShutdownTimeout(SHUTDOWN_SECONDS)
                .withJmxEnabled(false)
                .withAutoConfigurationLogSummary(false);
        try {
            main.init();
            if (added != null) {
                added.setCamelContext(main.getCamelContext());
            }
            if (added != null && config.routes().reloaded()) {
                RouteReload.watch(main.getCamelContext(), config, assembly, added);
            }
            assembly.beans()
                    .values()
                    .forEach(bean -> CamelContextAware.trySetCamelContext(bean, main.getCamelContext()));
            if (schedule != null) {
                schedule.attachTo(main.getCamelContext());
            }
            main.start();
            watchClock(main.getCamelContext(), schedule);
            if (added != null) {
                added.loadAll();
            }
        } catch (Exception e) {
            main.stop();
            slot.close();
            throw new ChurnFailure("The routes cannot be started: " + why(config, assembly.beanTypes(), e), e);
        }
        return new Pipeline(main, slot);
    }

    private static void watchClock(CamelContext camel, ScheduleStore schedule) {
        new ClockWatch(InstantSource.system(), System::nanoTime, set -> {
                    if (schedule != null && set.isNegative()) {
                        schedule.clockWasSetBack(camel);
                    }
                })
                .checkUntilStopped(camel);
    }

    /** Camel's error and its route, and what is wrong with the files, by line. */
    private static String why(ChurnConfig config, Map<String, Class<?>> beanTypes, Exception failure) {
        String route = ExceptionUtils.getThrowableList(failure).stream()
                .map(cause -> cause instanceof FailedToCreateRouteException created
                        ? created.getRouteId()
                        : cause instanceof FailedToStartRouteException started ? started.getRouteId() : null)
                .filter(Objects::nonNull)
                .findFirst()
                .map(id -> id + ": ")
                .orElse("");
        return route
                + ChurnFailure.rootMessage(failure)
                + new RouteLinter(config, beanTypes)
                        .checkAll().stream()
                                .filter(Finding::preventsStart)
                                .map(finding -> System.lineSeparator() + "  " + finding)
                                .collect(Collectors.joining());
    }

    private static Properties properties(ChurnConfig config, InstanceSlot slot) {
        Properties properties = RouteProperties.of(config, slot.name());
        // The time after which Camel retries to create a consumer.
        properties.put("camel.component.kafka.createConsumerBackoffInterval", "1000");
        // There is no collector to send traces to.
        properties.put("camel.opentelemetry2.enabled", "false");
        return properties;
    }

    private static List<Path> concat(List<Path> some, List<Path> others) {
        return Stream.concat(some.stream(), others.stream()).toList();
    }

    private static String locations(List<Path> files) {
        return files.stream().map(file -> "file:" + file).collect(Collectors.joining(","));
    }

    /**
     * Ingests a file, and returns when its last row is committed.
     *
     * @throws FileChanged when the file was changed meanwhile
     * @throws ChurnFailure when a chunk cannot be committed; those before it stay
     * @throws InterruptedException when the program is to end; the current chunk is still committed
     */
    public void ingest(IngestRun run) throws InterruptedException {
        try {
            request("seda:ingest-batch?waitForTaskToComplete=Always&timeout=0", run, run::requestStop);
        } catch (ExecutionException e) {
            if (ChurnFailure.rootCause(e) instanceof FileChanged changed) {
                throw changed;
            }
            throw new ChurnFailure(
                    "Ingest of " + run.file().path() + " stopped: " + ChurnFailure.rootMessage(e)
                            + ". Committed chunks stay; resume with ./churn produce --mode batch --resume.",
                    e);
        }
    }

    /**
     * Sends a body to a route, and returns its reply.
     *
     * @param onInterrupt makes the route stop early; this still waits for its exchange to end
     * @throws ExecutionException when the route fails
     * @throws InterruptedException when the program is to end
     */
    public Object request(String endpoint, Object body, Runnable onInterrupt)
            throws ExecutionException, InterruptedException {
        // Not the fluent template, whose futures swallow failures.
        Future<Object> answer = main.getCamelContext().createProducerTemplate().asyncRequestBody(endpoint, body);
        try {
            return answer.get();
        } catch (InterruptedException e) {
            onInterrupt.run();
            awaitEnd(answer);
            throw e;
        }
    }

    private static void awaitEnd(Future<Object> answer) throws InterruptedException {
        try {
            answer.get(SHUTDOWN_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            LOG.warn("The interrupted exchange did not end cleanly: {}", ChurnFailure.rootMessage(e));
        }
    }

    /** Starts a route that consumes. */
    public void startRoute(String routeId) {
        try {
            main.getCamelContext().getRouteController().startRoute(routeId);
        } catch (Exception e) {
            throw new ChurnFailure("The route " + routeId + " cannot be started: " + ChurnFailure.rootMessage(e), e);
        }
    }

    /** Stops a route when its exchanges in flight have ended. */
    public void stopRoute(String routeId) {
        try {
            main.getCamelContext().getRouteController().stopRoute(routeId);
        } catch (Exception e) {
            throw new ChurnFailure("The route " + routeId + " cannot be stopped: " + ChurnFailure.rootMessage(e), e);
        }
    }

    @Override
    public void close() {
        try {
            ScheduleStore.standBy(main.getCamelContext());
            main.stop();
        } finally {
            slot.close();
        }
    }
}
