package io.github.telcochurn;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.telcochurn.config.ChurnConfig;
import io.github.telcochurn.kafka.CommittedRecords;
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
            new CommittedRecords(config.kafka().bootstrapServers()).readAll(topics, topic, records::add);
        }
        return records;
    }

    /** Where each record of the topic is, as {@code churn-origin} has it, sorted. */
    public List<String> places(String topic) {
        return read(topic).stream()
                .map(record -> record.topic() + "-" + record.partition() + "-" + record.offset())
                .sorted()
                .toList();
    }

    /** The raw record behind each prediction of the topic, sorted. */
    public List<String> origins(String topic) {
        return read(topic).stream()
                .map(record -> header(record, RunHeaders.ORIGIN))
                .sorted()
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
