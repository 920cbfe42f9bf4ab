package io.github.telcochurn.batch.journal;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Duration;
import java.time.Instant;

/**
 * What is known of one step of a run.
 *
 * @param name as the route's step is called, such as {@code ingest}
 * @param attempts how often it was started, 1 or more
 * @param startedAt of the last attempt
 * @param endedAt null while it is in progress
 * @param outcome null while it is in progress
 * @param detail its result in a few words, or why it failed; null when there is nothing to say
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record StepRecord(
        String name,
        int attempts,
        @JsonProperty("started_at") Instant startedAt,
        @JsonProperty("ended_at") Instant endedAt,
        Outcome outcome,
        String detail) {

    /** How a step ended. */
    public enum Outcome {
        DONE,
        FAILED
    }

    /** A step that starts. */
    public static StepRecord started(String name, Instant now) {
        return new StepRecord(name, 1, now, null, null, null);
    }

    /** Another attempt. */
    public StepRecord retried(Instant now, String why) {
        return new StepRecord(name, attempts + 1, now, null, null, why);
    }

    /** With a detail. */
    public StepRecord withDetail(String what) {
        return new StepRecord(name, attempts, startedAt, endedAt, outcome, what);
    }

    /** It ends. */
    public StepRecord ended(Instant now, Outcome how) {
        return new StepRecord(name, attempts, startedAt, now, how, detail);
    }

    @JsonIgnore
    public boolean isInProgress() {
        return outcome == null;
    }

    /** How long its last attempt took; null while it is in progress. */
    @JsonIgnore
    public Duration duration() {
        return endedAt == null ? null : Duration.between(startedAt, endedAt);
    }
}
