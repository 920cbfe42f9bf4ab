package io.github.telcochurn.scoring;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.function.IntPredicate;

/**
 * Predictions against what happened.
 *
 * @param truePositives left, and were predicted to
 * @param falsePositives stayed, but were predicted to leave
 * @param falseNegatives left, but were predicted to stay
 * @param trueNegatives stayed, and were predicted to
 */
public record Confusion(
        @JsonProperty("true_positives") long truePositives,
        @JsonProperty("false_positives") long falsePositives,
        @JsonProperty("false_negatives") long falseNegatives,
        @JsonProperty("true_negatives") long trueNegatives) {
    /**
     * Counts.
     *
     * @param isPredicted whether the customer at a place is predicted to leave
     * @param outcomes of each, 1 for those who left, else 0
     */
    public static Confusion of(IntPredicate isPredicted, double[] outcomes) {
        long[] left = new long[2];
        long[] stayed = new long[2];
        for (int i = 0; i < outcomes.length; i++) {
            (outcomes[i] == 1 ? left : stayed)[isPredicted.test(i) ? 1 : 0]++;
        }
        return new Confusion(left[1], stayed[1], left[0], stayed[0]);
    }

    /** The share of right predictions, 0 to 1. */
    public double accuracy() {
        return (double) (truePositives + trueNegatives)
                / (truePositives + falsePositives + falseNegatives + trueNegatives);
    }

    /** Of those predicted to leave, the share who did; null when there are none. */
    public Double precision() {
        return share(truePositives, truePositives + falsePositives);
    }

    /** Of those who left, the share that was predicted to; null when there are none. */
    public Double recall() {
        return share(truePositives, truePositives + falseNegatives);
    }

    private static Double share(long part, long whole) {
        return whole == 0 ? null : Double.valueOf((double) part / whole);
    }
}
