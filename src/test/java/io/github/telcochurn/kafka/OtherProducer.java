package io.github.telcochurn.kafka;

import io.github.telcochurn.config.ChurnConfig;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Another program that writes to a topic in transactions, and leaves them open for a while. */
public final class OtherProducer implements AutoCloseable {
    private final KafkaProducer<byte[], byte[]> producer;

    /** A producer with that transactional id. */
    public OtherProducer(ChurnConfig config, String transactionalId) {
        producer = new KafkaProducer<>(Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                config.kafka().bootstrapServers(),
                ProducerConfig.TRANSACTIONAL_ID_CONFIG,
                transactionalId,
                ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG,
                ByteArraySerializer.class,
                ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG,
                ByteArraySerializer.class));
        producer.initTransactions();
    }

    /** Opens a transaction with a record on each partition, which the broker has when this returns. */
    public void open(String topic, byte[] value) {
        producer.beginTransaction();
        producer.partitionsFor(topic).forEach(partition -> {
            var unused = producer.send(new ProducerRecord<>(topic, partition.partition(), null, value));
        });
        producer.flush();
    }

    /** Ends the transaction. */
    public void end(boolean commits) {
        if (commits) {
            producer.commitTransaction();
        } else {
            producer.abortTransaction();
        }
    }

    /** Leaves an open transaction to the broker. */
    @Override
    public void close() {
        producer.close();
    }
}
