package io.github.telcochurn.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.telcochurn.config.ChurnConfig;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Another producer of raw messages, which sends bytes as they are. */
public record RawRecords(ChurnConfig config) {
    /**
     * Sends messages without keys.
     *
     * @param headers of each of them
     * @param values any of which may be null
     */
    public void send(Map<String, String> headers, byte[]... values) {
        send(Stream.of(values)
                .map(value -> {
                    ProducerRecord<byte[], byte[]> record =
                            new ProducerRecord<>(config.topics().raw(), value);
                    headers.forEach((name, text) -> record.headers().add(name, text.getBytes(UTF_8)));
                    return record;
                })
                .toList());
    }

    /** Sends records, and returns when the broker has them. */
    public void send(List<ProducerRecord<byte[], byte[]>> records) {
        Map<String, Object> settings = Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                config.kafka().bootstrapServers(),
                ProducerConfig.COMPRESSION_TYPE_CONFIG,
                "lz4",
                ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
                10_000_000,
                ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG,
                ByteArraySerializer.class,
                ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG,
                ByteArraySerializer.class);
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(settings)) {
            for (ProducerRecord<byte[], byte[]> record : records) {
                var unused = producer.send(record);
            }
        }
    }
}
