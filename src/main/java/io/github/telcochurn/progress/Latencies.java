package io.github.telcochurn.progress;

import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * Latencies of what arrives live, from a message's {@code event_ts} to the commit of its prediction. How long a message waited
 * that was there before its scorer, or says that it is from another time, tells nothing of the scorer: those are counted.
 */
final class Latencies {
    /** A message that is older is no live one, such as a dead letter that is replayed. */
    private static final long LONGEST_MS = TimeUnit.HOURS.toMillis(1);
    /** Clocks of several machines differ a little; what says that it is from further ahead is from the future. */
    private static final long CLOCK_SKEW_MS = 1000;

    private final long liveFromMs;
    private final Histogram liveMs = new Histogram(LONGEST_MS, 3);
    private long older;
    private long fromFuture;

    /**
     * None yet.
     *
     * @param liveFromMs when the scorer began, since 1970: no live message is older
     */
    Latencies(long liveFromMs) {
        this.liveFromMs = liveFromMs;
    }

    /**
     * Adds a message.
     *
     * @param eventMs its {@code event_ts}, since 1970
     * @param committedMs when its prediction was committed, since 1970
     */
    void add(long eventMs, long committedMs) {
        long latencyMs = committedMs - eventMs;
        if (latencyMs < -CLOCK_SKEW_MS) {
            fromFuture++;
        } else if (eventMs < liveFromMs || latencyMs > LONGEST_MS) {
            older++;
        } else {
            liveMs.recordValue(Math.max(0, latencyMs));
        }
    }

    void reset() {
        liveMs.reset();
        older = 0;
        fromFuture = 0;
    }

    long live() {
        return liveMs.getTotalCount();
    }

    long older() {
        return older;
    }

    long fromFuture() {
        return fromFuture;
    }

    /** Milliseconds; null when none was live. */
    Long atPercentile(double percentile) {
        return live() == 0 ? null : Long.valueOf(liveMs.getValueAtPercentile(percentile));
    }

    /** Milliseconds; null when none was live. */
    Long longest() {
        return live() == 0 ? null : Long.valueOf(liveMs.getMaxValue());
    }
}
