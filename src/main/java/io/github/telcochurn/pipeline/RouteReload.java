package io.github.telcochurn.pipeline;

import io.github.telcochurn.ChurnFailure;
import io.github.telcochurn.config.ChurnConfig;
import io.github.telcochurn.routes.Finding;
import io.github.telcochurn.routes.RouteFiles;
import io.github.telcochurn.routes.RouteIds;
import io.github.telcochurn.routes.lint.RouteLinter;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.support.FileWatcherResourceReloadStrategy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reloads the files of a folder as soon as they are changed, added or deleted, and leaves all other routes alone. A file with
 * an error is reported, and its routes keep running unchanged. (Camel's own strategy does not reload templated routes.)
 */
final class RouteReload extends FileWatcherResourceReloadStrategy {
    private static final Logger LOG = LoggerFactory.getLogger(RouteReload.class);
    private static final int CHECK_INTERVAL_MS = 200;

    private final ChurnConfig config;
    private final RouteFiles files;
    private final Set<String> shippedIds;
    private final Map<String, Class<?>> beanTypes;
    private final AddedRoutes added;
    /** Created when it is needed, since that takes a second. */
    private RouteLinter linter;
    /** The routes that a file made when it was last loaded. */
    private final Map<Path, List<String>> loaded = new ConcurrentHashMap<>();

    private RouteReload(Path folder, ChurnConfig config, Assembly shipped, AddedRoutes added) {
        super(folder.toString());
        this.config = config;
        this.files = new RouteFiles(config.routes());
        this.shippedIds = Set.copyOf(shipped.routeIds());
        this.beanTypes = shipped.beanTypes();
        this.added = added;
        setPollTimeout(CHECK_INTERVAL_MS);
        setFileFilter(file -> file.getName().endsWith(RouteFiles.SUFFIX));
        setResourceReload((name, resource) -> reload(Path.of(resource.getURI())));
        files.all().stream()
                .filter(file -> file.getParent().equals(folder) && isReloadable(file))
                .forEach(file -> loaded.put(file, RouteIds.in(file)));
    }

    /**
     * Watches the folders of the routes from the context's start to its end.
     *
     * @param shipped the routes that run beside those that the user added
     * @param added loads what is reloaded
     */
    static void watch(CamelContext camel, ChurnConfig config, Assembly shipped, AddedRoutes added) throws Exception {
        for (Path folder : new RouteFiles(config.routes()).folders()) {
            camel.addService(new RouteReload(folder, config, shipped, added));
        }
    }

    @Override
    protected String startupMessage(File folder) {
        return "Routes are reloaded when they change in " + folder;
    }

    private void reload(Path file) {
        try {
            if (Files.notExists(file)) {
                remove(file);
            } else if (needsRestart(file)) {
                LOG.warn("{} takes effect when the service is restarted.", file);
            } else if (isReloadable(file) && Files.size(file) > 0) {
                // An editor may empty a file before it writes it.
                if (isSound(file)) {
                    load(file);
                }
            }
        } catch (Exception e) {
            LOG.error("{} is not reloaded; its routes keep running unchanged. {}", file, ChurnFailure.rootMessage(e));
        }
    }

    private boolean isSound(Path file) {
        if (linter == null) {
            linter = new RouteLinter(config, beanTypes);
        }
        List<Finding> errors =
                linter.check(List.of(file)).stream().filter(Finding::isError).toList();
        errors.forEach(error -> LOG.error("{}", error));
        if (!errors.isEmpty()) {
            LOG.error("{} is not reloaded; its routes keep running unchanged.", file);
        }
        return errors.isEmpty();
    }

    /** Whether other routes are made from it when they are loaded. */
    private boolean needsRestart(Path file) {
        return files.templates().contains(file) || RouteFiles.idOf(file).equals(RouteFiles.ERROR_HANDLING);
    }

    private boolean isReloadable(Path file) {
        return files.added().contains(file) || isShipped(file);
    }

    private boolean isShipped(Path file) {
        String id = RouteFiles.idOf(file);
        return shippedIds.contains(id) && files.of(id).equals(file);
    }

    private void load(Path file) throws Exception {
        List<String> ids = RouteIds.in(file);
        Set<String> running = running();
        added.remove(loaded.getOrDefault(file, List.of()));
        added.remove(ids);
        loaded.put(file, ids);
        try {
            added.load(file);
        } catch (Exception e) {
            LOG.error(
                    "{} cannot be loaded, and its routes {} are stopped until it is corrected. {}",
                    file,
                    ids,
                    ChurnFailure.rootMessage(e));
            return;
        }
        for (String id : ids) {
            // A route that is not started automatically would otherwise stay stopped.
            if (running.contains(id) && getCamelContext().getRoute(id) != null) {
                getCamelContext().getRouteController().startRoute(id);
            }
        }
        LOG.warn("Reloaded: {} {}", file, ids);
    }

    private Set<String> running() {
        return getCamelContext().getRoutes().stream()
                .map(Route::getRouteId)
                .filter(id -> getCamelContext()
                        .getRouteController()
                        .getRouteStatus(id)
                        .isStarted())
                .collect(Collectors.toSet());
    }

    private void remove(Path file) throws Exception {
        List<String> removed = loaded.remove(file);
        if (removed == null) {
            return;
        }
        added.remove(removed);
        added.forget(file);
        LOG.warn("Removed with its file: {} {}", file, removed);
        for (String id : removed) {
            if (shippedIds.contains(id)) {
                load(files.of(id));
            }
        }
    }
}
