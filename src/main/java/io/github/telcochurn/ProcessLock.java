package io.github.telcochurn;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/** A lock file that one holder has at a time, of all processes on this machine; the system frees it at any kind of their end. */
public final class ProcessLock implements AutoCloseable {
    private final FileChannel channel;

    private ProcessLock(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Takes the lock if it is free.
     *
     * @param file made when missing, with its folder
     * @throws ChurnFailure when there can be no such file
     */
    // The channel outlives this method on purpose: it holds the lock.
    @SuppressWarnings("MustBeClosed")
    public static Optional<ProcessLock> tryTake(Path file) {
        try {
            Files.createDirectories(file.getParent());
            FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (isLocked(channel)) {
                return Optional.of(new ProcessLock(channel));
            }
            channel.close();
            return Optional.empty();
        } catch (IOException e) {
            throw new ChurnFailure(
                    "The lock " + file + " cannot be taken: " + e + ". Make it writable for this user.", e);
        }
    }

    private static boolean isLocked(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            // held by this very process: as taken as by any other
            return false;
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new ChurnFailure("A lock cannot be freed: " + e, e);
        }
    }
}
