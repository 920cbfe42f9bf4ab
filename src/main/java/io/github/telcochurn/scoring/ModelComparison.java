package io.github.telcochurn.scoring;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.github.telcochurn.config.ChurnConfig;
import io.github.telcochurn.customer.Customer;
import io.github.telcochurn.customer.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * What two models say of the same customers.
 *
 * @param customers who were scored
 * @param tierChanges how many of them are in another risk tier by the second model
 * @param predictionChanges how many of them the second model predicts otherwise, at {@code churn.score.threshold}
 * @param meanAbsoluteDifference of both probabilities, 0 to 1; null without customers
 * @param meanShift of the probability from the first to the second model, -1 to 1; null without customers
 * @param labelled how many of the customers have a label
 * @param first how good the first model is on these; null where not both outcomes are among them
 * @param second how good the second one is
 */
public record ModelComparison(
        int customers,
        @JsonProperty("tier_changes") int tierChanges,
        @JsonProperty("prediction_changes") int predictionChanges,
        @JsonProperty("mean_absolute_difference") Double meanAbsoluteDifference,
        @JsonProperty("mean_shift") Double meanShift,
        int labelled,
        @JsonInclude(JsonInclude.Include.NON_NULL) Quality first,
        @JsonInclude(JsonInclude.Include.NON_NULL) Quality second) {

    /** Figures on the labelled customers; see {@link PredictionQuality}. */
    public record Quality(
            double auc, @JsonProperty("log_loss") double logLoss, double brier) {
        private static Quality of(double[] probabilities, double[] outcomes, double threshold) {
            PredictionQuality measured = PredictionQuality.of(probabilities, outcomes, threshold);
            return new Quality(measured.auc(), measured.logLoss(), measured.brier());
        }
    }

    /** Takes in customers one by one, and keeps three numbers of each. */
    public static final class Builder {
        private static final int SCORED_AT_ONCE = 2_000;

        private final ChurnModel first;
        private final ChurnModel second;
        private final ChurnConfig.Score settings;
        private final List<Customer> waiting = new ArrayList<>(SCORED_AT_ONCE);
        private final DoubleStream.Builder ofFirst = DoubleStream.builder();
        private final DoubleStream.Builder ofSecond = DoubleStream.builder();
        private final DoubleStream.Builder outcomes = DoubleStream.builder();
        private int customers;
        private int tierChanges;
        private int predictionChanges;
        private double differences;
        private double shifts;

        /** Compares two models of the same schema. */
        public Builder(ChurnModel first, ChurnModel second, ChurnConfig.Score settings) {
            this.first = first;
            this.second = second;
            this.settings = settings;
        }

        /** Adds a customer. */
        public void add(Customer customer) {
            waiting.add(customer);
            if (waiting.size() == SCORED_AT_ONCE) {
                score();
            }
        }

        private void score() {
            double[] before = first.churnProbabilities(waiting);
            double[] after = second.churnProbabilities(waiting);
            for (int i = 0; i < before.length; i++) {
                customers++;
                tierChanges += RiskTier.of(before[i], settings) == RiskTier.of(after[i], settings) ? 0 : 1;
                predictionChanges += before[i] >= settings.threshold() == after[i] >= settings.threshold() ? 0 : 1;
                differences += Math.abs(after[i] - before[i]);
                shifts += after[i] - before[i];
                Outcome outcome = waiting.get(i).outcome();
                if (outcome.isKnown()) {
                    ofFirst.add(before[i]);
                    ofSecond.add(after[i]);
                    outcomes.add(outcome == Outcome.CHURNED ? 1 : 0);
                }
            }
            waiting.clear();
        }

        /** What there is to say of all that were added. */
        public ModelComparison build() {
            score();
            double[] happened = outcomes.build().toArray();
            double left = 0;
            for (double outcome : happened) {
                left += outcome;
            }
            boolean isMeasurable = left > 0 && left < happened.length;
            return new ModelComparison(
                    customers,
                    tierChanges,
                    predictionChanges,
                    customers == 0 ? null : differences / customers,
                    customers == 0 ? null : shifts / customers,
                    happened.length,
                    isMeasurable ? Quality.of(ofFirst.build().toArray(), happened, settings.threshold()) : null,
                    isMeasurable ? Quality.of(ofSecond.build().toArray(), happened, settings.threshold()) : null);
        }
    }
}
