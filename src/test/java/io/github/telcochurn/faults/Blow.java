package io.github.telcochurn.faults;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/** What was killed in a cluster, and how long that was felt. Begins when it is made. */
final class Blow {
    static final String HEADER = """
            | kill -9 of | rows in by then | scored by then | lag then | no result at all for | none of a partition for | \
            all of then scored after |
            | --- | --- | --- | --- | --- | --- | --- |
            """;

    private final String killed;
    private final long rows;
    private final long scored;
    private final long lag;
    private final long atNs = System.nanoTime();
    private Map<TopicPartition, Long> due;
    private Duration recovery;
    private Duration standstill;
    private Duration standstillOfOne;

    /**
     * A blow that is just to be dealt.
     *
     * @param rows of the file that are on the raw topic
     * @param scored messages with a prediction or a dead letter
     * @param lag offsets of the raw topic that the scorers have not committed
     */
    Blow(String killed, long rows, long scored, long lag) {
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

    /** Says where the raw topic ended a moment later: once all before that is scored, the blow is got over. */
    void isDue(Map<TopicPartition, Long> ends) {
        due = ends;
    }

    /** Looks through a reader's eyes whether it is got over. */
    void look(LiveReader reader) {
        if (due == null || isRecovered() || reader.ledger().missing(due) > 0) {
            return;
        }
        long nowNs = System.nanoTime();
        recovery = Duration.ofNanos(nowNs - atNs);
        standstill = reader.standstills().ofAll(atNs, nowNs);
        standstillOfOne = reader.standstills().ofOnePartition(atNs, nowNs);
    }

    boolean isRecovered() {
        return recovery != null;
    }

    /** As a row of a Markdown table, once it is got over. */
    String row() {
        return String.format(
                Locale.ROOT,
                "| %s | %,d | %,d | %,d | %.1f s | %.1f s | %.1f s |%n",
                killed,
                rows,
                scored,
                lag,
                seconds(standstill),
                seconds(standstillOfOne),
                seconds(recovery));
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }
}
