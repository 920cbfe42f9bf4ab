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
 * @param attempts how often it was begun, 1 or more
 * @param startedAt of the last attempt
 * @param endedAt null while it is under way
 * @param outcome null while it is under way
 * @param detail what came of it in a few words, or why it failed; null when there is nothing to say
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

    /** A step that begins. */
    public static StepRecord begun(String name, Instant now) {
        return new StepRecord(name, 1, now, null, null, null);
    }

    /** It is begun once more. */
    public StepRecord again(Instant now, String why) {
        return new StepRecord(name, attempts + 1, now, null, null, why);
    }

    /** It has something to say. */
    public StepRecord saying(String what) {
        return new StepRecord(name, attempts, startedAt, endedAt, outcome, what);
    }

    /** It ends. */
    public StepRecord ended(Instant now, Outcome how) {
        return new StepRecord(name, attempts, startedAt, now, how, detail);
    }

    @JsonIgnore
    public boolean isUnderWay() {
        return outcome == null;
    }

    /** How long its last attempt took; null while it is under way. */
    @JsonIgnore
    public Duration duration() {
        return endedAt == null ? null : Duration.between(startedAt, endedAt);
    }
}
