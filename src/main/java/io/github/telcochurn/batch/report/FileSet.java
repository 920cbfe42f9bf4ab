package io.github.telcochurn.batch.report;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Files of one folder that appear all together, or not at all: nobody must take half a report for a whole one. */
final class FileSet implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(FileSet.class);

    private final Path dir;
    private final Map<Path, Path> unfinished = new LinkedHashMap<>();

    FileSet(Path dir) {
        this.dir = dir;
    }

    /** Where to write the content of a file of that name; it gets the name when all are published. */
    Path file(String name) {
        Path place = dir.resolve("." + name + ".unfinished");
        unfinished.put(place, dir.resolve(name));
        return place;
    }

    void write(String name, String content) throws IOException {
        Files.writeString(file(name), content);
    }

    /** Makes the files appear, replacing any of the same names; when that fails, those are restored. */
    void publish() throws IOException {
        List<Path> published = new ArrayList<>();
        try {
            for (Map.Entry<Path, Path> file : unfinished.entrySet()) {
                if (Files.isRegularFile(file.getValue())) {
                    keep(file.getValue());
                }
                published.add(file.getValue());
                Files.move(file.getKey(), file.getValue(), StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (IOException e) {
            published.forEach(FileSet::restore);
            throw e;
        }
        published.forEach(file -> deleteQuietly(replaced(file)));
    }

    /** Keeps a file under a second name, so that a reader finds it at any moment. */
    private static void keep(Path file) throws IOException {
        Path kept = replaced(file);
        Files.deleteIfExists(kept);
        try {
            Files.createLink(kept, file);
        } catch (FileSystemException | UnsupportedOperationException e) {
            // Not every file system has links.
            Files.copy(file, kept);
        }
    }

    private static Path replaced(Path file) {
        return file.resolveSibling("." + file.getFileName() + ".replaced");
    }

    private static void restore(Path file) {
        Path before = replaced(file);
        if (!Files.exists(before)) {
            if (Files.isRegularFile(file)) {
                deleteQuietly(file);
            }
            return;
        }
        try {
            Files.move(before, file, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            LOG.warn("{} cannot be restored; it is now {}: {}", file, before, e.toString());
        }
    }

    /** Removes what was not published. */
    @Override
    public void close() {
        unfinished.keySet().forEach(FileSet::deleteQuietly);
    }

    private static void deleteQuietly(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            LOG.warn("{} is incomplete, and cannot be deleted: {}", file, e.toString());
        }
    }
}
