package io.github.telcochurn.ingest;

import io.github.telcochurn.ChurnFailure;
import java.nio.file.Files;
import java.nio.file.Path;

/** A folder, a pipe or a device was given instead of a file. The input is read more than once, which only a regular file allows. */
public final class NotARegularFile extends ChurnFailure {
    private NotARegularFile(String what) {
        super(what
                + ". A file is read more than once: when it is checked, when it is ingested, and when the ingest is resumed."
                + " Save the rows to a regular file, and name that file.");
    }

    /**
     * Accepts regular files, links to them, and paths that do not exist.
     *
     * @throws NotARegularFile when the path is anything else, or {@code -}
     */
    static void refuse(Path path) {
        if (path.toString().equals("-")) {
            throw new NotARegularFile("Standard input (-) cannot be ingested");
        }
        if (Files.exists(path) && !Files.isRegularFile(path)) {
            String what = Files.isDirectory(path) ? "a folder" : "a pipe or a device";
            throw new NotARegularFile(path + " is " + what + ", not a regular file");
        }
    }
}
