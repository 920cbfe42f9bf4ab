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
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.apache.camel.component.kafka.DefaultKafkaClientFactory;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.CloseOptions.GroupMembershipOperation;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetCommitCallback;
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
 * Makes one poll one exchange and one transaction, for a route that consumes from one Kafka endpoint and produces to another.
 *
 * <p>The consumer hands Camel each poll as a single record whose value is the poll's own {@link ConsumerRecords}. The producer
 * takes a {@link RecordBatch} as a single value, sends its records inside Camel's transaction, and puts the poll's offsets
 * into it before it commits. Camel never commits offsets by itself.
 *
 * <p>One instance serves one consumer and one producer, both of which Camel calls in the consumer's thread. A route that
 * only produces uses the same class; its transactions then carry no offsets.
 */
public final class PollTransactions extends DefaultKafkaClientFactory {
    private static final Logger LOG = LoggerFactory.getLogger(PollTransactions.class);
    private static final int COMMIT_ATTEMPTS = 3;
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);
    private static final long FIRST_BACK_OFF_MS = 100;
    private static final long LONGEST_BACK_OFF_MS = 10_000;

    private final Consumer<RecordBatch> onCommit;
    private final TransactionalProducer producer = new TransactionalProducer();

    /** The poll whose results are not committed yet; null when there is none. */
    private UncommittedPoll uncommitted;

    private long commitsLeft;
    private int failuresInARow;
    private long pollAgainAtNanos = System.nanoTime();

    /**
     * A pair that tells of its commits.
     *
     * @param onCommit called with each batch after its commit, in the thread that processes; it must not throw
     * @param mostCommits after this many nothing is polled any more
     */
    public PollTransactions(Consumer<RecordBatch> onCommit, long mostCommits) {
        this.onCommit = onCommit;
        this.commitsLeft = mostCommits;
    }

    private record UncommittedPoll(Map<TopicPartition, OffsetAndMetadata> nextOffsets, ConsumerGroupMetadata group) {}

    /** Camel asks for a consumer at the start and again after each failure: both begin at the committed offsets. */
    @Override
    public org.apache.kafka.clients.consumer.Consumer<?, ?> getConsumer(Properties config) {
        if (uncommitted != null) {
            uncommitted = null;
            backOff();
        }
        // An open transaction would hide the committed offsets from the new consumer until it times out.
        producer.recover();
        return new PollingConsumer(config);
    }

    @Override
    public Producer<?, ?> getProducer(Properties config) {
        return producer.configuredBy(config);
    }

    /**
     * Makes the transactions from here on those of one piece of work, which several processes may have at hand: whoever had it
     * before is fenced, and what that one left open is ended. Call it in the thread that processes, before the work is read.
     *
     * @param work is appended to the endpoint's transactional id
     */
    public void takeOver(String work) {
        producer.takeOver(work);
    }

    private void backOff() {
        long delayMs = Math.min(LONGEST_BACK_OFF_MS, FIRST_BACK_OFF_MS << Math.min(failuresInARow++, 10));
        pollAgainAtNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(delayMs);
        LOG.warn("A batch failed and was taken back; trying again from the committed offsets in {} ms", delayMs);
    }

    private final class PollingConsumer extends KafkaConsumer<byte[], Object> {
        PollingConsumer(Properties config) {
            super(config);
        }

        @Override
        public ConsumerRecords<byte[], Object> poll(Duration timeout) {
            long waitNanos = commitsLeft > 0 ? pollAgainAtNanos - System.nanoTime() : timeout.toNanos();
            if (waitNanos > 0) {
                // In slices of the poll's timeout, so that a stop is noticed.
                LockSupport.parkNanos(Math.min(waitNanos, timeout.toNanos()));
                return ConsumerRecords.empty();
            }
            ConsumerRecords<byte[], Object> poll = super.poll(timeout);
            if (poll.isEmpty()) {
                passMarkers(poll.nextOffsets());
                return poll;
            }
            uncommitted = new UncommittedPoll(poll.nextOffsets(), groupMetadata());
            return asSingleRecord(poll);
        }

        /**
         * Commits positions that moved over nothing but transaction markers: no transaction of ours will carry them, and
         * without this a drained partition keeps a lag of one.
         */
        private void passMarkers(Map<TopicPartition, OffsetAndMetadata> positions) {
            if (!positions.isEmpty()) {
                super.commitSync(positions);
            }
        }

        private ConsumerRecords<byte[], Object> asSingleRecord(ConsumerRecords<byte[], Object> poll) {
            ConsumerRecord<byte[], Object> first = poll.iterator().next();
            ConsumerRecord<byte[], Object> whole =
                    new ConsumerRecord<>(first.topic(), first.partition(), first.offset(), null, poll);
            TopicPartition partition = new TopicPartition(first.topic(), first.partition());
            return new ConsumerRecords<>(Map.of(partition, List.of(whole)), poll.nextOffsets());
        }

        /** Left to closing, which knows what to tell the group. */
        @Override
        public void unsubscribe() {}

        /**
         * A static member keeps its partitions while it is away, which is right for one that comes back, as after a failure;
         * one that stops hands them to the others at once.
         */
        @Override
        public void close() {
            boolean comesBack = uncommitted != null;
            close(CloseOptions.timeout(CLOSE_TIMEOUT)
                    .withGroupMembershipOperation(
                            comesBack
                                    ? GroupMembershipOperation.REMAIN_IN_GROUP
                                    : GroupMembershipOperation.LEAVE_GROUP));
        }

        // Offsets are committed by the transaction alone.

        @Override
        public void commitSync() {}

        @Override
        public void commitSync(Duration timeout) {}

        @Override
        public void commitSync(Map<TopicPartition, OffsetAndMetadata> offsets) {}

        @Override
        public void commitSync(Map<TopicPartition, OffsetAndMetadata> offsets, Duration timeout) {}

        @Override
        public void commitAsync() {}

        @Override
        public void commitAsync(OffsetCommitCallback callback) {}

        @Override
        public void commitAsync(Map<TopicPartition, OffsetAndMetadata> offsets, OffsetCommitCallback callback) {}
    }

    /**
     * Stands between Camel and a {@link KafkaProducer} that it replaces when that one cannot go on. Camel makes its producer
     * once and keeps it, and closes it when a transaction failed. What it does not change goes through as it is, which is
     * why this is a proxy: the interface is long.
     */
    private final class TransactionalProducer {
        private Properties endpointConfig;
        private Properties config;
        private KafkaProducer<byte[], byte[]> delegate;
        private RecordBatch sent;

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

        private Object done(Runnable action) {
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

        void takeOver(String work) {
            discard();
            config = new Properties();
            config.putAll(endpointConfig);
            config.merge(ProducerConfig.TRANSACTIONAL_ID_CONFIG, "-" + work, (id, suffix) -> id + "" + suffix);
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
                if (uncommitted != null) {
                    delegate.sendOffsetsToTransaction(uncommitted.nextOffsets(), uncommitted.group());
                }
                commitPatiently();
            } catch (KafkaException e) {
                abort();
                throw e;
            }
            uncommitted = null;
            failuresInARow = 0;
            commitsLeft--;
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
}
