package io.github.telcochurn.kafka;

import io.github.telcochurn.ChurnFailure;
import io.github.telcochurn.config.ChurnConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.ListTransactionsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.ProducerState;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The topics on the broker: creates those that are missing, and reports their offsets and the group's lag. */
public final class KafkaTopics implements AutoCloseable {
    private static final int TIMEOUT_MS = 10_000;
    /** A dead letter holds a raw message of any legal size, and its error. */
    private static final int DEADLETTER_MAX_BYTES = 4 * 1024 * 1024;

    private static final Logger LOG = LoggerFactory.getLogger(KafkaTopics.class);

    private final Admin admin;

    public KafkaTopics(String bootstrapServers) {
        this(bootstrapServers, Duration.ofMillis(TIMEOUT_MS));
    }

    private KafkaTopics(String bootstrapServers, Duration timeout) {
        int timeoutMs = (int) timeout.toMillis();
        admin = Admin.create(Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers,
                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, timeoutMs,
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, timeoutMs));
    }

    /** Whether a Kafka broker answers there, and not just anything that listens. */
    public static boolean answers(String bootstrapServers, Duration timeout) {
        try (KafkaTopics topics = new KafkaTopics(bootstrapServers, timeout)) {
            topics.admin.describeCluster().nodes().get();
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (ExecutionException | KafkaException e) {
            return false;
        }
    }

    /** The offsets of one partition: [start, end), transaction markers included. */
    public record PartitionOffsets(int partition, long start, long end) {
        /** How many offsets there are: the records, and a marker for each transaction. */
        public long size() {
            return end - start;
        }
    }

    /** A topic as it is on the broker. */
    public record TopicState(String name, int replicationFactor, List<PartitionOffsets> partitions) {}

    /** The names of the configured topics that do not exist. */
    public List<String> missing(ChurnConfig.Topics topics) {
        return missing(names(topics));
    }

    private List<String> missing(Stream<String> names) {
        Set<String> existing = await(admin.listTopics().names());
        return names.distinct().filter(name -> !existing.contains(name)).toList();
    }

    /**
     * Creates the configured topics that do not exist.
     *
     * @return the names of those that were created
     */
    public List<String> createMissing(ChurnConfig.Topics topics) {
        return createMissing(topics, List.of());
    }

    /**
     * As {@link #createMissing(ChurnConfig.Topics)}, and topics of a user's own routes, with as many partitions as the others.
     *
     * @param own their names
     */
    public List<String> createMissing(ChurnConfig.Topics topics, List<String> own) {
        List<String> missing = missing(Stream.concat(names(topics), own.stream()));
        for (String name : missing) {
            create(newTopic(topics, name));
        }
        return missing;
    }

    private void create(NewTopic topic) {
        try {
            admin.createTopics(List.of(topic)).all().get();
        } catch (ExecutionException e) {
            // Another instance that starts at the same moment may have been faster.
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw failure(e);
            }
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private static NewTopic newTopic(ChurnConfig.Topics topics, String name) {
        Map<String, String> settings = new HashMap<>(minInSyncReplicas(topics.replicationFactor()));
        if (name.equals(topics.checkpoints()) || name.equals(topics.replays())) {
            settings.put(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT);
            return new NewTopic(name, 1, topics.replicationFactor()).configs(settings);
        }
        if (name.equals(topics.deadletter())) {
            settings.put(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Integer.toString(DEADLETTER_MAX_BYTES));
        }
        return new NewTopic(name, topics.partitions(), topics.replicationFactor()).configs(settings);
    }

    /**
     * From three replicas on, a majority of them must have what is acknowledged. By default the leader alone is enough, and
     * what only a dead broker had is lost.
     */
    private static Map<String, String> minInSyncReplicas(short replicationFactor) {
        return replicationFactor < 3
                ? Map.of()
                : Map.of(TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG, Integer.toString(replicationFactor / 2 + 1));
    }

    /** Deletes all of these topics with their records. */
    void delete(ChurnConfig.Topics topics) {
        await(admin.deleteTopics(names(topics).toList()).all());
    }

    /** Deletes a group that has no members left. */
    void deleteGroup(String groupId) {
        try {
            await(admin.deleteConsumerGroups(List.of(groupId)).all());
        } catch (ChurnFailure e) {
            // It never committed anything, or a member is still leaving; its offsets expire by themselves.
            LOG.debug("The group {} is left to expire: {}", groupId, e.getMessage());
        }
    }

    private static Stream<String> names(ChurnConfig.Topics topics) {
        return Stream.of(
                topics.raw(), topics.predictions(), topics.deadletter(), topics.checkpoints(), topics.replays());
    }

    /** The configured topics that exist, with their partitions' offsets. */
    public List<TopicState> describe(ChurnConfig.Topics topics) {
        Set<String> existing = await(admin.listTopics().names());
        List<TopicState> states = new ArrayList<>();
        for (String name : names(topics).filter(existing::contains).toList()) {
            TopicDescription description =
                    await(admin.describeTopics(List.of(name)).allTopicNames()).get(name);
            List<TopicPartition> partitions = description.partitions().stream()
                    .map(TopicPartitionInfo::partition)
                    .map(partition -> new TopicPartition(name, partition))
                    .toList();
            Map<TopicPartition, Long> starts = offsets(partitions, OffsetSpec.earliest());
            Map<TopicPartition, Long> ends = offsets(partitions, OffsetSpec.latest());
            List<PartitionOffsets> offsets = partitions.stream()
                    .map(at -> new PartitionOffsets(at.partition(), starts.get(at), ends.get(at)))
                    .toList();
            states.add(new TopicState(
                    name, description.partitions().get(0).replicas().size(), offsets));
        }
        return states;
    }

    /** The settings of the configured topics that exist, by topic and name, including the broker's defaults. */
    public Map<String, Map<String, String>> settings(ChurnConfig.Topics topics) {
        Set<String> existing = await(admin.listTopics().names());
        return settings(names(topics).filter(existing::contains).toList());
    }

    private Map<String, Map<String, String>> settings(List<String> names) {
        List<ConfigResource> asked = names.stream()
                .map(name -> new ConfigResource(ConfigResource.Type.TOPIC, name))
                .toList();
        Map<String, Map<String, String>> settings = new HashMap<>();
        await(admin.describeConfigs(asked).all()).forEach((topic, found) -> {
            Map<String, String> values = new HashMap<>();
            found.entries().forEach(entry -> values.put(entry.name(), entry.value()));
            settings.put(topic.name(), values);
        });
        return settings;
    }

    /** The end of each partition of a topic, for readers of committed records. */
    public Map<TopicPartition, Long> ends(String topic) {
        return offsets(partitions(topic), OffsetSpec.latest());
    }

    /** The end of each partition of a topic, including what open transactions have written. */
    public Map<TopicPartition, Long> highWatermarks(String topic) {
        return offsets(partitions(topic), OffsetSpec.latest(), IsolationLevel.READ_UNCOMMITTED);
    }

    /**
     * How many offsets of each partition readers of committed records cannot see yet, because a transaction is open; partitions
     * that they see completely are left out.
     *
     * @param upTo the end of each partition that counts
     */
    Map<TopicPartition, Long> hidden(Map<TopicPartition, Long> upTo) {
        Map<TopicPartition, Long> hidden = byPartition();
        offsets(upTo.keySet(), OffsetSpec.latest()).forEach((partition, end) -> {
            if (end < upTo.get(partition)) {
                hidden.put(partition, upTo.get(partition) - end);
            }
        });
        return hidden;
    }

    /**
     * The transactions that hide something now, as far as the broker reports them; it may refuse to.
     *
     * @param upTo the end of each partition that counts
     */
    List<BlockingTransaction> openTransactions(Map<TopicPartition, Long> upTo) {
        try {
            Map<TopicPartition, List<ProducerState>> writing = new HashMap<>();
            await(admin.describeProducers(hidden(upTo).keySet()).all())
                    .forEach((partition, state) -> writing.put(
                            partition,
                            state.activeProducers().stream()
                                    .filter(producer -> producer.currentTransactionStartOffset()
                                                    .orElse(Long.MAX_VALUE)
                                            < upTo.get(partition))
                                    .toList()));
            Map<Long, String> names = transactionalIds(writing.values().stream()
                    .flatMap(List::stream)
                    .map(ProducerState::producerId)
                    .toList());
            List<BlockingTransaction> open = new ArrayList<>();
            writing.forEach((partition, producers) -> producers.forEach(producer -> open.add(new BlockingTransaction(
                    partition,
                    producer.currentTransactionStartOffset().orElseThrow(),
                    names.get(producer.producerId())))));
            open.sort(Comparator.comparingInt(found -> found.partition().partition()));
            return open;
        } catch (ChurnFailure e) {
            LOG.debug("The broker does not report which transactions are open: {}", e.getMessage());
            return List.of();
        }
    }

    private Map<Long, String> transactionalIds(List<Long> producerIds) {
        Map<Long, String> names = new HashMap<>();
        await(admin.listTransactions(new ListTransactionsOptions().filterProducerIds(producerIds))
                        .all())
                .forEach(listed -> names.put(listed.producerId(), listed.transactionalId()));
        return names;
    }

    /** Whether readers of committed records see all of these partitions. */
    public boolean isSettled(Map<TopicPartition, Long> upTo) {
        return hidden(upTo).isEmpty();
    }

    /** The first offset of each partition of a topic. */
    public Map<TopicPartition, Long> starts(String topic) {
        return offsets(partitions(topic), OffsetSpec.earliest());
    }

    /** For each partition of a topic the first offset whose record is from that time or later, or the end if there is none. */
    public Map<TopicPartition, Long> firstSince(String topic, long epochMs) {
        Map<TopicPartition, Long> ends = ends(topic);
        Map<TopicPartition, Long> firsts = offsets(ends.keySet(), OffsetSpec.forTimestamp(epochMs));
        firsts.replaceAll((partition, offset) -> offset < 0 ? ends.get(partition) : offset);
        return firsts;
    }

    /** The id of a topic, which differs from that of a deleted one of the same name. */
    public Uuid id(String topic) {
        return await(admin.describeTopics(List.of(topic)).allTopicNames())
                .get(topic)
                .topicId();
    }

    /** The largest batch of records that a topic takes, in bytes, after compression. */
    public int maxMessageBytes(String topic) {
        return Integer.parseInt(settings(List.of(topic)).get(topic).get(TopicConfig.MAX_MESSAGE_BYTES_CONFIG));
    }

    private List<TopicPartition> partitions(String topic) {
        return await(admin.describeTopics(List.of(topic)).allTopicNames()).get(topic).partitions().stream()
                .map(partition -> new TopicPartition(topic, partition.partition()))
                .toList();
    }

    private Map<TopicPartition, Long> offsets(Collection<TopicPartition> partitions, OffsetSpec spec) {
        return offsets(partitions, spec, IsolationLevel.READ_COMMITTED);
    }

    private Map<TopicPartition, Long> offsets(
            Collection<TopicPartition> partitions, OffsetSpec spec, IsolationLevel isolation) {
        Map<TopicPartition, OffsetSpec> asked = partitions.stream().collect(Collectors.toMap(at -> at, at -> spec));
        Map<TopicPartition, ListOffsetsResult.ListOffsetsResultInfo> found = await(
                admin.listOffsets(asked, new ListOffsetsOptions(isolation)).all());
        Map<TopicPartition, Long> offsets = new HashMap<>();
        found.forEach((partition, info) -> offsets.put(partition, info.offset()));
        return offsets;
    }

    /**
     * How many offsets of each partition the group has not committed yet.
     *
     * @param upTo the end of each partition that counts
     */
    public Map<TopicPartition, Long> lag(String groupId, Map<TopicPartition, Long> upTo) {
        Map<TopicPartition, OffsetAndMetadata> committed = committed(groupId);
        Map<TopicPartition, Long> starts = offsets(upTo.keySet(), OffsetSpec.earliest());
        Map<TopicPartition, Long> lag = byPartition();
        upTo.forEach((partition, end) -> {
            OffsetAndMetadata offset = committed.get(partition);
            long reached = offset == null ? starts.get(partition) : offset.offset();
            lag.put(partition, Math.max(0, end - reached));
        });
        return lag;
    }

    private static Map<TopicPartition, Long> byPartition() {
        return new TreeMap<>(Comparator.comparing(TopicPartition::topic).thenComparing(TopicPartition::partition));
    }

    /** What a group has committed, without the offsets of open transactions. A partition without any has no entry, or null. */
    Map<TopicPartition, OffsetAndMetadata> committed(String groupId) {
        return await(admin.listConsumerGroupOffsets(groupId).partitionsToOffsetAndMetadata());
    }

    private static <T> T await(KafkaFuture<T> future) {
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw failure(e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private static ChurnFailure failure(ExecutionException e) {
        return new ChurnFailure("A Kafka request failed: " + e.getCause().getMessage(), e.getCause());
    }

    private static ChurnFailure interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new ChurnFailure("Interrupted while waiting for Kafka.", e);
    }

    @Override
    public void close() {
        admin.close(Duration.ofMillis(500));
    }
}
