package io.github.telcochurn.batch;

import io.github.telcochurn.scoring.RiskTier;
import java.util.Comparator;
import java.util.List;

/**
 * A prediction as a reader of the topic sees it, with the raw message behind it.
 *
 * @param probability of churn, 0 to 1
 * @param confidence the larger of both classes' probabilities, 0.5 to 1
 * @param predictedYes the field {@code prediction}
 * @param eventMs since 1970
 * @param processedMs since 1970
 * @param reasons in words, strongest first; empty where the prediction has none
 */
record ScoredCustomer(
        String customerId,
        double probability,
        double confidence,
        boolean predictedYes,
        RiskTier tier,
        long eventMs,
        long processedMs,
        String modelVersion,
        List<String> reasons,
        Profile profile) {

    /** Highest risk first; equal risks by id, so that equal runs give equal reports. */
    static final Comparator<ScoredCustomer> HIGHEST_RISK_FIRST = Comparator.comparingDouble(ScoredCustomer::probability)
            .reversed()
            .thenComparing(ScoredCustomer::customerId);
}
