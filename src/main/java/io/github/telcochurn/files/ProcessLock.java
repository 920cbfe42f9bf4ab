package io.github.telcochurn.files;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.telcochurn.ChurnFailure;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** A lock file with one holder at a time among all processes on this machine; the system frees it however its holder ends. */
public final class ProcessLock implements AutoCloseable {
    /**
     * The locks of this process and their holders, by real path. POSIX frees a lock when its process closes <em>any</em> descriptor of the
     * file, so a file that is held here must not be opened again.
     */
    private static final Map<Path, String> HELD = new HashMap<>();

    private final Path file;
    private final FileChannel channel;

    private ProcessLock(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /**
     * Takes the lock if it is free.
     *
     * @param file created when missing, with its folder
     * @throws ChurnFailure when the file cannot be created
     */
    public static Optional<ProcessLock> tryTake(Path file) {
        return tryTake(file, "");
    }

    /**
     * As {@link #tryTake(Path)}.
     *
     * @param holder a text about the holder, which others read with {@link #holder} when the lock is taken
     */
    public static Optional<ProcessLock> tryTake(Path file, String holder) {
        synchronized (HELD) {
            try {
                return take(real(file), holder);
            } catch (IOException e) {
                throw new ChurnFailure(
                        "The lock " + file + " cannot be taken: " + e + ". Make it writable for this user.", e);
            }
        }
    }

    private static Path real(Path file) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        try {
            Files.createFile(file);
        } catch (FileAlreadyExistsException e) {
            // Usually it exists already, from an earlier use.
        }
        return file.toRealPath();
    }

    // The channel outlives this method on purpose: it holds the lock.
    @SuppressWarnings("MustBeClosed")
    private static Optional<ProcessLock> take(Path file, String holder) throws IOException {
        if (HELD.containsKey(file)) {
            return Optional.empty();
        }
        FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
        try {
            if (channel.tryLock() == null) {
                channel.close();
                return Optional.empty();
            }
            if (!holder.isEmpty()) {
                channel.truncate(0);
                channel.write(ByteBuffer.wrap(holder.getBytes(UTF_8)));
            }
        } catch (IOException e) {
            channel.close();
            throw e;
        }
        HELD.put(file, holder);
        return Optional.of(new ProcessLock(file, channel));
    }

    /**
     * The text about the present holder, or else about the last one.
     *
     * @return empty when nothing is known
     */
    public static String holder(Path file) {
        synchronized (HELD) {
            try {
                Path real = file.toRealPath();
                return HELD.containsKey(real) ? HELD.get(real) : Files.readString(real);
            } catch (IOException e) {
                return "";
            }
        }
    }

    @Override
    public void close() {
        synchronized (HELD) {
            if (!channel.isOpen()) {
                return;
            }
            HELD.remove(file);
            try {
                channel.close();
            } catch (IOException e) {
                throw new ChurnFailure("The lock " + file + " cannot be freed: " + e, e);
            }
        }
    }
}
