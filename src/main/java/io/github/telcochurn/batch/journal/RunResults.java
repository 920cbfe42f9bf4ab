package io.github.telcochurn.batch.journal;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.github.telcochurn.batch.figures.Books;

/**
 * The results of a run; all null until the summary.
 *
 * @param highRisk customers in the tier High who have not left already
 * @param revenueAtRisk what these pay; null where no column says so
 * @param revenueUnit of that revenue, such as {@code $}; null where no column says so
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RunResults(
        Books books,
        @JsonProperty("high_risk") Long highRisk,
        @JsonProperty("revenue_at_risk") Double revenueAtRisk,
        @JsonProperty("revenue_unit") String revenueUnit) {
    /** Before the summary. */
    public static final RunResults NONE = new RunResults(null, null, null, null);
}
