package io.github.telcochurn.scoring;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.github.telcochurn.customer.Customer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;

/**
 * How good a model is on customers whose outcome is known.
 *
 * @param customers who were scored, some of whom left and some of whom stayed
 * @param churned how many of them left
 * @param meanProbability of churn; where it is far from the share that left, the probabilities are off
 * @param threshold at and above which a probability predicts churn
 * @param intervals of 95 %, by the figures' names
 */
public record Evaluation(
        int customers,
        int churned,
        @JsonProperty("mean_probability") double meanProbability,
        double threshold,
        @JsonUnwrapped PredictionQuality quality,
        Map<String, ModelCard.Interval> intervals,
        Confusion confusion,
        List<CalibrationBin> calibration) {

    /** Takes in customers one by one, and keeps two numbers of each. */
    public static final class Builder {
        private static final double THRESHOLD = 0.5;
        private static final long SEED = 1;

        private final ChurnModel model;
        private final CustomerBatches batches = new CustomerBatches(this::score);
        private final DoubleStream.Builder probabilities = DoubleStream.builder();
        private final DoubleStream.Builder outcomes = DoubleStream.builder();
        private int customers;
        private int churned;

        /** Evaluates a model. */
        public Builder(ChurnModel model) {
            this.model = model;
        }

        /** Adds a customer whose outcome is known. */
        public void add(Customer customer) {
            customers++;
            churned += customer.outcome().indicator();
            batches.add(customer);
        }

        private void score(List<Customer> batch) {
            double[] scored = model.churnProbabilities(batch);
            for (int i = 0; i < scored.length; i++) {
                probabilities.add(scored[i]);
                outcomes.add(batch.get(i).outcome().indicator());
            }
        }

        /** How many were added. */
        public int customers() {
            return customers;
        }

        /** How many of them left. */
        public int churned() {
            return churned;
        }

        /** What there is to say of all that were added, among whom some left and some stayed. */
        public Evaluation build() {
            batches.flush();
            double[] scored = probabilities.build().toArray();
            double[] happened = outcomes.build().toArray();
            PredictionQuality quality = PredictionQuality.of(scored, happened, THRESHOLD);
            return new Evaluation(
                    customers,
                    churned,
                    Arrays.stream(scored).average().orElseThrow(),
                    THRESHOLD,
                    quality,
                    QualityIntervals.of(quality, scored, happened, THRESHOLD, SEED),
                    Confusion.of(i -> scored[i] >= THRESHOLD, happened),
                    CalibrationBin.table(scored, happened));
        }
    }
}
