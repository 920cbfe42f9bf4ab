package io.github.telcochurn.routes;

import io.github.telcochurn.MissingPrerequisite;
import io.github.telcochurn.config.ChurnConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The route files in effect: those of the shipped folder, and those of the user's own folder, where a file replaces the shipped
 * one of the same name.
 */
public final class RouteFiles {
    /** How the name of a route's file ends, after the route's id. */
    public static final String SUFFIX = ".camel.yaml";

    /** How the name of a file of route tests ends. */
    public static final String TEST_SUFFIX = ".test.yaml";

    /** The id of the file with what all routes share. */
    public static final String ERROR_HANDLING = "error-handling";

    private static final String TEMPLATES = "templates";

    private final Path dir;
    private final Path ownDir;

    public RouteFiles(ChurnConfig.Routes routes) {
        this.dir = routes.dir();
        this.ownDir = routes.ownDir();
    }

    /**
     * The file of a shipped route, or the one that replaces it.
     *
     * @throws MissingPrerequisite when there is none
     */
    public Path of(String routeId) {
        String name = routeId + SUFFIX;
        if (ownDir != null && Files.isReadable(ownDir.resolve(name))) {
            return ownDir.resolve(name);
        }
        if (!Files.isReadable(dir.resolve(name))) {
            throw new MissingPrerequisite(
                    "No route at " + dir.resolve(name) + ". Restore the file, or set churn.routes.dir.");
        }
        return dir.resolve(name);
    }

    /**
     * The files of some routes, preceded by that of the error handling, which all routes share.
     *
     * @throws MissingPrerequisite when one is missing
     */
    public List<Path> withErrorHandling(Collection<String> routeIds) {
        return Stream.concat(Stream.of(ERROR_HANDLING), routeIds.stream())
                .distinct()
                .map(this::of)
                .toList();
    }

    /** The id that belongs to a file of routes: its name without {@link #SUFFIX}. */
    public static String idOf(Path file) {
        String name = file.getFileName().toString();
        return name.substring(0, name.length() - SUFFIX.length());
    }

    /** The templates, from {@code templates/} in both folders. */
    public List<Path> templates() {
        return inEffect(TEMPLATES, SUFFIX);
    }

    /** The templates that the user added, or that replace a shipped one. */
    public List<Path> ownTemplates() {
        return templates().stream().filter(this::isOwn).toList();
    }

    public List<Path> shippedTemplates() {
        return templates().stream().filter(file -> !isOwn(file)).toList();
    }

    private boolean isOwn(Path file) {
        return ownDir != null && file.startsWith(ownDir);
    }

    /** Whether a file is in the shipped folder; all others are a user's own. */
    public boolean isShipped(Path file) {
        Path absolute = absolute(file);
        return absolute.startsWith(absolute(dir)) && (ownDir == null || !absolute.startsWith(absolute(ownDir)));
    }

    /** Whether a user's own file replaces the shipped one of the same name. */
    public boolean replacesShipped(Path file) {
        return !isShipped(file) && Files.exists(dir.resolve(file.getFileName()));
    }

    private static Path absolute(Path path) {
        return path.toAbsolutePath().normalize();
    }

    /** The files of the own folder that replace none, in the order of their names: what the user added. */
    public List<Path> added() {
        return ownDir == null
                ? List.of()
                : filesOf(ownDir, SUFFIX).stream()
                        .filter(file -> !Files.exists(dir.resolve(file.getFileName())))
                        .toList();
    }

    /** Every file in effect, in the order of their names: routes, then templates. */
    public List<Path> all() {
        return Stream.concat(inEffect("", SUFFIX).stream(), templates().stream())
                .toList();
    }

    /** The tests of routes and templates, in the order of their names. */
    public List<Path> tests() {
        return Stream.concat(inEffect("", TEST_SUFFIX).stream(), inEffect(TEMPLATES, TEST_SUFFIX).stream())
                .toList();
    }

    /** A file as it is shown to people: relative to the working directory when it is below that. */
    public static String shown(Path file) {
        Path absolute = absolute(file);
        Path here = Path.of("").toAbsolutePath();
        return (absolute.startsWith(here) ? here.relativize(absolute) : absolute).toString();
    }

    /** The folders that files come from, with those of templates, as far as they exist. */
    public List<Path> folders() {
        return Stream.of(dir, ownDir)
                .filter(folder -> folder != null)
                .flatMap(folder -> Stream.of(folder, folder.resolve(TEMPLATES)))
                .filter(Files::isDirectory)
                .toList();
    }

    private List<Path> inEffect(String subfolder, String suffix) {
        Map<Path, Path> byName = new TreeMap<>();
        filesOf(dir.resolve(subfolder), suffix).forEach(file -> byName.put(file.getFileName(), file));
        if (ownDir != null) {
            filesOf(ownDir.resolve(subfolder), suffix).forEach(file -> byName.put(file.getFileName(), file));
        }
        return List.copyOf(byName.values());
    }

    private static List<Path> filesOf(Path folder, String suffix) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().endsWith(suffix))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("The routes of " + folder + " cannot be listed", e);
        }
    }
}
