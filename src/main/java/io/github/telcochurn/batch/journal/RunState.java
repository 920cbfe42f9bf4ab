package io.github.telcochurn.batch.journal;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.github.telcochurn.batch.figures.Books;
import java.time.Instant;
import java.util.List;

/**
 * Everything that is known of a run: what its journal keeps, the history lists, and every report begins with. Its JSON is one flat
 * object.
 *
 * @param warnings of the data-quality gate and of the summary, a sentence or two each
 */
public record RunState(
        @JsonUnwrapped RunPlan plan,
        @JsonUnwrapped RunProgress progress,
        @JsonUnwrapped RunBasis basis,
        List<String> warnings,
        @JsonUnwrapped RunResults results) {

    /** What asked for a run. */
    public enum Trigger {
        SCHEDULE,
        COMMAND
    }

    public RunState {
        warnings = warnings == null ? List.of() : List.copyOf(warnings);
    }

    /** A run that begins. */
    public static RunState begun(RunPlan plan) {
        return new RunState(plan, RunProgress.BEGUN, RunBasis.UNKNOWN, List.of(), RunResults.NONE);
    }

    /** Whether it has ended, successfully or not; a run that has not can be resumed. */
    @JsonIgnore
    public boolean isOver() {
        return progress.endedAt() != null;
    }

    /** The step that it failed in; null when there is none. */
    public StepRecord failedStep() {
        return steps().stream()
                .filter(step -> step.outcome() == StepRecord.Outcome.FAILED)
                .reduce((former, latter) -> latter)
                .orElse(null);
    }

    public String runId() {
        return plan.runId();
    }

    public Trigger trigger() {
        return plan.trigger();
    }

    public Instant startedAt() {
        return plan.startedAt();
    }

    public String input() {
        return plan.input();
    }

    public double successThreshold() {
        return plan.successThreshold();
    }

    public RunStatus status() {
        return progress.status();
    }

    public Instant endedAt() {
        return progress.endedAt();
    }

    public List<StepRecord> steps() {
        return progress.steps();
    }

    public String failure() {
        return progress.failure();
    }

    public List<String> notified() {
        return progress.notified();
    }

    public String inputSha256() {
        return basis.inputSha256();
    }

    public String modelVersion() {
        return basis.modelVersion();
    }

    public Books books() {
        return results.books();
    }

    public Long highRisk() {
        return results.highRisk();
    }

    public Double revenueAtRisk() {
        return results.revenueAtRisk();
    }

    /** The unit of {@link #revenueAtRisk()}; empty for none, and for runs from before there were units. */
    public String revenueUnit() {
        return results.revenueUnit() == null ? "" : results.revenueUnit();
    }
}
