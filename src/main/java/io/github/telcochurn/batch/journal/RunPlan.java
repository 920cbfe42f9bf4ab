package io.github.telcochurn.batch.journal;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;

/**
 * What is fixed when a run begins.
 *
 * @param runId named after the time that the run was due, {@code yyyyMMdd_HHmmss} in UTC
 * @param input the file, absolute
 * @param successThreshold percent of the rows read that must end as predictions
 */
public record RunPlan(
        @JsonProperty("run_id") String runId,
        RunState.Trigger trigger,
        @JsonProperty("started_at") Instant startedAt,
        String input,
        @JsonProperty("success_threshold") double successThreshold) {}
