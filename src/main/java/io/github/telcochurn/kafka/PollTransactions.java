package io.github.telcochurn.kafka;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelContextAware;
import org.apache.camel.Route;
import org.apache.camel.component.kafka.DefaultKafkaClientFactory;
import org.apache.camel.component.kafka.KafkaEndpoint;
import org.apache.camel.support.service.ServiceSupport;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.CloseOptions.GroupMembershipOperation;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetCommitCallback;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns each poll into one exchange and one transaction, for a route that consumes from one Kafka endpoint and sends to others.
 *
 * <p>The consumer hands Camel each poll as a single record whose value is the poll's own {@link ConsumerRecords}. The producer
 * takes each {@link RecordBatch} as a single value, sends its records inside Camel's transaction, and puts the poll's offsets
 * into it before it commits. Camel never commits offsets by itself.
 *
 * <p>A poll whose exchange ended without a commit is never skipped: the next poll begins at the committed offsets again.
 *
 * <p>One instance serves the consumer of one route and all of its sending steps, which Camel calls in the consumer's thread.
 */
public final class PollTransactions extends DefaultKafkaClientFactory implements CamelContextAware {
    private static final Logger LOG = LoggerFactory.getLogger(PollTransactions.class);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);
    private static final long INITIAL_BACK_OFF_MS = 100;
    private static final long MAX_BACK_OFF_MS = 10_000;

    private final Consumer<TransactionInputs.Committed> onCommit;

    private CamelContext camelContext;

    /** The poll whose results are not committed yet; null when there is none. */
    private Poll uncommitted;

    /** How far this consumer has committed: a poll from there on need not be checked against the group's offsets. */
    private final Map<TopicPartition, Long> reached = new HashMap<>();

    private String bootstrapServers;

    /** The consumer could not poll; Camel creates another one. */
    private boolean pollFailed;

    private final TransactionalProducer producer = new TransactionalProducer(this::offsetsToCommit, this::committed);

    private long commitsLeft;
    private int failuresInARow;
    private long pollAgainAtNanos = System.nanoTime();

    /**
     * A consumer and a producer for one route.
     *
     * @param onCommit called with each poll's work after its commit, in the thread that processes; it must not throw
     * @param maxCommits after this many nothing more is polled
     */
    public PollTransactions(Consumer<TransactionInputs.Committed> onCommit, long maxCommits) {
        this.onCommit = onCommit;
        this.commitsLeft = maxCommits;
    }

    /** A poll, the group that it was made for, and the thread that made it. */
    private record Poll(ConsumerRecords<byte[], Object> records, ConsumerGroupMetadata group, Thread thread) {
        private Map<TopicPartition, Long> firstOffsets() {
            Map<TopicPartition, Long> first = new HashMap<>();
            records.partitions()
                    .forEach(partition -> first.put(
                            partition, records.records(partition).get(0).offset()));
            return first;
        }
    }

    @Override
    public CamelContext getCamelContext() {
        return camelContext;
    }

    @Override
    public void setCamelContext(CamelContext camelContext) {
        this.camelContext = camelContext;
    }

    /** Camel asks for a consumer at the start and again after each failure: both begin at the committed offsets. */
    @Override
    public org.apache.kafka.clients.consumer.Consumer<?, ?> getConsumer(Properties config) {
        require(config, ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false", "autoCommitEnable");
        require(config, ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed", "isolationLevel");
        if (uncommitted != null || pollFailed) {
            uncommitted = null;
            pollFailed = false;
            long delayMs = backOff();
            LOG.warn("A poll failed and was rolled back; retrying from the committed offsets in {} ms", delayMs);
        }
        // An open transaction would hide the committed offsets from the new consumer until it times out.
        producer.recover();
        reached.clear();
        bootstrapServers = config.getProperty(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG);
        return new PollingConsumer(config);
    }

    /** With other settings the client would commit by itself, or read what is not committed. */
    private void require(Properties config, String setting, String value, String parameter) {
        if (!value.equals(String.valueOf(config.get(setting)))) {
            throw new IllegalStateException("The Kafka endpoint of route " + routeId() + " needs " + parameter + ": "
                    + value + ", or records could be lost.");
        }
    }

    @Override
    public Producer<?, ?> getProducer(Properties config) {
        return producer.configuredBy(config);
    }

    /**
     * The offsets to commit in a transaction: those of its poll.
     *
     * @throws IllegalStateException when the transaction does not answer the whole poll: committing it would lose records
     */
    private TransactionalProducer.PollOffsets offsetsToCommit(TransactionRecords sent) {
        Poll poll = uncommitted;
        if (poll == null || poll.thread() != Thread.currentThread()) {
            throw new IllegalStateException("The route " + routeId()
                    + " commits outside of the exchange of its poll. Polls must stay in one exchange and one thread:"
                    + " without split, seda, threads or wireTap before the Kafka endpoint.");
        }
        int count = poll.records().count();
        if (sent.answered() < count) {
            throw new IllegalStateException("The route " + routeId() + " sends " + sent.answered()
                    + " records for a poll of " + count
                    + ". Each raw record must become a prediction or a dead letter; none may be dropped on the way.");
        }
        return offsets(poll.records().nextOffsets(), poll.group(), poll.firstOffsets());
    }

    /**
     * Refuses offsets that are behind the group's. A newly elected coordinator may report for a moment that the group has none,
     * so that the consumer begins at the start of the topic. Once the coordinator has accepted offsets its state is complete,
     * so it is asked again then.
     *
     * @param began the first offsets of the records whose end is to be committed
     */
    private void requireGroupNotAhead(String groupId, Map<TopicPartition, Long> began) {
        Set<TopicPartition> unchecked = new HashSet<>(began.keySet());
        unchecked.removeIf(partition -> began.get(partition) >= reached.getOrDefault(partition, Long.MAX_VALUE));
        if (unchecked.isEmpty()) {
            return;
        }
        try (KafkaTopics topics = new KafkaTopics(bootstrapServers)) {
            Map<TopicPartition, OffsetAndMetadata> committed = topics.committed(groupId);
            for (TopicPartition partition : unchecked) {
                OffsetAndMetadata offset = committed.get(partition);
                if (offset != null && offset.offset() > began.get(partition)) {
                    throw new KafkaException("The poll of " + partition + " began at offset " + began.get(partition)
                            + ", but the group has already committed " + offset.offset());
                }
            }
        }
    }

    private TransactionalProducer.PollOffsets offsets(
            Map<TopicPartition, OffsetAndMetadata> next, ConsumerGroupMetadata group, Map<TopicPartition, Long> began) {
        return new TransactionalProducer.PollOffsets(next, group, () -> requireGroupNotAhead(group.groupId(), began));
    }

    private void markReached(Map<TopicPartition, OffsetAndMetadata> positions) {
        positions.forEach((partition, position) -> reached.put(partition, position.offset()));
    }

    private void committed(TransactionRecords sent) {
        if (uncommitted != null) {
            markReached(uncommitted.records().nextOffsets());
        }
        uncommitted = null;
        failuresInARow = 0;
        commitsLeft--;
        onCommit.accept(sent.committed());
    }

    private long backOff() {
        long delayMs = Math.min(MAX_BACK_OFF_MS, INITIAL_BACK_OFF_MS << Math.min(failuresInARow++, 10));
        pollAgainAtNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(delayMs);
        return delayMs;
    }

    /** The route that consumes with these clients. */
    private Optional<Route> route() {
        return camelContext == null
                ? Optional.empty()
                : camelContext.getRoutes().stream()
                        .filter(route -> route.getEndpoint() instanceof KafkaEndpoint kafka
                                && kafka.getKafkaClientFactory() == this)
                        .findFirst();
    }

    private String routeId() {
        return route().map(Route::getId).orElse("of this transaction");
    }

    private boolean isStopping() {
        return route().map(Route::getConsumer)
                .filter(consumer -> consumer instanceof ServiceSupport service && service.isStoppingOrStopped())
                .isPresent();
    }

    private final class PollingConsumer extends KafkaConsumer<byte[], Object> {
        PollingConsumer(Properties config) {
            super(config);
        }

        @Override
        public ConsumerRecords<byte[], Object> poll(Duration timeout) {
            if (uncommitted != null) {
                rewind();
            }
            long waitNanos = commitsLeft > 0 ? pollAgainAtNanos - System.nanoTime() : timeout.toNanos();
            if (waitNanos > 0) {
                // In slices of the poll's timeout, so that a stop is noticed.
                LockSupport.parkNanos(Math.min(waitNanos, timeout.toNanos()));
                return ConsumerRecords.empty();
            }
            try {
                return next(timeout);
            } catch (WakeupException e) {
                throw e;
            } catch (RuntimeException e) {
                pollFailed = true;
                throw e;
            }
        }

        private ConsumerRecords<byte[], Object> next(Duration timeout) {
            ConsumerRecords<byte[], Object> poll = super.poll(timeout);
            if (poll.isEmpty()) {
                commitPastMarkers(poll.nextOffsets());
                return poll;
            }
            uncommitted = new Poll(poll, groupMetadata(), Thread.currentThread());
            return asSingleRecord(poll);
        }

        /** The exchange of the last poll has ended without a commit. */
        private void rewind() {
            // First settles a commit whose outcome is unknown.
            producer.recover();
            Map<TopicPartition, Long> first = uncommitted.firstOffsets();
            committed(first.keySet())
                    .forEach((partition, offset) ->
                            super.seek(partition, offset == null ? first.get(partition) : offset.offset()));
            int count = uncommitted.records().count();
            uncommitted = null;
            LOG.warn(
                    "The route {} did not pass a poll of {} records on to its Kafka endpoint, or handled its failure;"
                            + " polling them again in {} ms. ./churn routes check says what keeps a poll from being committed.",
                    routeId(),
                    count,
                    backOff());
        }

        /**
         * Commits positions that moved past transaction markers only: no transaction with records will carry them, and a
         * drained partition would keep a lag of one.
         */
        private void commitPastMarkers(Map<TopicPartition, OffsetAndMetadata> positions) {
            if (!positions.isEmpty()) {
                Map<TopicPartition, Long> at = new HashMap<>();
                positions.forEach((partition, position) -> at.put(partition, position.offset()));
                producer.commitOffsets(offsets(positions, groupMetadata(), at));
                markReached(positions);
            }
        }

        private ConsumerRecords<byte[], Object> asSingleRecord(ConsumerRecords<byte[], Object> poll) {
            ConsumerRecord<byte[], Object> first = poll.iterator().next();
            ConsumerRecord<byte[], Object> whole =
                    new ConsumerRecord<>(first.topic(), first.partition(), first.offset(), null, poll);
            TopicPartition partition = new TopicPartition(first.topic(), first.partition());
            return new ConsumerRecords<>(Map.of(partition, List.of(whole)), poll.nextOffsets());
        }

        /** Left to {@link #close}, which decides whether the member leaves the group. */
        @Override
        public void unsubscribe() {}

        /**
         * A static member keeps its partitions while it is away, which is right for one that comes back after a failure; one
         * that stops hands them to the others at once.
         */
        @Override
        public void close() {
            boolean comesBack = (uncommitted != null || pollFailed) && !isStopping();
            close(CloseOptions.timeout(CLOSE_TIMEOUT)
                    .withGroupMembershipOperation(
                            comesBack
                                    ? GroupMembershipOperation.REMAIN_IN_GROUP
                                    : GroupMembershipOperation.LEAVE_GROUP));
        }

        /** Some of Camel's error policies skip a record by seeking; only {@link #rewind} moves this consumer. */
        @Override
        public void seek(TopicPartition partition, long offset) {}

        @Override
        public void seek(TopicPartition partition, OffsetAndMetadata offset) {}

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
