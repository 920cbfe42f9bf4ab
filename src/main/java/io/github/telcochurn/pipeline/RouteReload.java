package io.github.telcochurn.pipeline;

import io.github.telcochurn.ChurnFailure;
import io.github.telcochurn.routes.RouteFiles;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.RouteWatcherReloadStrategy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes over the files of a folder as soon as they are changed, added or deleted, and leaves all other routes alone. A file with a
 * fault is told of, and what ran before goes on.
 */
final class RouteReload extends RouteWatcherReloadStrategy {
    private static final Logger LOG = LoggerFactory.getLogger(RouteReload.class);

    private final RouteFiles files;
    private final Set<String> shippedIds;

    private RouteReload(Path folder, RouteFiles files, Set<String> shippedIds) {
        super(folder.toString());
        this.files = files;
        this.shippedIds = shippedIds;
        setPattern("*" + RouteFiles.SUFFIX);
        setRemoveAllRoutes(false);
        setResourceReload((name, resource) -> reload(Path.of(resource.getURI())));
    }

    /**
     * Watches the folders of the routes from the context's start to its end.
     *
     * @param shippedIds the shipped routes that run, beside what the user added
     */
    static void watch(CamelContext camel, RouteFiles files, Set<String> shippedIds) throws Exception {
        for (Path folder : files.folders()) {
            camel.addService(new RouteReload(folder, files, shippedIds));
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
            } else if (isOurs(file)) {
                load(file);
            }
        } catch (Exception e) {
            LOG.error("{} cannot be taken over; what ran before goes on: {}", file, ChurnFailure.rootMessage(e));
        }
    }

    private boolean isOurs(Path file) {
        String name = file.getFileName().toString();
        String id = name.substring(0, name.length() - RouteFiles.SUFFIX.length());
        boolean isOwn = files.added().contains(file) || files.templates().contains(file);
        return isOwn || (shippedIds.contains(id) && files.of(id).equals(file));
    }

    private void load(Path file) throws Exception {
        // An editor may empty a file before it writes it.
        if (Files.size(file) > 0) {
            Resource resource =
                    PluginHelper.getResourceLoader(getCamelContext()).resolveResource("file:" + file);
            onRouteReload(List.of(resource), false);
        }
    }

    private void remove(Path file) throws Exception {
        CamelContext camel = getCamelContext();
        List<String> gone = camel.getRoutes().stream()
                .filter(route -> isFrom(route, file))
                .map(Route::getRouteId)
                .toList();
        for (String id : gone) {
            camel.getRouteController().stopRoute(id);
            camel.removeRoute(id);
            LOG.info("The route {} is gone with its file {}", id, file);
        }
        for (String id : gone) {
            if (shippedIds.contains(id)) {
                load(files.of(id));
            }
        }
    }

    private static boolean isFrom(Route route, Path file) {
        Resource source = route.getSourceResource();
        return source != null && file.toUri().equals(source.getURI());
    }
}
