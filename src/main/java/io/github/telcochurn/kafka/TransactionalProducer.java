package io.github.telcochurn.kafka;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.IntFunction;
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

    private final IntFunction<PollOffsets> offsets;
    private final Consumer<List<RecordBatch>> onCommit;
    private Properties endpointConfig;
    private Properties config;
    private KafkaProducer<byte[], byte[]> delegate;
    private SizeLimits limits;
    private int batchSize;
    /** Of the transaction under way; null when nothing was sent yet. */
    private TransactionRecords sent;

    /**
     * A producer that makes its first client when it is needed.
     *
     * @param offsets asked at each commit, with the number of records sent, for the offsets of the same transaction; null where there
     *     are none; what it throws fails the commit
     * @param onCommit receives what each transaction has committed
     */
    TransactionalProducer(IntFunction<PollOffsets> offsets, Consumer<List<RecordBatch>> onCommit) {
        this.offsets = offsets;
        this.onCommit = onCommit;
    }

    /**
     * Where a poll ends, as the member of the group that polled it commits it.
     *
     * @param check called when the coordinator has the offsets, before they are committed; what it throws fails the commit
     */
    record PollOffsets(Map<TopicPartition, OffsetAndMetadata> next, ConsumerGroupMetadata group, Runnable check) {}

    Producer<?, ?> configuredBy(Properties properties) {
        endpointConfig = properties;
        config = new Properties();
        config.putAll(properties);
        limits = new SizeLimits(properties);
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
        batchSize = limits.batchSize();
        config.put(ProducerConfig.BATCH_SIZE_CONFIG, batchSize);
        KafkaProducer<byte[], byte[]> fresh = new KafkaProducer<>(config);
        try {
            fresh.initTransactions();
        } catch (KafkaException e) {
            fresh.close(Duration.ZERO);
            throw e;
        }
        delegate = fresh;
    }

    private Future<RecordMetadata> send(RecordBatch batch) {
        limits.learn(batch.records());
        if (limits.batchSize() < batchSize) {
            beginAgainWithSmallerBatches();
        }
        if (sent == null) {
            sent = new TransactionRecords(delegate, limits);
        }
        sent.send(batch);
        return CompletableFuture.completedFuture(null);
    }

    private void beginAgainWithSmallerBatches() {
        List<RecordBatch> before = sent == null ? List.of() : sent.batches();
        abort();
        discard();
        recover();
        delegate.beginTransaction();
        sent = new TransactionRecords(delegate, limits);
        before.forEach(sent::send);
    }

    private void commit() {
        TransactionRecords records = sent;
        try {
            PollOffsets poll = offsets.apply(records == null ? 0 : records.size());
            while (!isCommitted(records, poll)) {
                // Once it is over, it is known what became of each record.
                delegate.abortTransaction();
                records.replaceRefused();
                delegate.beginTransaction();
                records.sendAgain();
            }
        } catch (RuntimeException e) {
            abort();
            limits.forget();
            throw e;
        }
        sent = null;
        onCommit.accept(records == null ? List.of() : records.committed());
    }

    /** A transaction of nothing but offsets. */
    void commitOffsets(PollOffsets poll) {
        recover();
        try {
            delegate.beginTransaction();
            commitWith(poll);
        } catch (RuntimeException e) {
            abort();
            throw e;
        }
    }

    /**
     * Tries to commit. There is no flush before: it would wait for records that are held back behind one that was refused, whereas a commit flushes
     * as well, and fails at once.
     *
     * @return false when a record could not be sent
     * @throws KafkaException when something else failed
     */
    private boolean isCommitted(TransactionRecords records, PollOffsets poll) {
        if (records != null && records.hasFailed()) {
            return false;
        }
        try {
            commitWith(poll);
            return true;
        } catch (KafkaException e) {
            if (delegate != null && records != null && records.hasFailed()) {
                return false;
            }
            throw e;
        }
    }

    private void commitWith(PollOffsets poll) {
        if (poll != null) {
            delegate.sendOffsetsToTransaction(poll.next(), poll.group());
            poll.check().run();
        }
        commitPatiently();
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
        sent = null;
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
        KafkaProducer<byte[], byte[]> discarded = delegate;
        sent = null;
        // Also when closing fails, as in a thread that was interrupted: a closed producer is of no use to anybody.
        delegate = null;
        if (discarded != null) {
            discarded.close(CLOSE_TIMEOUT);
        }
    }
}
