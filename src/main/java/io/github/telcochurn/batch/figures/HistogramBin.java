package io.github.telcochurn.batch.figures;

import java.util.ArrayList;
import java.util.List;

/**
 * One of ten bins of equal width from 0 to 1.
 *
 * @param from inclusive
 * @param to exclusive; in the last bin inclusive
 */
public record HistogramBin(double from, double to, long customers) {
    public static final int BINS = 10;

    /** The bin of a probability, 0 to 9. */
    public static int binOf(double probability) {
        return Math.min(BINS - 1, (int) (probability * BINS));
    }

    static double lower(int bin) {
        return bin / (double) BINS;
    }

    public static List<HistogramBin> histogram(List<ScoredCustomer> customers) {
        long[] counts = new long[BINS];
        customers.forEach(customer -> counts[binOf(customer.probability())]++);
        List<HistogramBin> bins = new ArrayList<>();
        for (int bin = 0; bin < BINS; bin++) {
            bins.add(new HistogramBin(lower(bin), lower(bin + 1), counts[bin]));
        }
        return bins;
    }
}
