package io.github.telcochurn.pipeline;

import io.github.telcochurn.ChurnFailure;
import io.github.telcochurn.config.ChurnConfig;
import io.github.telcochurn.files.Utf8Text;
import io.github.telcochurn.notification.WebAddresses;
import io.github.telcochurn.routes.Finding;
import io.github.telcochurn.routes.RouteFiles;
import io.github.telcochurn.routes.RouteIds;
import io.github.telcochurn.routes.lint.RouteLinter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;
import org.apache.camel.support.PluginHelper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The route files that the user added to the service. One with an error of {@code ./churn routes check}, or that cannot be
 * loaded or started, is switched off as a whole while scoring continues;
 * this health check stays UP, and its message names the file and the reason.
 */
final class AddedRoutes extends AbstractHealthCheck {
    private static final Logger LOG = LoggerFactory.getLogger(AddedRoutes.class);

    private final ChurnConfig config;
    private final Map<String, Class<?>> beanTypes;
    private final OwnRouteLog log;
    private final Map<Path, String> switchedOff = new ConcurrentSkipListMap<>();

    AddedRoutes(ChurnConfig config, Map<String, Class<?>> beanTypes, OwnRouteLog log) {
        super("churn", "own-routes");
        this.config = config;
        this.beanTypes = beanTypes;
        this.log = log;
    }

    /** Loads templates and routes into the context, which has started. */
    void loadAll() {
        RouteFiles files = new RouteFiles(config.routes());
        // Files without routes come first, since others use them, such as a routeConfiguration.
        Stream<Path> routes = files.added().stream()
                .sorted(Comparator.comparing(file -> !RouteIds.in(file).isEmpty()));
        List<Path> own = Stream.concat(files.ownTemplates().stream(), routes).toList();
        Map<String, List<Finding>> findings = own.isEmpty()
                ? Map.of()
                : new RouteLinter(config, beanTypes).check(own).stream().collect(Collectors.groupingBy(Finding::file));
        List<Path> sound = new ArrayList<>();
        for (Path file : own) {
            error(findingsOf(file, findings))
                    .ifPresentOrElse(
                            error -> {
                                switchedOff.put(file, error);
                                report(file, error, findings);
                            },
                            () -> sound.add(file));
        }
        load(sound).forEach((file, failure) -> report(file, reason(failure), findings));
    }

    private static List<Finding> findingsOf(Path file, Map<String, List<Finding>> findings) {
        return findings.getOrDefault(RouteFiles.shown(file), List.of());
    }

    private static Optional<String> error(List<Finding> findings) {
        return findings.stream().filter(Finding::isError).map(Finding::message).findFirst();
    }

    private static void report(Path file, String reason, Map<String, List<Finding>> findings) {
        LOG.error(
                "{} is switched off, and all else runs: {}{}",
                RouteFiles.shown(file),
                reason,
                findingsOf(file, findings).stream()
                        .map(finding -> System.lineSeparator() + "  " + finding)
                        .collect(Collectors.joining()));
    }

    /** A file may need a bean of a later one, so failed files are retried as long as that helps. */
    private Map<Path, Exception> load(List<Path> files) {
        Map<Path, Exception> failed = new LinkedHashMap<>();
        for (Path file : files) {
            try {
                load(file);
            } catch (Exception e) {
                failed.put(file, e);
            }
        }
        boolean helped = failed.size() < files.size();
        return helped && !failed.isEmpty() ? load(List.copyOf(failed.keySet())) : failed;
    }

    /** Loads a file and starts its routes, all of them or none. */
    void load(Path file) throws Exception {
        try {
            List<String> ids = RouteIds.in(file);
            requireNew(ids);
            loadWhole(file, ids);
            switchedOff.remove(file);
        } catch (Exception e) {
            switchedOff.put(file, reason(e));
            throw e;
        }
    }

    private void requireNew(List<String> ids) {
        for (String id : ids) {
            if (getCamelContext().getRoute(id) != null) {
                throw new ChurnFailure("There is a route " + id + " already. Give this one another id.");
            }
        }
    }

    private void loadWhole(Path file, List<String> ids) throws Exception {
        try {
            // Camel would silently replace what is not UTF-8.
            Utf8Text.read(file);
            log.open(file);
            PluginHelper.getRoutesLoader(getCamelContext())
                    .loadRoutes(
                            PluginHelper.getResourceLoader(getCamelContext()).resolveResource("file:" + file));
        } catch (Exception e) {
            remove(ids);
            throw e;
        }
    }

    /** Forgets a file that is gone. */
    void forget(Path file) {
        switchedOff.remove(file);
    }

    /** Stops and removes routes. */
    void remove(List<String> ids) throws Exception {
        for (String id : ids) {
            getCamelContext().getRouteController().stopRoute(id);
            getCamelContext().removeRoute(id);
        }
    }

    private static String reason(Exception failure) {
        return WebAddresses.hostsOnly(ChurnFailure.rootMessage(failure));
    }

    @Override
    protected void doCall(HealthCheckResultBuilder builder, Map<String, Object> options) {
        builder.up();
        if (!switchedOff.isEmpty()) {
            builder.message(switchedOff.entrySet().stream()
                    .map(file -> RouteFiles.shown(file.getKey()) + " is switched off: " + file.getValue())
                    .collect(Collectors.joining("; ", "Degraded: ", "")));
        }
    }
}
