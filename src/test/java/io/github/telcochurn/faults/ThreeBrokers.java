package io.github.telcochurn.faults;

import static org.awaitility.Awaitility.await;

import io.github.telcochurn.ChildApp;
import io.github.telcochurn.kafka.TestBroker;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import kafka.Kafka;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.admin.TransactionListing;
import org.apache.kafka.common.ElectionType;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.ElectionNotNeededException;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;
import org.awaitility.core.ConditionTimeoutException;

/**
 * Three brokers that are the controller quorum too, each of them Kafka's own program in a process of its own, on loopback. All
 * data is on all three of them, and a write is acknowledged by at least two.
 */
final class ThreeBrokers implements AutoCloseable {
    static final int COUNT = 3;
    static final int IN_SYNC = 2;

    private static final Duration TIMEOUT = Duration.ofMinutes(1);
    private static final String HOST = "127.0.0.1";
    private static final String CONTROLLER = "CONTROLLER";
    private static final List<String> SMALL =
            List.of("-Xmx192m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:OnOutOfMemoryError=kill -9 %p");

    private final Path home;
    private final List<Integer> ports = freePorts();
    private final List<Integer> controllerPorts = freePorts();
    private final List<ChildApp> nodes = new ArrayList<>();
    private final Admin admin;

    /** Formats and starts them, and returns when they know each other. */
    ThreeBrokers(Path home) throws Exception {
        this.home = home;
        String clusterId = Uuid.randomUuid().toString();
        for (int id = 1; id <= COUNT; id++) {
            try (Writer file = Files.newBufferedWriter(home.resolve(fileOf(id)))) {
                settings(id).store(file, null);
            }
            format(id, clusterId);
        }
        for (int id = 1; id <= COUNT; id++) {
            nodes.add(start(id));
        }
        this.admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers()));
        try {
            await().atMost(TIMEOUT).ignoreExceptions().until(() -> alive().size() == COUNT);
        } catch (ConditionTimeoutException e) {
            close();
            throw e;
        }
    }

    private static List<Integer> freePorts() {
        Set<Integer> ports = new TreeSet<>();
        while (ports.size() < COUNT) {
            ports.add(TestBroker.freePort());
        }
        return List.copyOf(ports);
    }

    private static String fileOf(int id) {
        return "broker-" + id + ".properties";
    }

    private Path dirOf(int id) {
        return home.resolve("kafka-" + id);
    }

    private Properties settings(int id) {
        String controllers = IntStream.rangeClosed(1, COUNT)
                .mapToObj(voter -> voter + "@" + HOST + ":" + controllerPorts.get(voter - 1))
                .collect(Collectors.joining(","));
        String client = "CLIENT://" + HOST + ":" + ports.get(id - 1);
        Properties settings = new Properties();
        settings.put("process.roles", "broker,controller");
        settings.put("node.id", Integer.toString(id));
        settings.put("controller.quorum.voters", controllers);
        settings.put("controller.listener.names", CONTROLLER);
        settings.put("listeners", client + "," + CONTROLLER + "://" + HOST + ":" + controllerPorts.get(id - 1));
        settings.put("advertised.listeners", client);
        settings.put("listener.security.protocol.map", "CLIENT:PLAINTEXT,CONTROLLER:PLAINTEXT");
        settings.put("inter.broker.listener.name", "CLIENT");
        settings.put("log.dirs", dirOf(id).toString());
        settings.put("auto.create.topics.enable", "false");
        String copies = Integer.toString(COUNT);
        String inSync = Integer.toString(IN_SYNC);
        settings.put("default.replication.factor", copies);
        settings.put("min.insync.replicas", inSync);
        settings.put("offsets.topic.replication.factor", copies);
        settings.put("transaction.state.log.replication.factor", copies);
        settings.put("transaction.state.log.min.isr", inSync);
        settings.put("share.coordinator.state.topic.replication.factor", copies);
        settings.put("share.coordinator.state.topic.min.isr", inSync);
        // Enough for each of the three to be some client's coordinator; the default of 50 is much work for two cores.
        settings.put("offsets.topic.num.partitions", "6");
        settings.put("transaction.state.log.num.partitions", "6");
        settings.put("group.initial.rebalance.delay.ms", "0");
        // As in the embedded broker: a producer's next transaction need not wait 20 ms for the last one's markers,
        // and a dead scorer's transaction is aborted as soon as it expires.
        settings.put("add.partitions.to.txn.retry.backoff.ms", "1");
        settings.put("transaction.abort.timed.out.transaction.cleanup.interval.ms", "1000");
        // A dead broker's partitions, and the group that it coordinates, wait for this; the default is 9 s, and 2 s
        // between heartbeats.
        settings.put("broker.session.timeout.ms", "3000");
        settings.put("broker.heartbeat.interval.ms", "500");
        // The smallest that it accepts; the default alone is 128 MB of heap.
        settings.put("log.cleaner.dedupe.buffer.size", "2097152");
        return settings;
    }

    private void format(int id, String clusterId) throws Exception {
        Path dir = Files.createDirectories(dirOf(id));
        new Formatter()
                .setClusterId(clusterId)
                .setNodeId(id)
                .addDirectory(dir.toString())
                .setMetadataLogDirectory(dir.toString())
                .setControllerListenerName(CONTROLLER)
                .setReleaseVersion(MetadataVersion.latestProduction())
                .setPrintStream(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
                .run();
    }

    private ChildApp start(int id) throws IOException {
        return ChildApp.start(home, Map.of(), SMALL, Kafka.class, fileOf(id));
    }

    /** Where clients connect: any of the three. */
    String bootstrapServers() {
        return ports.stream().map(port -> HOST + ":" + port).collect(Collectors.joining(","));
    }

    Admin admin() {
        return admin;
    }

    /** kill -9 of one. */
    void kill(int id) throws InterruptedException {
        nodes.get(id - 1).kill();
    }

    /** Starts one that was killed, and returns when it has caught up and leads its share again. */
    void bringBack(int id) throws Exception {
        nodes.set(id - 1, start(id));
        await().atMost(TIMEOUT).ignoreExceptions().until(this::isWhole);
        await().atMost(TIMEOUT).ignoreExceptions().until(this::isLedAsPreferred);
    }

    private boolean isWhole() throws Exception {
        return alive().size() == COUNT
                && partitions().stream().allMatch(partition -> partition.isr().size() == COUNT);
    }

    /** Has the first replica of each partition lead it, as would happen by itself some minutes later. */
    private boolean isLedAsPreferred() throws Exception {
        var refused = admin.electLeaders(ElectionType.PREFERRED, null)
                .partitions()
                .get()
                .values();
        return refused.stream().allMatch(e -> e.isEmpty() || e.get() instanceof ElectionNotNeededException)
                && partitions().stream()
                        .allMatch(partition ->
                                partition.leader().equals(partition.replicas().get(0)));
    }

    private Collection<Node> alive() throws Exception {
        return admin.describeCluster().nodes().get();
    }

    private List<TopicPartitionInfo> partitions() throws Exception {
        Set<String> names = admin.listTopics(new ListTopicsOptions().listInternal(true))
                .names()
                .get();
        return admin.describeTopics(names).allTopicNames().get().values().stream()
                .map(TopicDescription::partitions)
                .flatMap(List::stream)
                .toList();
    }

    /** The {@code min.insync.replicas} of topics, 0 where the topic does not set it. */
    Map<String, Integer> inSyncByTopic(List<String> names) throws Exception {
        List<ConfigResource> resources = names.stream()
                .map(name -> new ConfigResource(ConfigResource.Type.TOPIC, name))
                .toList();
        Map<String, Integer> byTopic = new TreeMap<>();
        admin.describeConfigs(resources).all().get().forEach((topic, settings) -> {
            ConfigEntry inSync = settings.get(TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG);
            boolean own = inSync.source() == ConfigEntry.ConfigSource.DYNAMIC_TOPIC_CONFIG;
            byTopic.put(topic.name(), own ? Integer.parseInt(inSync.value()) : 0);
        });
        return byTopic;
    }

    /** The roles of a broker at this moment. */
    record Role(
            int id, boolean activeController, long leads, long partitions, long coordinates, long transactionalIds) {
        @Override
        public String toString() {
            return String.format(
                    "broker %d (the group's coordinator%s; coordinates %d of %d transactional ids, leads %d of %d partitions)",
                    id,
                    activeController ? ", the active controller" : "",
                    coordinates,
                    transactionalIds,
                    leads,
                    partitions);
        }
    }

    /** The broker that coordinates a consumer group, and its other roles. */
    Role coordinatorOf(String groupId) throws Exception {
        int id = admin.describeConsumerGroups(List.of(groupId))
                .describedGroups()
                .get(groupId)
                .get()
                .coordinator()
                .id();
        List<TopicPartitionInfo> partitions = partitions();
        Map<Integer, Collection<TransactionListing>> transactions = transactions();
        return new Role(
                id,
                admin.describeMetadataQuorum().quorumInfo().get().leaderId() == id,
                partitions.stream()
                        .filter(partition -> partition.leader().id() == id)
                        .count(),
                partitions.size(),
                transactions.getOrDefault(id, List.of()).size(),
                transactions.values().stream().mapToLong(Collection::size).sum());
    }

    private Map<Integer, Collection<TransactionListing>> transactions()
            throws ExecutionException, InterruptedException {
        return admin.listTransactions().allByBrokerId().get();
    }

    @Override
    public void close() throws InterruptedException {
        admin.close(Duration.ZERO);
        for (ChildApp node : nodes) {
            node.close();
        }
    }
}
