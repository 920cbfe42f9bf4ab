package io.github.telcochurn.kafka;

import io.github.telcochurn.ChurnFailure;
import io.github.telcochurn.ProcessLock;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A number that no other running process of this folder has: the lowest free one, so that a process that was killed gets its
 * number back when it is started again. Transactional ids and static members are named by it, which lets the successor end
 * what the killed one left open.
 */
public final class InstanceSlot implements AutoCloseable {
    private static final int MOST = 1000;

    private final String name;
    private final ProcessLock lock;

    private InstanceSlot(String name, ProcessLock lock) {
        this.name = name;
        this.lock = lock;
    }

    /**
     * Takes the lowest free number.
     *
     * @param dir where the lock files are; made when missing
     */
    public static InstanceSlot claim(Path dir) {
        for (int number = 1; number <= MOST; number++) {
            Optional<ProcessLock> lock = ProcessLock.tryTake(dir.resolve("instance-" + number + ".lock"));
            if (lock.isPresent()) {
                return new InstanceSlot(hostName() + "-" + number, lock.get());
            }
        }
        throw new ChurnFailure("All " + MOST + " instance locks in " + dir + " are taken. Stop some instances first.");
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
        lock.close();
    }
}
