package io.github.telcochurn.scoring;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.github.telcochurn.config.ChurnConfig;
import io.github.telcochurn.customer.Customer;
import io.github.telcochurn.customer.Outcome;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * What two models say of the same customers.
 *
 * @param shift of the probabilities from the first to the second model
 * @param labelled how many of the customers have a label
 * @param first how good the first model is on these; null where not both outcomes are among them
 * @param second how good the second one is
 */
public record ModelComparison(
        @JsonUnwrapped ScoreShift shift,
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

    /** Takes in probabilities one by one, and keeps three numbers of each customer with a label. */
    public static final class Tally {
        private final ChurnConfig.Score settings;
        private final ScoreShift.Tally shift;
        private final DoubleStream.Builder ofFirst = DoubleStream.builder();
        private final DoubleStream.Builder ofSecond = DoubleStream.builder();
        private final DoubleStream.Builder outcomes = DoubleStream.builder();

        /** With the threshold and the tiers of the settings. */
        public Tally(ChurnConfig.Score settings) {
            this.settings = settings;
            this.shift = new ScoreShift.Tally(settings);
        }

        /**
         * Adds a customer.
         *
         * @param before probability of churn by the first model, 0 to 1
         * @param after by the second one
         */
        public void add(double before, double after, Outcome outcome) {
            shift.add(before, after);
            if (outcome.isKnown()) {
                ofFirst.add(before);
                ofSecond.add(after);
                outcomes.add(outcome.indicator());
            }
        }

        /** What there is to say of all that were added. */
        public ModelComparison build() {
            double[] happened = outcomes.build().toArray();
            double left = 0;
            for (double outcome : happened) {
                left += outcome;
            }
            boolean isMeasurable = left > 0 && left < happened.length;
            return new ModelComparison(
                    shift.build(),
                    happened.length,
                    isMeasurable ? Quality.of(ofFirst.build().toArray(), happened, settings.threshold()) : null,
                    isMeasurable ? Quality.of(ofSecond.build().toArray(), happened, settings.threshold()) : null);
        }
    }

    /** Takes in customers one by one, and scores them with both models. */
    public static final class Builder {
        private final ChurnModel first;
        private final ChurnModel second;
        private final Tally tally;
        private final CustomerBatches batches = new CustomerBatches(this::score);

        /** Compares two models of the same schema. */
        public Builder(ChurnModel first, ChurnModel second, ChurnConfig.Score settings) {
            this.first = first;
            this.second = second;
            this.tally = new Tally(settings);
        }

        /** Adds a customer. */
        public void add(Customer customer) {
            batches.add(customer);
        }

        private void score(List<Customer> batch) {
            double[] before = first.churnProbabilities(batch);
            double[] after = second.churnProbabilities(batch);
            for (int i = 0; i < before.length; i++) {
                tally.add(before[i], after[i], batch.get(i).outcome());
            }
        }

        /** What there is to say of all that were added. */
        public ModelComparison build() {
            batches.flush();
            return tally.build();
        }
    }
}
