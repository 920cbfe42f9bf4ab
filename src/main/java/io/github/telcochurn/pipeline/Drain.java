package io.github.telcochurn.pipeline;

import io.github.telcochurn.ChurnFailure;
import io.github.telcochurn.kafka.KafkaTopics;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.apache.kafka.common.TopicPartition;

/** Waits until a consumer group has committed all that was on a topic when the wait began. */
public final class Drain {
    private static final long LOOK_EVERY_MS = 50;

    private final KafkaTopics topics;
    private final String groupId;
    private final Duration patience;

    /**
     * A wait for a group.
     *
     * @param patience how long the lag may stand still before the wait is given up
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
     * Waits for the group to reach the topic's present end.
     *
     * @param enough ends the wait early
     * @throws ChurnFailure when the lag has not moved for as long as the patience lasts
     * @throws InterruptedException when the program is to end
     */
    public void await(String topic, BooleanSupplier enough) throws InterruptedException {
        Map<TopicPartition, Long> ends = topics.ends(topic);
        long movedAt = System.nanoTime();
        long lag = total(ends);
        while (lag > 0 && !enough.getAsBoolean()) {
            TimeUnit.MILLISECONDS.sleep(LOOK_EVERY_MS);
            long now = total(ends);
            if (now != lag) {
                movedAt = System.nanoTime();
            } else if (System.nanoTime() - movedAt > patience.toNanos()) {
                throw new ChurnFailure("Scoring stands still: " + lag + " offsets of " + topic + " were left for "
                        + patience.toSeconds() + " s. Nothing is lost; the log says why.");
            }
            lag = now;
        }
    }

    /** How many offsets of the topic the group has not committed yet. */
    public long lag(String topic) {
        return total(topics.ends(topic));
    }

    private long total(Map<TopicPartition, Long> ends) {
        return topics.lag(groupId, ends).values().stream()
                .mapToLong(Long::longValue)
                .sum();
    }
}
