package io.github.telcochurn.kafka;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.Function;
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
 * Sits between Camel and a {@link KafkaProducer}, which it replaces after a fatal error. Camel creates its producers once and
 * keeps them, one for each step that sends, and closes them when a transaction fails; all of them send through this one, in one
 * transaction.
 */
final class TransactionalProducer extends DelegatingProducer {
    private static final Logger LOG = LoggerFactory.getLogger(TransactionalProducer.class);
    private static final int COMMIT_ATTEMPTS = 3;
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

    private final Function<TransactionRecords, PollOffsets> offsets;
    private final Consumer<TransactionRecords> onCommit;
    private boolean isOpen;
    private Properties endpointConfig;
    private Properties config;
    private KafkaProducer<byte[], byte[]> delegate;
    private SizeLimits limits;
    private int batchSize;
    /** The records of the current transaction; null when nothing was sent yet. */
    private TransactionRecords sent;

    /**
     * A producer that creates its first client when it is needed.
     *
     * @param offsets asked at each commit, with the records sent, for the offsets of the same transaction; null where there
     *     are none; what it throws fails the commit
     * @param onCommit receives what each transaction has committed
     */
    TransactionalProducer(Function<TransactionRecords, PollOffsets> offsets, Consumer<TransactionRecords> onCommit) {
        this.offsets = offsets;
        this.onCommit = onCommit;
    }

    /**
     * The offsets at which a poll ends, and the group member that commits them.
     *
     * @param check called when the coordinator has the offsets, before they are committed; what it throws fails the commit
     */
    record PollOffsets(Map<TopicPartition, OffsetAndMetadata> next, ConsumerGroupMetadata group, Runnable check) {}

    /**
     * Called for each step that sends.
     *
     * @throws IllegalStateException when two of them have different settings: one producer serves both
     */
    Producer<?, ?> configuredBy(Properties properties) {
        if (isOpen) {
            requireSame(properties);
        }
        isOpen = true;
        endpointConfig = properties;
        config = new Properties();
        config.putAll(properties);
        limits = new SizeLimits(properties);
        return this;
    }

    private void requireSame(Properties properties) {
        Set<String> different = new TreeSet<>(properties.stringPropertyNames());
        different.addAll(endpointConfig.stringPropertyNames());
        different.removeIf(name -> Objects.equals(properties.get(name), endpointConfig.get(name)));
        if (!different.isEmpty()) {
            throw new IllegalStateException(
                    "The Kafka endpoints that send in one transaction share a producer, and must have the"
                            + " same settings except topic, key and partition. These differ: " + different);
        }
    }

    @Override
    KafkaProducer<byte[], byte[]> client() {
        recover();
        return delegate;
    }

    /** Left to the first use, which may be a takeover. */
    @Override
    public void initTransactions() {}

    @Override
    public void close() {
        isOpen = false;
        discard();
    }

    /**
     * Continues under another transactional id, and fences its former owner.
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

    /** Creates a producer if there is none; this also ends what its predecessor left open on the broker. */
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

    @Override
    public Future<RecordMetadata> send(ProducerRecord<Object, Object> record) {
        Destination destination = Destination.of(record);
        limits.learn(destination.topic());
        if (limits.batchSize() < batchSize) {
            restartWithSmallerBatches();
        }
        if (sent == null) {
            sent = new TransactionRecords(delegate, limits);
        }
        sent.send(batchOf(record.value()), destination);
        return CompletableFuture.completedFuture(null);
    }

    private static RecordBatch batchOf(Object body) {
        if (body instanceof RecordBatch batch) {
            return batch;
        }
        if (body == null || body instanceof byte[]) {
            return new RecordBatch(List.of(new OutgoingRecord(null, (byte[]) body, null)));
        }
        throw new IllegalStateException(
                "The body is a " + body.getClass().getSimpleName()
                        + ", which cannot be sent as a whole. Set the body to one of its batches of records before the to: kafka.");
    }

    private void restartWithSmallerBatches() {
        List<TransactionRecords.Sent> before = sent == null ? List.of() : sent.sent();
        abortTransaction();
        discard();
        recover();
        delegate.beginTransaction();
        sent = new TransactionRecords(delegate, limits);
        before.forEach(one -> sent.send(one.batch(), one.destination()));
    }

    @Override
    public void commitTransaction() {
        TransactionRecords records = sent;
        try {
            PollOffsets poll = offsets.apply(records);
            records.complete();
            while (!isCommitted(records, poll)) {
                // After the abort the outcome of each record is known.
                delegate.abortTransaction();
                records.replaceRefused();
                delegate.beginTransaction();
                records.sendAgain();
            }
        } catch (RuntimeException e) {
            abortTransaction();
            limits.forget();
            throw e;
        }
        sent = null;
        onCommit.accept(records);
    }

    /** A transaction of nothing but offsets. */
    void commitOffsets(PollOffsets poll) {
        recover();
        try {
            delegate.beginTransaction();
            commitWith(poll);
        } catch (RuntimeException e) {
            abortTransaction();
            throw e;
        }
    }

    /**
     * Tries to commit. It does not flush first: that would wait for records that are held back behind a refused one, whereas a
     * commit flushes as well, and fails at once.
     *
     * @return false when a record could not be sent
     * @throws KafkaException when something else failed
     */
    private boolean isCommitted(TransactionRecords records, PollOffsets poll) {
        if (records.hasFailed()) {
            return false;
        }
        try {
            commitWith(poll);
            return true;
        } catch (KafkaException e) {
            if (delegate != null && records.hasFailed()) {
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
        commitWithRetries();
    }

    /** A commit that timed out may or may not have happened; only retrying it is safe. */
    private void commitWithRetries() {
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

    @Override
    public void abortTransaction() {
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
        // Even when closing fails, as in an interrupted thread: a closed producer is of no use.
        delegate = null;
        if (discarded != null) {
            discarded.close(CLOSE_TIMEOUT);
        }
    }
}
