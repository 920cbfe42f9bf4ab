package io.github.telcochurn.kafka;

import io.github.telcochurn.MissingPrerequisite;
import io.github.telcochurn.config.ChurnConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;

/** The broker that the configuration asks for: one that is already running, or an embedded one that lives as long as this. */
public final class BrokerAccess implements AutoCloseable {
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(5);
    private static final int CONNECT_WITHIN_MS = 500;

    private final EmbeddedBroker embedded;

    private BrokerAccess(EmbeddedBroker embedded) {
        this.embedded = embedded;
    }

    /**
     * Connects to the broker, or starts one when none is configured and none answers at the embedded broker's port.
     *
     * @throws MissingPrerequisite when the configured broker does not answer, or the port belongs to another program
     */
    public static BrokerAccess connect(ChurnConfig.Kafka kafka) {
        if (kafka.isEmbedded() && !isTaken(kafka.embeddedPort())) {
            return new BrokerAccess(EmbeddedBroker.start(kafka.embeddedDir(), kafka.embeddedPort()));
        }
        requireAnswer(kafka);
        return new BrokerAccess(null);
    }

    /** As {@link #connect}, but never starts a broker. */
    public static void require(ChurnConfig.Kafka kafka) {
        if (kafka.isEmbedded() && !isTaken(kafka.embeddedPort())) {
            throw new MissingPrerequisite("No broker answers at " + kafka.bootstrapServers()
                    + ". Start one with ./churn broker, or name yours in churn.kafka.brokers.");
        }
        requireAnswer(kafka);
    }

    private static void requireAnswer(ChurnConfig.Kafka kafka) {
        if (KafkaTopics.answers(kafka.bootstrapServers(), ANSWER_WITHIN)) {
            return;
        }
        throw new MissingPrerequisite(
                kafka.isEmbedded()
                        ? "Port " + kafka.embeddedPort() + " of 127.0.0.1 is in use, but no Kafka broker answers there."
                                + " Stop that program, or set churn.kafka.embedded.port to a free port."
                        : "No Kafka broker answers at " + kafka.brokers() + " within " + ANSWER_WITHIN.toSeconds()
                                + " s. Check that it is running and that churn.kafka.brokers is correct.");
    }

    private static boolean isTaken(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), CONNECT_WITHIN_MS);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public void close() {
        if (embedded != null) {
            embedded.close();
        }
    }
}
