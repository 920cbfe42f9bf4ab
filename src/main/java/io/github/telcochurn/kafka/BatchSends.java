package io.github.telcochurn.kafka;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import org.apache.camel.component.kafka.DefaultKafkaClientFactory;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;

/**
 * Lets a Camel endpoint send a {@link RecordBatch} without a transaction, where a transaction's latency would cost more than it
 * gives: the send is done when the broker has acknowledged every record, and fails when it has not.
 */
public final class BatchSends extends DefaultKafkaClientFactory {
    @Override
    public Producer<?, ?> getProducer(Properties config) {
        KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(config);
        // Everything else is the producer's own; the interface is long.
        return (Producer<?, ?>) Proxy.newProxyInstance(
                Producer.class.getClassLoader(), new Class<?>[] {Producer.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("send")) {
                        return send(producer, (RecordBatch) ((ProducerRecord<?, ?>) arguments[0]).value());
                    }
                    try {
                        return method.invoke(producer, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private static CompletableFuture<RecordMetadata> send(KafkaProducer<byte[], byte[]> producer, RecordBatch batch) {
        CompletableFuture<?>[] sends =
                batch.records().stream().map(record -> send(producer, record)).toArray(CompletableFuture<?>[]::new);
        return CompletableFuture.allOf(sends).thenApply(all -> null);
    }

    @SuppressWarnings("FutureReturnValueIgnored") // the callback completes ours
    private static CompletableFuture<Void> send(
            KafkaProducer<byte[], byte[]> producer, ProducerRecord<byte[], byte[]> record) {
        CompletableFuture<Void> acknowledged = new CompletableFuture<>();
        producer.send(record, (metadata, failure) -> {
            if (failure == null) {
                acknowledged.complete(null);
            } else {
                acknowledged.completeExceptionally(failure);
            }
        });
        return acknowledged;
    }
}
