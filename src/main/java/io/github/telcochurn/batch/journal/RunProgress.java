package io.github.telcochurn.batch.journal;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;

/**
 * How far a run is, or how it ended.
 *
 * @param endedAt null until the run has ended
 * @param steps those that have started, in their order
 * @param failure why it failed, with what to do about it; null unless it failed
 * @param notified the channels that have reported its end
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RunProgress(
        RunStatus status,
        @JsonProperty("ended_at") Instant endedAt,
        List<StepRecord> steps,
        String failure,
        List<String> notified) {

    /** A run that begins. */
    static final RunProgress BEGUN = new RunProgress(RunStatus.RUNNING, null, List.of(), null, List.of());

    public RunProgress {
        steps = steps == null ? List.of() : List.copyOf(steps);
        notified = notified == null ? List.of() : List.copyOf(notified);
    }
}
