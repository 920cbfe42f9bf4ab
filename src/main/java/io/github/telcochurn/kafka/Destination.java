package io.github.telcochurn.kafka;

import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/**
 * Where a step of a route sends, and what the route has set of each record.
 *
 * @param partition null for the one that the key leads to
 * @param timestampMs null for the record's own
 * @param key null for the record's own
 * @param headers take the place of the record's own of the same name
 */
record Destination(String topic, Integer partition, Long timestampMs, byte[] key, List<Header> headers) {
    /** By the record that Camel has made for the whole batch. */
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
