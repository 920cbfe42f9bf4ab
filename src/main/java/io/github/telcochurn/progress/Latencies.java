package io.github.telcochurn.progress;

import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * Latencies of messages that arrive live, from a message's {@code event_ts} to the commit of its prediction. Messages that are
 * older than the scorer's start, or from another time, say nothing about the scorer: they are only counted.
 */
final class Latencies {
    /** An older message is not live, such as a replayed dead letter. */
    private static final long MAX_LIVE_MS = TimeUnit.HOURS.toMillis(1);
    /** The clocks of several machines differ a little; a message from further ahead counts as from the future. */
    private static final long CLOCK_SKEW_MS = 1000;

    private final long liveFromMs;
    private final Histogram liveMs = new Histogram(MAX_LIVE_MS, 3);
    private long older;
    private long fromFuture;

    /**
     * Without any latencies yet.
     *
     * @param liveFromMs when the scorer started, since 1970; an older message is not live
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
        } else if (eventMs < liveFromMs || latencyMs > MAX_LIVE_MS) {
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
