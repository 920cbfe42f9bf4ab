package io.github.telcochurn.faults;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/** A kill in a cluster, and how long its effects lasted. The time runs from its construction. */
final class Kill {
    static final String HEADER = """
            | kill -9 of | rows ingested by then | scored by then | lag then | no result at all for | none from one partition for | \
            backlog scored after |
            | --- | --- | --- | --- | --- | --- | --- |
            """;

    private final String killed;
    private final long rows;
    private final long scored;
    private final long lag;
    private final long atNs = System.nanoTime();
    private Map<TopicPartition, Long> target;
    private Duration recovery;
    private Duration outage;
    private Duration outageOfOne;

    /**
     * A kill that is about to happen.
     *
     * @param rows of the file that are on the raw topic
     * @param scored messages with a prediction or a dead letter
     * @param lag offsets of the raw topic that the scorers have not committed
     */
    Kill(String killed, long rows, long scored, long lag) {
        this.killed = killed;
        this.rows = rows;
        this.scored = scored;
        this.lag = lag;
    }

    String killed() {
        return killed;
    }

    long lag() {
        return lag;
    }

    /** Sets where the raw topic ended a moment later: once everything before that is scored, the pipeline has recovered. */
    void setTarget(Map<TopicPartition, Long> ends) {
        target = ends;
    }

    /** Checks, as a reader sees it, whether the pipeline has recovered. */
    void check(LiveReader reader) {
        if (target == null || isRecovered() || reader.ledger().missing(target) > 0) {
            return;
        }
        long nowNs = System.nanoTime();
        recovery = Duration.ofNanos(nowNs - atNs);
        outage = reader.outages().ofAll(atNs, nowNs);
        outageOfOne = reader.outages().ofOnePartition(atNs, nowNs);
    }

    boolean isRecovered() {
        return recovery != null;
    }

    /** As a row of a Markdown table, once the pipeline has recovered. */
    String row() {
        return String.format(
                Locale.ROOT,
                "| %s | %,d | %,d | %,d | %.1f s | %.1f s | %.1f s |%n",
                killed,
                rows,
                scored,
                lag,
                seconds(outage),
                seconds(outageOfOne),
                seconds(recovery));
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }
}
