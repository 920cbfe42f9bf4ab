package io.github.telcochurn.kafka;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stands between Camel and a {@link KafkaProducer} that it replaces when that one cannot go on. Camel makes its producer
 * once and keeps it, and closes it when a transaction failed. What it does not change goes through as it is, which is
 * why this is a proxy: the interface is long.
 */
final class TransactionalProducer {
    private static final Logger LOG = LoggerFactory.getLogger(TransactionalProducer.class);
    private static final int COMMIT_ATTEMPTS = 3;
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

    private final Supplier<PollOffsets> offsets;
    private final Consumer<RecordBatch> onCommit;
    private Properties endpointConfig;
    private Properties config;
    private KafkaProducer<byte[], byte[]> delegate;
    private RecordBatch sent;

    /**
     * A producer that makes its first client when it is needed.
     *
     * @param offsets asked at each commit for what goes into the transaction; may give null
     * @param onCommit is told of each committed batch
     */
    TransactionalProducer(Supplier<PollOffsets> offsets, Consumer<RecordBatch> onCommit) {
        this.offsets = offsets;
        this.onCommit = onCommit;
    }

    /** Where a poll ends, as the member of the group that polled it commits it. */
    record PollOffsets(Map<TopicPartition, OffsetAndMetadata> next, ConsumerGroupMetadata group) {}

    Producer<?, ?> configuredBy(Properties properties) {
        endpointConfig = properties;
        config = properties;
        return (Producer<?, ?>) Proxy.newProxyInstance(
                Producer.class.getClassLoader(),
                new Class<?>[] {Producer.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    // before the first use, which may be a take-over
                    case "initTransactions" -> null;
                    case "send" -> send((RecordBatch) ((ProducerRecord<?, ?>) arguments[0]).value());
                    case "commitTransaction" -> done(this::commit);
                    case "abortTransaction" -> done(this::abort);
                    case "close" -> done(this::discard);
                    default -> pass(method, arguments);
                });
    }

    private static Object done(Runnable action) {
        action.run();
        return null;
    }

    private Object pass(Method method, Object[] arguments) throws Throwable {
        if (method.getDeclaringClass() == Object.class) {
            return method.invoke(this, arguments);
        }
        recover();
        try {
            return method.invoke(delegate, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    /**
     * Goes on under another transactional id, and fences whoever had it.
     *
     * @param work is appended to the endpoint's transactional id
     */
    void takeOver(String work) {
        discard();
        config = new Properties();
        config.putAll(endpointConfig);
        String id = endpointConfig.getProperty(ProducerConfig.TRANSACTIONAL_ID_CONFIG);
        config.setProperty(ProducerConfig.TRANSACTIONAL_ID_CONFIG, id + "-" + work);
        recover();
    }

    /** Makes a producer where there is none; this also ends what its predecessor left open on the broker. */
    void recover() {
        if (delegate != null || config == null) {
            return;
        }
        KafkaProducer<byte[], byte[]> fresh = new KafkaProducer<>(config);
        try {
            fresh.initTransactions();
        } catch (KafkaException e) {
            fresh.close(Duration.ZERO);
            throw e;
        }
        delegate = fresh;
    }

    /** Sends without waiting: a record that cannot be sent fails the commit. */
    @SuppressWarnings("FutureReturnValueIgnored")
    private Future<RecordMetadata> send(RecordBatch batch) {
        sent = batch;
        batch.records().forEach(delegate::send);
        return CompletableFuture.completedFuture(null);
    }

    private void commit() {
        try {
            // At once, and not when the linger is over: the offsets that follow are waited for.
            delegate.flush();
            PollOffsets poll = offsets.get();
            if (poll != null) {
                delegate.sendOffsetsToTransaction(poll.next(), poll.group());
            }
            commitPatiently();
        } catch (KafkaException e) {
            abort();
            throw e;
        }
        onCommit.accept(sent);
    }

    /** A commit that timed out may have happened or not; to ask again is the only safe answer. */
    private void commitPatiently() {
        for (int attempt = 1; ; attempt++) {
            try {
                delegate.commitTransaction();
                return;
            } catch (TimeoutException e) {
                LOG.warn("Commit timed out, attempt {} of {}", attempt, COMMIT_ATTEMPTS);
                if (attempt == COMMIT_ATTEMPTS) {
                    // Neither commit nor abort: the successor's initTransactions finds out which.
                    discard();
                    throw e;
                }
            }
        }
    }

    private void abort() {
        if (delegate == null) {
            return;
        }
        try {
            delegate.abortTransaction();
        } catch (KafkaException | IllegalStateException e) {
            LOG.debug("Cannot abort, so a fresh producer takes over", e);
            discard();
        }
    }

    private void discard() {
        if (delegate != null) {
            delegate.close(CLOSE_TIMEOUT);
            delegate = null;
        }
    }
}
