package io.github.telcochurn.kafka;

import io.github.telcochurn.ChurnFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A number that no other running process of this folder has: the lowest free one, so that a process that was killed gets its
 * number back when it is started again. Transactional ids and static members are named by it, which lets the successor end
 * what the killed one left open.
 */
public final class InstanceSlot implements AutoCloseable {
    private static final int MOST = 1000;

    private final String name;
    private final FileChannel channel;

    private InstanceSlot(String name, FileChannel channel) {
        this.name = name;
        this.channel = channel;
    }

    /**
     * Takes the lowest free number.
     *
     * @param dir where the lock files are; made when missing
     */
    public static InstanceSlot claim(Path dir) {
        try {
            Files.createDirectories(dir);
            for (int number = 1; number <= MOST; number++) {
                FileChannel channel = lock(dir.resolve("instance-" + number + ".lock"));
                if (channel != null) {
                    return new InstanceSlot(hostName() + "-" + number, channel);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        throw new ChurnFailure("All " + MOST + " instance locks in " + dir + " are taken. Stop some instances first.");
    }

    // The channel outlives this method on purpose: it holds the lock.
    @SuppressWarnings("MustBeClosed")
    private static FileChannel lock(Path file) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = null;
        try {
            lock = channel.tryLock();
        } catch (OverlappingFileLockException e) {
            // held by this very process: as taken as by any other
        }
        if (lock == null) {
            channel.close();
            return null;
        }
        return channel;
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }

    /** Host and number, such as {@code web7-1}. */
    public String name() {
        return name;
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
