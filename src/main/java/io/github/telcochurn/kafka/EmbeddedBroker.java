package io.github.telcochurn.kafka;

import io.github.telcochurn.ChurnFailure;
import io.github.telcochurn.MissingPrerequisite;
import io.github.telcochurn.files.ProcessLock;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;

/**
 * A real Kafka broker of one node, in KRaft mode, inside this process, on 127.0.0.1 only. Its data stays in its folder and is
 * there again at the next start.
 */
public final class EmbeddedBroker implements AutoCloseable {
    private static final String HOST = "127.0.0.1";
    private static final int NODE_ID = 1;
    private static final String INTERNAL_SEGMENT_BYTES = Integer.toString(4 * 1024 * 1024);

    private final KafkaRaftServer server;
    private final int port;
    private final ProcessLock lock;

    private EmbeddedBroker(KafkaRaftServer server, int port, ProcessLock lock) {
        this.server = server;
        this.port = port;
        this.lock = lock;
    }

    /**
     * Starts a broker, and returns when it is ready.
     *
     * @param dir where its data is; formatted when new
     * @param port 1 to 65535, on 127.0.0.1
     * @throws MissingPrerequisite when the port is taken, or another broker uses the folder
     * @throws ChurnFailure when the folder cannot be used
     */
    public static EmbeddedBroker start(Path dir, int port) {
        new ListenAddress(HOST, port, "churn.kafka.embedded.port").requireFree();
        ProcessLock lock = lock(dir, port);
        try {
            return new EmbeddedBroker(startServer(dir, port), port, lock);
        } catch (RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    /** Kafka has a lock too, but takes it only after it has replaced the registration of the broker that runs there. */
    private static ProcessLock lock(Path dir, int port) {
        Path file = dir.resolve("embedded-broker.lock");
        String holder = "process " + ProcessHandle.current().pid() + " at " + HOST + ":" + port;
        return ProcessLock.tryTake(file, holder)
                .orElseThrow(() -> new MissingPrerequisite("Another embedded broker uses " + dir + ": "
                        + ProcessLock.holder(file) + ". Set churn.kafka.embedded.port to its port to use that broker,"
                        + " stop it, or set churn.kafka.embedded.dir to another folder."));
    }

    private static KafkaRaftServer startServer(Path dir, int port) {
        Properties settings = settings(dir, port, freePort());
        KafkaConfig config = KafkaConfig.fromProps(settings, false);
        boolean wasKilled = StaleRegistration.isIn(dir);
        format(dir);
        KafkaRaftServer server = null;
        try {
            if (wasKilled) {
                StaleRegistration.expire(settings);
            }
            server = new KafkaRaftServer(config, Time.SYSTEM);
            server.startup();
            return server;
        } catch (RuntimeException e) {
            if (server != null) {
                server.shutdown();
            }
            throw new ChurnFailure(
                    "The embedded broker cannot start in " + dir + ": " + ChurnFailure.rootMessage(e)
                            + ". Its folder is churn.kafka.embedded.dir.",
                    e);
        }
    }

    /** A port that nothing listens on at this moment. */
    static int freePort() {
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return probe.getLocalPort();
        } catch (IOException e) {
            throw new ChurnFailure("No free port on " + HOST + ": " + e.getMessage(), e);
        }
    }

    private static Properties settings(Path dir, int port, int controllerPort) {
        Properties settings = new Properties();
        settings.put("process.roles", "broker,controller");
        settings.put("node.id", Integer.toString(NODE_ID));
        settings.put("controller.quorum.voters", NODE_ID + "@" + HOST + ":" + controllerPort);
        settings.put("controller.listener.names", "CONTROLLER");
        settings.put("listeners", "CLIENT://" + HOST + ":" + port + ",CONTROLLER://" + HOST + ":" + controllerPort);
        settings.put("advertised.listeners", "CLIENT://" + HOST + ":" + port);
        settings.put("listener.security.protocol.map", "CLIENT:PLAINTEXT,CONTROLLER:PLAINTEXT");
        settings.put("inter.broker.listener.name", "CLIENT");
        settings.put("log.dirs", dir.toString());
        settings.put("auto.create.topics.enable", "false");
        // One node cannot replicate, and a few clients need few partitions of the internal topics: it starts in 2 s.
        settings.put("offsets.topic.replication.factor", "1");
        settings.put("offsets.topic.num.partitions", "1");
        settings.put("transaction.state.log.replication.factor", "1");
        settings.put("transaction.state.log.min.isr", "1");
        settings.put("transaction.state.log.num.partitions", "1");
        settings.put("share.coordinator.state.topic.replication.factor", "1");
        settings.put("share.coordinator.state.topic.min.isr", "1");
        // Each poll of a scorer appends to both, only closed segments are compacted, and a start reads all that is
        // there: the default of 100 MB is as much as a stream writes in an hour.
        settings.put("offsets.topic.segment.bytes", INTERNAL_SEGMENT_BYTES);
        settings.put("transaction.state.log.segment.bytes", INTERNAL_SEGMENT_BYTES);
        settings.put("group.initial.rebalance.delay.ms", "0");
        // A producer's next transaction often begins before the last one's markers are written; the default would
        // delay it by 20 ms.
        settings.put("add.partitions.to.txn.retry.backoff.ms", "1");
        // Adds to the wait for a transaction that hangs; the default is 10 s.
        settings.put("transaction.abort.timed.out.transaction.cleanup.interval.ms", "1000");
        // A killed broker can register again when its old session has expired; the default is 9 s.
        settings.put("broker.session.timeout.ms", "2000");
        settings.put("broker.heartbeat.interval.ms", "500");
        // The smallest that it accepts; the default takes 128 MB of heap.
        settings.put("log.cleaner.dedupe.buffer.size", "2097152");
        return settings;
    }

    private static void format(Path dir) {
        if (Files.exists(dir.resolve("meta.properties"))) {
            return;
        }
        try {
            Files.createDirectories(dir);
            new Formatter()
                    .setClusterId(Uuid.randomUuid().toString())
                    .setNodeId(NODE_ID)
                    .addDirectory(dir.toString())
                    .setMetadataLogDirectory(dir.toString())
                    .setControllerListenerName("CONTROLLER")
                    .setReleaseVersion(MetadataVersion.latestProduction())
                    .setPrintStream(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
                    .run();
        } catch (Exception e) {
            throw new ChurnFailure(
                    "The embedded broker cannot use " + dir + ": " + ChurnFailure.rootMessage(e)
                            + ". Make the folder writable, or set churn.kafka.embedded.dir.",
                    e);
        }
    }

    /** Where clients connect. */
    public String bootstrapServers() {
        return HOST + ":" + port;
    }

    /** Waits until the broker has stopped. */
    public void awaitShutdown() {
        server.awaitShutdown();
    }

    @Override
    public void close() {
        try {
            server.shutdown();
            server.awaitShutdown();
        } finally {
            lock.close();
        }
    }
}
