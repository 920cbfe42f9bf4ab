package io.github.telcochurn.pipeline;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;

/**
 * What scoring came to.
 *
 * @param windows committed transactions
 * @param messages raw messages, dead letters counted
 * @param recordsPerSecond between the first poll's start and the last commit
 * @param p50Ms the median of the time from a message's event_ts to the commit of its prediction; likewise p99
 */
public record ScoringSummary(
        long windows,
        long messages,
        long predictions,
        @JsonProperty("records_per_second") double recordsPerSecond,
        @JsonProperty("p50_ms") long p50Ms,
        @JsonProperty("p99_ms") long p99Ms) {

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
                "%,d messages in %,d windows = %,d predictions + %,d dead letters (%.2f %%), %,.0f/s, latency p50 %,d ms, p99 %,d ms",
                messages,
                windows,
                predictions,
                deadLetters(),
                successRate(),
                recordsPerSecond,
                p50Ms,
                p99Ms);
    }
}
