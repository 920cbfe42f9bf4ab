package io.github.telcochurn.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.telcochurn.config.ChurnConfig;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Another producer of raw messages, which sends bytes as they are and no keys. */
public record RawRecords(ChurnConfig config) {
    /**
     * Sends messages.
     *
     * @param headers of each of them
     * @param values of which one may be null
     */
    public void send(Map<String, String> headers, byte[]... values) {
        Map<String, Object> settings = Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, config.kafka().bootstrapServers(),
                ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class,
                ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(settings)) {
            for (byte[] value : values) {
                ProducerRecord<byte[], byte[]> record =
                        new ProducerRecord<>(config.topics().raw(), value);
                headers.forEach((name, text) -> record.headers().add(name, text.getBytes(UTF_8)));
                var unused = producer.send(record);
            }
        }
    }
}
