package io.github.telcochurn.scoring;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.github.telcochurn.config.ChurnConfig;
import java.util.Arrays;
import java.util.List;

/**
 * How the probabilities of a second model differ from those that a first one gave the same customers. All but the counts is null
 * without customers.
 *
 * @param customers whom both have scored
 * @param tierChanges how many of them are in another risk tier by the second model
 * @param predictionChanges how many of them the second model predicts otherwise, at {@code churn.score.threshold}
 * @param tierAgreement the share of those in the same tier, 0 to 1
 * @param predictionAgreement the share of those with the same prediction, 0 to 1
 * @param meanAbsoluteDifference between the two probabilities, 0 to 1
 * @param meanShift of the probability from the first to the second model, -1 to 1
 * @param psi population stability index of the second model's probabilities against the first one's, in ten bins of equal width; see
 *     {@link Distribution#psi}
 */
public record ScoreShift(
        long customers,
        @JsonProperty("tier_changes") long tierChanges,
        @JsonProperty("prediction_changes") long predictionChanges,
        @JsonProperty("tier_agreement") Double tierAgreement,
        @JsonProperty("prediction_agreement") Double predictionAgreement,
        @JsonProperty("mean_absolute_difference") Double meanAbsoluteDifference,
        @JsonProperty("mean_shift") Double meanShift,
        Double psi) {

    /** Takes in customers one by one, and keeps none of them. */
    static final class Tally {
        private static final Distribution BINS = new Distribution("score", null, Baseline.TENTHS, List.of());

        private final ChurnConfig.Score settings;
        private final long[] ofFirst = new long[BINS.size()];
        private final long[] ofSecond = new long[BINS.size()];
        private long customers;
        private long tierChanges;
        private long predictionChanges;
        private double differences;
        private double shifts;

        Tally(ChurnConfig.Score settings) {
            this.settings = settings;
        }

        /**
         * Adds a customer.
         *
         * @param first probability of churn by the first model, 0 to 1
         * @param second by the second one
         */
        void add(double first, double second) {
            customers++;
            tierChanges += RiskTier.of(first, settings) == RiskTier.of(second, settings) ? 0 : 1;
            predictionChanges += first >= settings.threshold() == second >= settings.threshold() ? 0 : 1;
            differences += Math.abs(second - first);
            shifts += second - first;
            ofFirst[BINS.binOf(first)]++;
            ofSecond[BINS.binOf(second)]++;
        }

        /** What there is to say of all that were added so far. */
        ScoreShift build() {
            if (customers == 0) {
                return new ScoreShift(0, 0, 0, null, null, null, null, null);
            }
            double all = customers;
            List<Double> shares =
                    Arrays.stream(ofFirst).mapToObj(count -> count / all).toList();
            return new ScoreShift(
                    customers,
                    tierChanges,
                    predictionChanges,
                    1 - tierChanges / all,
                    1 - predictionChanges / all,
                    differences / all,
                    shifts / all,
                    new Distribution(BINS.name(), null, BINS.edges(), shares).psi(ofSecond));
        }
    }
}
