package io.github.telcochurn.faults;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.component.kafka.KafkaConstants;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;

/** Named by {@code broken-builds/score.camel.yaml}: turns what Camel's batching consumer has gathered into a poll. */
public final class BatchingConsumer {
    /** The records of the exchanges. */
    public ConsumerRecords<byte[], byte[]> poll(List<Exchange> batch) {
        Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> records = new HashMap<>();
        for (Exchange exchange : batch) {
            ConsumerRecord<byte[], byte[]> record = record(exchange.getMessage());
            records.computeIfAbsent(new TopicPartition(record.topic(), record.partition()), none -> new ArrayList<>())
                    .add(record);
        }
        return new ConsumerRecords<>(records, Map.of());
    }

    private static ConsumerRecord<byte[], byte[]> record(Message message) {
        RecordHeaders headers = new RecordHeaders();
        message.getHeaders().forEach((name, value) -> {
            if (value instanceof byte[] bytes && !name.startsWith("kafka.") && !name.startsWith("CamelKafka")) {
                headers.add(name, bytes);
            }
        });
        Object key = message.getHeader(KafkaConstants.KEY);
        return new ConsumerRecord<>(
                message.getHeader(KafkaConstants.TOPIC, String.class),
                message.getHeader(KafkaConstants.PARTITION, Integer.class),
                message.getHeader(KafkaConstants.OFFSET, Long.class),
                message.getHeader(KafkaConstants.TIMESTAMP, Long.class),
                TimestampType.CREATE_TIME,
                0,
                0,
                key instanceof String text ? text.getBytes(UTF_8) : (byte[]) key,
                message.getBody(byte[].class),
                headers,
                Optional.empty());
    }
}
