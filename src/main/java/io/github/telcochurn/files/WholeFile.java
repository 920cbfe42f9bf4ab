package io.github.telcochurn.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** A file that changes all at once: a reader sees the old content or the new one, never half of it. */
public final class WholeFile {
    private WholeFile() {}

    /**
     * Writes a file, over the one that is there.
     *
     * @param file in a folder that is there
     */
    public static void replace(Path file, byte[] content) throws IOException {
        Path written = Files.write(file.resolveSibling(file.getFileName() + ".new"), content);
        Files.move(written, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
