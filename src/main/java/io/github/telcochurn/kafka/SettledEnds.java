package io.github.telcochurn.kafka;

import io.github.telcochurn.ChurnFailure;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;

/**
 * The ends of topics that hold all that was written before: an open transaction, and one whose commit has not reached a partition
 * yet, hide what follows from readers of committed records, who would take the log for shorter than it is.
 */
public final class SettledEnds {
    private final KafkaTopics topics;
    private final Duration patience;

    /**
     * Those of a broker.
     *
     * @param patience how long transactions that are open may stand still before the wait for them fails
     */
    public SettledEnds(KafkaTopics topics, Duration patience) {
        this.topics = topics;
        this.patience = patience;
    }

    /**
     * The end of each partition at the time of the call, once everything before it is committed or aborted.
     *
     * @throws ChurnFailure when a transaction stays open, with its producer and its place
     */
    public Map<TopicPartition, Long> await(String topic) {
        Map<TopicPartition, Long> ends = topics.highWatermarks(topic);
        Standstill standstill = new Standstill(patience, () -> whyHidden(topics, ends));
        try {
            for (long hidden = hidden(ends); hidden > 0; hidden = hidden(ends)) {
                standstill.pause(hidden);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ChurnFailure("Interrupted while waiting for transactions on " + topic + " to end.", e);
        }
        return ends;
    }

    private long hidden(Map<TopicPartition, Long> ends) {
        return topics.hidden(ends).values().stream().mapToLong(Long::longValue).sum();
    }

    /**
     * Which transactions hide what is on these partitions, and what to do about them.
     *
     * @param ends of partitions of which some are hidden
     */
    public static String whyHidden(KafkaTopics topics, Map<TopicPartition, Long> ends) {
        List<OpenTransaction> open = topics.openTransactions(ends);
        if (open.isEmpty()) {
            return "Records on " + topics.hidden(ends).keySet()
                    + " are not committed yet, and the broker does not say by which transaction. Nothing is lost.";
        }
        return open.stream().map(OpenTransaction::toString).collect(Collectors.joining("; ", "It waits for ", ""))
                + ". Nothing is lost: what follows can be read once it commits or aborts. Let that producer finish, or abort its"
                + " transaction on each partition, as with kafka-transactions.sh --bootstrap-server HOST:PORT abort --topic "
                + open.get(0).partition().topic() + " --partition "
                + open.get(0).partition().partition()
                + " --start-offset " + open.get(0).startOffset() + ".";
    }
}
