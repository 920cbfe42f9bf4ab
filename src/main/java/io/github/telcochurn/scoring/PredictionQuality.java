package io.github.telcochurn.scoring;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * How good probabilities of churn are, given what happened. AUC and recall are NaN where
 * nobody left or nobody stayed.
 *
 * @param auc area under the ROC curve: the probability that one who left was given a higher probability than one who stayed, ties
 *     counting half (Mann and Whitney 1947); 0 to 1
 * @param accuracy share of right predictions, 0 to 1, as are precision, recall and F1 of those who left; the precision is 0 where
 *     nobody is predicted to leave
 * @param brier mean squared error of the probability, 0 is best (Brier 1950)
 * @param logLoss mean of -ln of the probability that was given to what happened, 0 is best
 * @param calibrationError the mean difference between probability and share that left over ten bins of equally many customers, 0 is
 *     best (Naeini, Cooper and Hauskrecht, Obtaining well calibrated probabilities using Bayesian binning, 2015)
 */
public record PredictionQuality(
        double auc,
        double accuracy,
        double precision,
        double recall,
        double f1,
        double brier,
        @JsonProperty("log_loss") double logLoss,
        @JsonProperty("calibration_error") double calibrationError) {
    private static final int BINS = 10;
    /** No probability is held to be 0: one customer would make the mean infinite. */
    private static final double LEAST_PROBABILITY = 1e-15;

    /**
     * Measures.
     *
     * @param probabilities of churn, 0 to 1, of one customer or more
     * @param outcomes of each, 1 for those who left, else 0
     * @param threshold at and above which a probability predicts churn
     */
    public static PredictionQuality of(double[] probabilities, double[] outcomes, double threshold) {
        return new Measured(probabilities, outcomes).performance(threshold);
    }

    /**
     * Measures on some of the customers.
     *
     * @param customers the places of those that count, one or more; a place may be there several times
     */
    public static PredictionQuality of(double[] probabilities, double[] outcomes, int[] customers, double threshold) {
        return of(
                Arrays.stream(customers).mapToDouble(i -> probabilities[i]).toArray(),
                Arrays.stream(customers).mapToDouble(i -> outcomes[i]).toArray(),
                threshold);
    }

    private static final class Measured {
        private final double[] probabilities;
        private final double[] outcomes;
        /** The places of the customers, lowest probability first. */
        private final int[] ranked;

        Measured(double[] probabilities, double[] outcomes) {
            this.probabilities = probabilities;
            this.outcomes = outcomes;
            this.ranked = IntStream.range(0, probabilities.length)
                    .boxed()
                    .sorted(Comparator.comparingDouble(i -> probabilities[i]))
                    .mapToInt(Integer::intValue)
                    .toArray();
        }

        PredictionQuality performance(double threshold) {
            int n = probabilities.length;
            double truePositives = 0;
            double predicted = 0;
            double left = 0;
            double squares = 0;
            double logs = 0;
            for (int i = 0; i < n; i++) {
                double p = probabilities[i];
                boolean isPredicted = p >= threshold;
                predicted += isPredicted ? 1 : 0;
                left += outcomes[i];
                truePositives += isPredicted ? outcomes[i] : 0;
                squares += (p - outcomes[i]) * (p - outcomes[i]);
                logs -= Math.log(Math.max(LEAST_PROBABILITY, outcomes[i] == 1 ? p : 1 - p));
            }
            double right = n - predicted - left + 2 * truePositives;
            return new PredictionQuality(
                    auc(),
                    right / n,
                    predicted == 0 ? 0 : truePositives / predicted,
                    truePositives / left,
                    2 * truePositives / (predicted + left),
                    squares / n,
                    logs / n,
                    calibrationError());
        }

        private double auc() {
            double left = 0;
            double stayed = 0;
            double rightPairs = 0;
            for (int i = 0; i < ranked.length; ) {
                double probability = probabilities[ranked[i]];
                double leftHere = 0;
                double stayedHere = 0;
                for (; i < ranked.length && probabilities[ranked[i]] == probability; i++) {
                    leftHere += outcomes[ranked[i]];
                    stayedHere += 1 - outcomes[ranked[i]];
                }
                rightPairs += leftHere * (stayed + stayedHere / 2);
                left += leftHere;
                stayed += stayedHere;
            }
            return rightPairs / (left * stayed);
        }

        private double calibrationError() {
            double error = 0;
            for (int bin = 0; bin < BINS; bin++) {
                int from = (int) ((long) bin * ranked.length / BINS);
                int to = (int) ((long) (bin + 1) * ranked.length / BINS);
                double difference = 0;
                for (int i = from; i < to; i++) {
                    difference += probabilities[ranked[i]] - outcomes[ranked[i]];
                }
                error += Math.abs(difference);
            }
            return error / ranked.length;
        }
    }
}
