package io.github.telcochurn.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A folder that is created atomically: with all its content, or not at all. */
public final class WholeFolder {
    private WholeFolder() {}

    /** Fills a folder. */
    @FunctionalInterface
    public interface Content {
        void write(Path folder) throws IOException, InterruptedException;
    }

    /** Whether a folder can be created at a place: it does not exist, or is an empty folder. */
    public static boolean isFree(Path folder) throws IOException {
        if (Files.notExists(folder)) {
            return true;
        }
        if (!Files.isDirectory(folder)) {
            return false;
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.findAny().isEmpty();
        }
    }

    /**
     * Creates a folder; when its content cannot be written, nothing is left of it.
     *
     * @param folder for which {@link #isFree} holds
     */
    public static void make(Path folder, Content content) throws IOException, InterruptedException {
        Path target = folder.toAbsolutePath().normalize();
        Files.createDirectories(target.getParent());
        Path unfinished = target.resolveSibling(
                "." + target.getFileName() + ".new-" + ProcessHandle.current().pid());
        Files.createDirectory(unfinished);
        try {
            content.write(unfinished);
            Files.move(unfinished, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            delete(unfinished);
        }
    }

    private static void delete(Path folder) throws IOException {
        if (Files.notExists(folder)) {
            return;
        }
        List<Path> all;
        try (Stream<Path> walk = Files.walk(folder)) {
            all = walk.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : all) {
            Files.delete(path);
        }
    }
}
