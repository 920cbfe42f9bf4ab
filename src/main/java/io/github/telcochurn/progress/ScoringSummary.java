package io.github.telcochurn.progress;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;

/**
 * The result of scoring.
 *
 * @param windows committed transactions
 * @param messages raw messages, including those that became dead letters
 * @param recordsPerSecond up to the last commit
 * @param p50Ms the median of the time from a live message's event_ts to the commit of its prediction; likewise p99 and the
 *     longest; null when none was live
 * @param live messages that became predictions and count in the latencies
 * @param older messages that became predictions but do not count, since their event_ts is before the scorer's start or more than an hour before the commit
 * @param fromFuture messages that became predictions but do not count, since their event_ts is more than a second after the commit
 */
public record ScoringSummary(
        long windows,
        long messages,
        long predictions,
        @JsonProperty("records_per_second") double recordsPerSecond,
        @JsonProperty("p50_ms") Long p50Ms,
        @JsonProperty("p99_ms") Long p99Ms,
        @JsonProperty("max_ms") Long maxMs,
        long live,
        long older,
        @JsonProperty("from_future") long fromFuture) {

    static ScoringSummary of(long windows, long messages, long predictions, long elapsedNs, Latencies latencies) {
        return new ScoringSummary(
                windows,
                messages,
                predictions,
                messages / (Math.max(1, elapsedNs) / 1e9),
                latencies.atPercentile(50),
                latencies.atPercentile(99),
                latencies.longest(),
                latencies.live(),
                latencies.older(),
                latencies.fromFuture());
    }

    @JsonProperty("dead_letters")
    public long deadLetters() {
        return messages - predictions;
    }

    /** The percentage of messages that became predictions; 100 when there are none. */
    @JsonProperty("success_rate")
    public double successRate() {
        return messages == 0 ? 100 : 100.0 * predictions / messages;
    }

    /** The summary in one line. */
    public String headline() {
        return String.format(
                Locale.ROOT,
                "%,d messages%s = %,d predictions + %,d dead letters (%.2f %%), %s/s, latency %s",
                messages,
                windows == 1 ? "" : String.format(Locale.ROOT, " in %,d windows", windows),
                predictions,
                deadLetters(),
                successRate(),
                Progress.rate(recordsPerSecond),
                latency());
    }

    private String latency() {
        String measured = live == 0
                ? "not measured"
                : String.format(Locale.ROOT, "p50 %,d ms, p99 %,d ms, max %,d ms", p50Ms, p99Ms, maxMs);
        if (older + fromFuture == 0) {
            return measured;
        }
        return String.format(Locale.ROOT, "%s (left out: %,d older, %,d from the future)", measured, older, fromFuture);
    }
}
