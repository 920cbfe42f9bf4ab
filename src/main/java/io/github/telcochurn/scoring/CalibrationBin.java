package io.github.telcochurn.scoring;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.ArrayList;
import java.util.List;

/**
 * Customers whose probabilities of churn are in one of ten bins of equal width, against what happened.
 *
 * @param from inclusive
 * @param to exclusive; in the last bin inclusive
 * @param meanPredicted probability; null without customers
 * @param observedShare of those who left; null without customers
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record CalibrationBin(
        double from,
        double to,
        long customers,
        @JsonProperty("mean_predicted") Double meanPredicted,
        @JsonProperty("observed_share") Double observedShare) {
    private static final int BINS = 10;

    /**
     * All ten bins.
     *
     * @param probabilities of churn, 0 to 1
     * @param outcomes of each, 1 for those who left, else 0
     */
    public static List<CalibrationBin> table(double[] probabilities, double[] outcomes) {
        long[] counts = new long[BINS];
        double[] left = new double[BINS];
        double[] sums = new double[BINS];
        for (int i = 0; i < probabilities.length; i++) {
            int bin = Math.min(BINS - 1, (int) (probabilities[i] * BINS));
            counts[bin]++;
            sums[bin] += probabilities[i];
            left[bin] += outcomes[i];
        }
        List<CalibrationBin> bins = new ArrayList<>();
        for (int bin = 0; bin < BINS; bin++) {
            bins.add(new CalibrationBin(
                    bin / (double) BINS,
                    (bin + 1) / (double) BINS,
                    counts[bin],
                    counts[bin] == 0 ? null : Double.valueOf(sums[bin] / counts[bin]),
                    counts[bin] == 0 ? null : Double.valueOf(left[bin] / counts[bin])));
        }
        return bins;
    }
}
