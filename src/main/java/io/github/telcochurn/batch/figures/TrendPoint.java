package io.github.telcochurn.batch.figures;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;

/**
 * The risk that one of several runs found.
 *
 * @param runId which one
 * @param highRisk customers at high risk who have not left already
 * @param revenueAtRisk what these pay; null where no column says so
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record TrendPoint(String runId, Instant startedAt, long highRisk, Double revenueAtRisk) {}
