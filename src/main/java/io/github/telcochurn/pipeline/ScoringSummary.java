package io.github.telcochurn.pipeline;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;
import org.HdrHistogram.Histogram;

/**
 * What scoring came to.
 *
 * @param windows committed transactions
 * @param messages raw messages, dead letters counted
 * @param recordsPerSecond up to the last commit
 * @param p50Ms the median of the time from a message's event_ts to the commit of its prediction; likewise p99 and the longest
 */
public record ScoringSummary(
        long windows,
        long messages,
        long predictions,
        @JsonProperty("records_per_second") double recordsPerSecond,
        @JsonProperty("p50_ms") long p50Ms,
        @JsonProperty("p99_ms") long p99Ms,
        @JsonProperty("max_ms") long maxMs) {

    static ScoringSummary of(long windows, long messages, long predictions, long elapsedNs, Histogram latenciesMs) {
        return new ScoringSummary(
                windows,
                messages,
                predictions,
                messages / (Math.max(1, elapsedNs) / 1e9),
                latenciesMs.getValueAtPercentile(50),
                latenciesMs.getValueAtPercentile(99),
                latenciesMs.getMaxValue());
    }

    @JsonProperty("dead_letters")
    public long deadLetters() {
        return messages - predictions;
    }

    /** Percent of the messages that became predictions; 100 of none. */
    @JsonProperty("success_rate")
    public double successRate() {
        return messages == 0 ? 100 : 100.0 * predictions / messages;
    }

    /** In one line. */
    public String headline() {
        return String.format(
                Locale.ROOT,
                "%,d messages%s = %,d predictions + %,d dead letters (%.2f %%), %s/s, latency p50 %,d ms, p99 %,d ms, max %,d ms",
                messages,
                windows == 1 ? "" : String.format(Locale.ROOT, " in %,d windows", windows),
                predictions,
                deadLetters(),
                successRate(),
                Progress.rate(recordsPerSecond),
                p50Ms,
                p99Ms,
                maxMs);
    }
}
