package io.github.telcochurn.pipeline;

import io.github.telcochurn.ChurnFailure;
import io.github.telcochurn.kafka.KafkaTopics;
import io.github.telcochurn.kafka.SettledEnds;
import io.github.telcochurn.kafka.StallDetector;
import java.time.Duration;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.apache.kafka.common.TopicPartition;

/**
 * Waits until a consumer group has committed all that was on a topic when the wait began, including the records of transactions
 * that were still open then: what follows them is on the topic too, and cannot be scored before they end.
 */
public final class Drain {
    private final KafkaTopics topics;
    private final String groupId;
    private final Duration patience;

    /**
     * A wait for a group.
     *
     * @param patience how long the lag may stay the same before the wait is given up
     */
    public Drain(KafkaTopics topics, String groupId, Duration patience) {
        this.topics = topics;
        this.groupId = groupId;
        this.patience = patience;
    }

    /** As {@link #await(String, BooleanSupplier)}, to the very end. */
    public void await(String topic) throws InterruptedException {
        await(topic, () -> false);
    }

    /**
     * Waits for the group to reach the topic's current end.
     *
     * @param enough ends the wait early
     * @throws ChurnFailure when the lag has not moved for as long as the patience lasts, with what holds it up
     * @throws InterruptedException when the program is to end
     */
    public void await(String topic, BooleanSupplier enough) throws InterruptedException {
        Map<TopicPartition, Long> ends = topics.highWatermarks(topic);
        StallDetector stall = new StallDetector(patience, () -> whyLagging(topic, ends));
        for (long lag = total(ends); lag > 0 && !enough.getAsBoolean(); lag = total(ends)) {
            stall.pause(lag);
        }
    }

    private String whyLagging(String topic, Map<TopicPartition, Long> ends) {
        String left = total(ends) + " offsets of " + topic + " are not scored yet. ";
        return topics.isSettled(ends)
                ? left
                        + "Nothing is lost. Is a scorer running? ./churn topics describe shows what is left of each partition."
                : left + SettledEnds.whyHidden(topics, ends);
    }

    /** How many offsets of the topic the group has not committed yet, those of open transactions included. */
    public long lag(String topic) {
        return total(topics.highWatermarks(topic));
    }

    private long total(Map<TopicPartition, Long> ends) {
        return topics.lag(groupId, ends).values().stream()
                .mapToLong(Long::longValue)
                .sum();
    }
}
