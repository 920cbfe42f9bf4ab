package io.github.telcochurn.deadletter;

import io.github.telcochurn.ChurnFailure;
import io.github.telcochurn.files.WholeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * The values of dead letters that are too large for their topic, each in a file named by its SHA-256: the same value is kept once,
 * however often it fails.
 */
public final class KeptValues {
    private final Path dir;

    /**
     * The values in a folder.
     *
     * @param dir created when it is needed
     */
    public KeptValues(Path dir) {
        this.dir = dir;
    }

    /**
     * Keeps a value.
     *
     * @return its SHA-256 in hexadecimal
     * @throws ChurnFailure when it cannot be written
     */
    String keep(byte[] value) {
        String sha256 = DigestUtils.sha256Hex(value);
        try {
            Files.createDirectories(dir);
            WholeFile.replace(file(sha256), value);
        } catch (IOException e) {
            throw new ChurnFailure(
                    "A dead letter of " + value.length + " bytes cannot be kept in " + dir + ": "
                            + ChurnFailure.rootMessage(e) + ". Free some space, or make the folder writable.",
                    e);
        }
        return sha256;
    }

    /**
     * Finds a value.
     *
     * @throws ChurnFailure when it is there and cannot be read
     */
    Optional<byte[]> find(String sha256) {
        try {
            return Optional.of(Files.readAllBytes(file(sha256)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new ChurnFailure("The kept value " + file(sha256) + " cannot be read: " + e.getMessage(), e);
        }
    }

    private Path file(String sha256) {
        return dir.resolve(sha256);
    }
}
