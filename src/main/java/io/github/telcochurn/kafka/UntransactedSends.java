package io.github.telcochurn.kafka;

import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.apache.camel.component.kafka.DefaultKafkaClientFactory;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;

/**
 * Lets a Camel endpoint send a {@link RecordBatch} without a transaction, where a transaction's latency would cost more than it
 * is worth: the send completes when the broker has acknowledged every record, and fails otherwise.
 */
public final class UntransactedSends extends DefaultKafkaClientFactory {
    @Override
    public Producer<?, ?> getProducer(Properties config) {
        return new BatchProducer(new KafkaProducer<>(config));
    }

    private static final class BatchProducer extends DelegatingProducer {
        private final KafkaProducer<byte[], byte[]> client;

        private BatchProducer(KafkaProducer<byte[], byte[]> client) {
            this.client = client;
        }

        @Override
        KafkaProducer<byte[], byte[]> client() {
            return client;
        }

        @Override
        public Future<RecordMetadata> send(ProducerRecord<Object, Object> record) {
            RecordBatch batch = (RecordBatch) record.value();
            Destination destination = Destination.of(record);
            CompletableFuture<?>[] sends = batch.records().stream()
                    .map(destination::address)
                    .map(this::sendOne)
                    .toArray(CompletableFuture<?>[]::new);
            return CompletableFuture.allOf(sends).thenApply(all -> null);
        }

        @SuppressWarnings("FutureReturnValueIgnored") // the callback completes ours
        private CompletableFuture<Void> sendOne(ProducerRecord<byte[], byte[]> record) {
            CompletableFuture<Void> acknowledged = new CompletableFuture<>();
            client.send(record, (metadata, failure) -> {
                if (failure == null) {
                    acknowledged.complete(null);
                } else {
                    acknowledged.completeExceptionally(failure);
                }
            });
            return acknowledged;
        }
    }
}
