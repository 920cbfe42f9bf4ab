package io.github.telcochurn.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** A file that is replaced atomically: a reader sees the old content or the new content, never a part of it. */
public final class WholeFile {
    private WholeFile() {}

    /**
     * Writes a file, replacing an existing one.
     *
     * @param file in an existing folder
     */
    public static void replace(Path file, byte[] content) throws IOException {
        Path written = Files.write(file.resolveSibling(file.getFileName() + ".new"), content);
        Files.move(written, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
