package io.github.telcochurn.kafka;

import io.github.telcochurn.ChurnFailure;
import io.github.telcochurn.MissingPrerequisite;
import io.github.telcochurn.files.ProcessLock;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A name that no other running process has: a place's name, and the lowest number that is free in this folder, so that a killed
 * process gets its name back when it is restarted. Transactional ids and static members are named after it, which lets the
 * successor end what the killed process left open. Processes that share no folder need different place names.
 */
public final class InstanceSlot implements AutoCloseable {
    private static final int MAX_INSTANCES = 1000;

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
     * @param place the name before the number; empty for the host name
     * @throws MissingPrerequisite when the host name cannot be found
     */
    public static InstanceSlot claim(Path dir, String place) {
        String named = place.isEmpty() ? hostName() : place;
        for (int number = 1; number <= MAX_INSTANCES; number++) {
            Optional<ProcessLock> lock = ProcessLock.tryTake(dir.resolve("instance-" + number + ".lock"));
            if (lock.isPresent()) {
                return new InstanceSlot(named + "-" + number, lock.get());
            }
        }
        throw new ChurnFailure(
                "All " + MAX_INSTANCES + " instance locks in " + dir + " are taken. Stop some instances first.");
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            // No name server knows it, but the system does.
            return kernelHostName();
        }
    }

    private static String kernelHostName() {
        try {
            return Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
        } catch (IOException e) {
            // A made-up name could be another machine's too, and instances of the same name abort each other's
            // transactions.
            throw new MissingPrerequisite(
                    "This machine's host name cannot be found. Set churn.instance to a name that no other machine has.",
                    e);
        }
    }

    /** Place and number, such as {@code web7-1}. */
    public String name() {
        return name;
    }

    @Override
    public void close() {
        lock.close();
    }
}
