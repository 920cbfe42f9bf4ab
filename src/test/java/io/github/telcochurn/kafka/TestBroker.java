package io.github.telcochurn.kafka;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** One real broker for all tests of a JVM; tests are kept apart by the names of their topics and groups. */
public final class TestBroker {
    private static final Path DIR = temporaryDir();
    private static EmbeddedBroker broker;

    private TestBroker() {}

    /** The port of the broker, which is started by the first call. */
    public static synchronized int port() {
        if (broker == null) {
            broker = EmbeddedBroker.start(DIR, EmbeddedBroker.freePort());
            Runtime.getRuntime().addShutdownHook(new Thread(broker::close));
        }
        String address = broker.bootstrapServers();
        return Integer.parseInt(address.substring(address.indexOf(':') + 1));
    }

    /** Where the broker's data is. */
    public static Path dir() {
        return DIR;
    }

    /** A port that nothing listens on. */
    public static int freePort() {
        return EmbeddedBroker.freePort();
    }

    private static Path temporaryDir() {
        try {
            return Files.createTempDirectory("churn-test-broker");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
