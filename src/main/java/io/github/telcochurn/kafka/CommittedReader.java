package io.github.telcochurn.kafka;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads a range of offsets as read_committed readers see it, without a consumer group. */
public final class CommittedReader {
    private static final Duration POLL = Duration.ofSeconds(1);
    /** A producer's transaction times out after one minute unless it asks for more. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final String bootstrapServers;

    public CommittedReader(String bootstrapServers) {
        this.bootstrapServers = bootstrapServers;
    }

    /**
     * Passes every record of the range to a consumer, in order within each partition.
     *
     * @param from the first offset of each partition
     * @param to the offset after the last one of each partition
     */
    public void read(
            Map<TopicPartition, Long> from,
            Map<TopicPartition, Long> to,
            Consumer<ConsumerRecord<byte[], byte[]>> each) {
        Map<TopicPartition, Long> left = new HashMap<>(to);
        left.keySet().removeIf(partition -> from.get(partition) >= to.get(partition));
        if (left.isEmpty()) {
            return;
        }
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(settings())) {
            consumer.assign(left.keySet());
            left.keySet().forEach(partition -> consumer.seek(partition, from.get(partition)));
            while (!left.isEmpty()) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    if (record.offset() < to.get(new TopicPartition(record.topic(), record.partition()))) {
                        each.accept(record);
                    }
                }
                // A position also passes transaction markers, which are never returned as records.
                left.entrySet().removeIf(end -> consumer.position(end.getKey()) >= end.getValue());
            }
        }
    }

    /**
     * As {@link #read}, for everything that is on a topic now; waits for open transactions.
     *
     * @throws io.github.telcochurn.ChurnFailure when one stays open
     */
    public void readAll(KafkaTopics topics, String topic, Consumer<ConsumerRecord<byte[], byte[]>> each) {
        readFrom(topics.starts(topic), topics, topic, each);
    }

    /**
     * As {@link #readAll}, from certain offsets on.
     *
     * @param from the first offset of each partition
     */
    public void readFrom(
            Map<TopicPartition, Long> from,
            KafkaTopics topics,
            String topic,
            Consumer<ConsumerRecord<byte[], byte[]>> each) {
        read(from, new SettledEnds(topics, PATIENCE).await(topic), each);
    }

    /** The record at one offset; empty where there is none, or it is gone. */
    public Optional<ConsumerRecord<byte[], byte[]>> find(KafkaTopics topics, TopicPartition partition, long offset) {
        long start = topics.starts(partition.topic()).getOrDefault(partition, Long.MAX_VALUE);
        long end = topics.ends(partition.topic()).getOrDefault(partition, 0L);
        List<ConsumerRecord<byte[], byte[]>> found = new ArrayList<>(1);
        if (offset >= start && offset < end) {
            read(Map.of(partition, offset), Map.of(partition, offset + 1), found::add);
        }
        return found.stream().findFirst();
    }

    private Map<String, Object> settings() {
        return Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG,
                ByteArrayDeserializer.class,
                ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG,
                ByteArrayDeserializer.class,
                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                "read_committed",
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                false,
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                "earliest",
                // The whole range exists already. A fetch beyond it would only delay the close.
                ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG,
                10,
                ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                5000);
    }
}
