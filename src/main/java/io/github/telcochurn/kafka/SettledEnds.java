package io.github.telcochurn.kafka;

import io.github.telcochurn.ChurnFailure;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;

/**
 * The ends of topics, including everything written so far. A transaction that is open, or whose commit has not reached a
 * partition yet, hides what follows from readers of committed records, to whom the log would seem shorter than it is.
 */
public final class SettledEnds {
    private final KafkaTopics topics;
    private final Duration patience;

    /**
     * The ends of a broker's topics.
     *
     * @param patience how long open transactions may make no progress before the wait for them fails
     */
    public SettledEnds(KafkaTopics topics, Duration patience) {
        this.topics = topics;
        this.patience = patience;
    }

    /**
     * The end of each partition at the time of the call, once everything before it is committed or aborted.
     *
     * @throws ChurnFailure when a transaction stays open; it names the producer and the position
     */
    public Map<TopicPartition, Long> await(String topic) {
        Map<TopicPartition, Long> ends = topics.highWatermarks(topic);
        StallDetector stall = new StallDetector(patience, () -> whyHidden(topics, ends));
        try {
            for (long hidden = hidden(ends); hidden > 0; hidden = hidden(ends)) {
                stall.pause(hidden);
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
     * @param ends of partitions, some of which are hidden
     */
    public static String whyHidden(KafkaTopics topics, Map<TopicPartition, Long> ends) {
        List<BlockingTransaction> open = topics.openTransactions(ends);
        if (open.isEmpty()) {
            return "Records on " + topics.hidden(ends).keySet()
                    + " are not committed yet, and the broker does not report whose they are. Nothing is lost.";
        }
        return open.stream().map(BlockingTransaction::toString).collect(Collectors.joining("; ", "Waiting for ", ""))
                + ". Nothing is lost: what follows can be read once it commits or aborts. Let that producer finish, or abort its"
                + " transaction on each partition, for example with kafka-transactions.sh --bootstrap-server HOST:PORT abort --topic "
                + open.get(0).partition().topic() + " --partition "
                + open.get(0).partition().partition()
                + " --start-offset " + open.get(0).startOffset() + ".";
    }
}
