package io.github.telcochurn;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.telcochurn.config.ChurnConfig;
import io.github.telcochurn.kafka.CommittedReader;
import io.github.telcochurn.kafka.KafkaTopics;
import io.github.telcochurn.kafka.RunHeaders;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/** Reads whole topics as read_committed readers see them. */
public record LogReader(ChurnConfig config) {
    public List<ConsumerRecord<byte[], byte[]>> read(String topic) {
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        try (KafkaTopics topics = new KafkaTopics(config.kafka().bootstrapServers())) {
            new CommittedReader(config.kafka().bootstrapServers()).readAll(topics, topic, records::add);
        }
        return records;
    }

    /** The position of each raw record, in the form of {@code churn-origin}, sorted. */
    public List<String> rawPositions() {
        return read(config.topics().raw()).stream()
                .map(record -> record.topic() + "-" + record.partition() + "-" + record.offset())
                .sorted()
                .toList();
    }

    /** The raw record behind each prediction, sorted. */
    public List<String> origins() {
        return read(config.topics().predictions()).stream()
                .map(record -> header(record, RunHeaders.ORIGIN))
                .sorted()
                .toList();
    }

    /** Which row of which file each raw record is. */
    public List<String> sources() {
        return read(config.topics().raw()).stream()
                .map(record -> header(record, RunHeaders.SOURCE))
                .toList();
    }

    /** The end offsets of a topic, added up. */
    public long size(String topic) {
        try (KafkaTopics topics = new KafkaTopics(config.kafka().bootstrapServers())) {
            return topics.ends(topic).values().stream()
                    .mapToLong(Long::longValue)
                    .sum();
        }
    }

    /** A header as text, or null. */
    public static String header(ConsumerRecord<byte[], byte[]> record, String name) {
        Header header = record.headers().lastHeader(name);
        return header == null ? null : new String(header.value(), UTF_8);
    }
}
