package io.github.telcochurn.batch.journal;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.github.telcochurn.batch.figures.Books;
import java.time.Instant;
import java.util.List;

/**
 * All that a run has to say of itself: what its journal keeps, the history lists, and every report begins with.
 *
 * @param runId named by the time that the run was due, {@code yyyyMMdd_HHmmss} in UTC
 * @param trigger who asked for it
 * @param endedAt null until the run has ended
 * @param input the file, absolute
 * @param inputSha256 of its content, lower-case hex; null until the file was read
 * @param modelVersion of the model that was loaded, and from the summary on of the one that made the predictions; several are
 *     separated by commas; null until the model was loaded
 * @param steps those that were begun, in their order
 * @param warnings of the data-quality gate and of the summary, a sentence or two each
 * @param successThreshold percent of the rows read that must end as predictions
 * @param books null until the summary
 * @param highRisk customers in the tier High who have not left already; null until the summary
 * @param revenueAtRisk the sum of their MonthlyCharges, in dollars a month; null until the summary
 * @param failure why it failed, with what to do about it; null unless it failed
 * @param notified the channels that were told of its end
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RunState(
        @JsonProperty("run_id") String runId,
        RunStatus status,
        Trigger trigger,
        @JsonProperty("started_at") Instant startedAt,
        @JsonProperty("ended_at") Instant endedAt,
        String input,
        @JsonProperty("input_sha256") String inputSha256,
        @JsonProperty("model_version") String modelVersion,
        List<StepRecord> steps,
        List<String> warnings,
        @JsonProperty("success_threshold") double successThreshold,
        Books books,
        @JsonProperty("high_risk") Long highRisk,
        @JsonProperty("revenue_at_risk") Double revenueAtRisk,
        String failure,
        List<String> notified) {

    /** Who asks for runs. */
    public enum Trigger {
        SCHEDULE,
        COMMAND
    }

    /** Whether it came to an end, good or bad; what did not can be gone on with. */
    @JsonIgnore
    public boolean isOver() {
        return endedAt != null;
    }

    /** The step that it failed in; null when there is none. */
    public StepRecord failedStep() {
        return steps.stream()
                .filter(step -> step.outcome() == StepRecord.Outcome.FAILED)
                .reduce((former, latter) -> latter)
                .orElse(null);
    }

    public RunState {
        steps = List.copyOf(steps);
        warnings = List.copyOf(warnings);
        notified = notified == null ? List.of() : List.copyOf(notified);
    }
}
