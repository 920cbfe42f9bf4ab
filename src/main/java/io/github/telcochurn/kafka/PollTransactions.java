package io.github.telcochurn.kafka;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.apache.camel.component.kafka.DefaultKafkaClientFactory;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.CloseOptions.GroupMembershipOperation;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetCommitCallback;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.TopicPartition;
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
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);
    private static final long FIRST_BACK_OFF_MS = 100;
    private static final long LONGEST_BACK_OFF_MS = 10_000;

    private final Consumer<RecordBatch> onCommit;

    /** The poll whose results are not committed yet; null when there is none. */
    private TransactionalProducer.PollOffsets uncommitted;

    private final TransactionalProducer producer = new TransactionalProducer(() -> uncommitted, this::committed);

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

    private void committed(RecordBatch batch) {
        uncommitted = null;
        failuresInARow = 0;
        commitsLeft--;
        onCommit.accept(batch);
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
            uncommitted = new TransactionalProducer.PollOffsets(poll.nextOffsets(), groupMetadata());
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
}
