package io.github.telcochurn.batch.figures;

import io.github.telcochurn.customer.Outcome;
import io.github.telcochurn.scoring.RiskTier;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A prediction as a reader of the topic sees it, with the raw message behind it.
 *
 * @param probability of churn, 0 to 1
 * @param confidence the larger of the two classes' probabilities, 0.5 to 1
 * @param predictedYes the field {@code prediction}
 * @param eventMs since 1970
 * @param processedMs since 1970
 * @param row of the input file, from 1; 0 where the prediction does not say
 * @param reasons in words, strongest first; empty where the prediction has none
 */
public record ScoredCustomer(
        String customerId,
        double probability,
        double confidence,
        boolean predictedYes,
        RiskTier tier,
        long eventMs,
        long processedMs,
        String modelVersion,
        long row,
        List<String> reasons,
        Profile profile) {

    /** Highest risk first; equal risks by id, so that equal runs give equal reports. */
    static final Comparator<ScoredCustomer> HIGHEST_RISK_FIRST = Comparator.comparingDouble(ScoredCustomer::probability)
            .reversed()
            .thenComparing(ScoredCustomer::customerId);

    private static final Comparator<ScoredCustomer> NEWEST_OF_EACH_FIRST = Comparator.comparing(
                    ScoredCustomer::trimmedId)
            .thenComparing(Comparator.comparingLong(ScoredCustomer::row).reversed());

    /**
     * Each customer once: of several predictions for one id, ignoring blanks around it, the one of the file's last row.
     *
     * @return highest risk first
     */
    static List<ScoredCustomer> newestOfEach(List<ScoredCustomer> predictions) {
        // Sorted rather than put into a map, which would take many times the memory.
        List<ScoredCustomer> byId = new ArrayList<>(predictions);
        byId.sort(NEWEST_OF_EACH_FIRST);
        List<ScoredCustomer> newest = new ArrayList<>();
        String lastId = null;
        for (ScoredCustomer each : byId) {
            if (!each.trimmedId().equals(lastId)) {
                newest.add(each);
                lastId = each.trimmedId();
            }
        }
        newest.sort(HIGHEST_RISK_FIRST);
        return newest;
    }

    private String trimmedId() {
        return customerId.strip();
    }

    /** Whether the label says that the customer has left already. */
    boolean hasLeft() {
        return profile.outcome() == Outcome.CHURNED;
    }
}
