package io.github.telcochurn.kafka;

import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/**
 * Where a step of a route sends its records, and what the route sets for each of them.
 *
 * @param partition null for the one that the key determines
 * @param timestampMs null for the record's own
 * @param key null for the record's own
 * @param headers replace the record's own headers of the same name
 */
record Destination(String topic, Integer partition, Long timestampMs, byte[] key, List<Header> headers) {
    /** From the record that Camel made for the whole batch. */
    static Destination of(ProducerRecord<?, ?> whole) {
        return new Destination(
                whole.topic(),
                whole.partition(),
                whole.timestamp(),
                (byte[]) whole.key(),
                List.of(whole.headers().toArray()));
    }

    ProducerRecord<byte[], byte[]> address(OutgoingRecord record) {
        ProducerRecord<byte[], byte[]> addressed = new ProducerRecord<>(
                topic,
                partition,
                timestampMs == null ? record.timestampMs() : timestampMs,
                key == null ? record.key() : key,
                record.value(),
                record.headers());
        Headers own = addressed.headers();
        headers.forEach(header -> own.remove(header.key()));
        headers.forEach(own::add);
        return addressed;
    }
}
