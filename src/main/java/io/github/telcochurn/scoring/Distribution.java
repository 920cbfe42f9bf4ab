package io.github.telcochurn.scoring;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * How the values of a column, or scores, are spread over bins. The last bin is that of values that are absent.
 *
 * @param name of the column
 * @param categories of a column of categories, a bin each; null for numbers
 * @param edges of numbers: the upper bound, inclusive, of each bin but the last, rising; null for categories
 * @param shares of the values in each bin, adding up to 1
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Distribution(String name, List<String> categories, List<Double> edges, List<Double> shares) {
    /** An empty bin would make the index infinite; this share, usual in practice, stands for it. */
    private static final double EMPTY_SHARE = 1e-4;

    /** Of all pairs of different values: by so much those above must outnumber those below, or the other way round. */
    private static final double CLEAR_DIRECTION = 0.1;

    /**
     * Of a column of categories.
     *
     * @param indices of the values in {@code categories}; NaN where absent
     */
    static Distribution ofCategories(String name, List<String> categories, double[] indices) {
        Distribution empty = new Distribution(name, categories, null, List.of());
        return empty.measured(indices);
    }

    /**
     * Of numbers, in bins that hold about as many values each.
     *
     * @param bins the most bins, besides that of absent values
     * @param values NaN where absent
     */
    static Distribution ofQuantiles(String name, int bins, double[] values) {
        double[] sorted = DoubleStream.of(values)
                .filter(value -> !Double.isNaN(value))
                .sorted()
                .toArray();
        List<Double> edges = new ArrayList<>();
        for (int i = 1; i < bins && sorted.length > 0; i++) {
            double edge = sorted[(int) ((long) i * sorted.length / bins)];
            if (edges.isEmpty() || edge > edges.get(edges.size() - 1)) {
                edges.add(edge);
            }
        }
        return ofEdges(name, edges, values);
    }

    /**
     * Of numbers.
     *
     * @param edges rising
     * @param values NaN where absent
     */
    static Distribution ofEdges(String name, List<Double> edges, double[] values) {
        return new Distribution(name, null, edges, List.of()).measured(values);
    }

    private Distribution measured(double[] values) {
        long[] counts = new long[size()];
        for (double value : values) {
            counts[binOf(value)]++;
        }
        double total = Math.max(1, values.length);
        return new Distribution(
                name,
                categories,
                edges,
                Arrays.stream(counts).mapToObj(count -> count / total).toList());
    }

    /** How many bins there are. */
    @JsonIgnore
    public int size() {
        return (categories == null ? edges.size() + 1 : categories.size()) + 1;
    }

    /**
     * The bin of a value.
     *
     * @param value a number, or the index of a category; NaN where absent
     */
    public int binOf(double value) {
        if (Double.isNaN(value)) {
            return size() - 1;
        }
        if (categories != null) {
            return (int) value;
        }
        int found = Collections.binarySearch(edges, value);
        return found >= 0 ? found : -found - 1;
    }

    /**
     * How other values differ from these, in a few words: {@code higher} or {@code lower} for numbers, by whether a value of one
     * there and one here is more often above or below; {@code more A, fewer B} for categories, by the shares that rose and fell most;
     * {@code more blank} or {@code fewer blank} where that changed most. Empty when nothing of the kind can be said.
     *
     * @param counts of the other values, one per bin
     */
    public String change(long[] counts) {
        long total = Arrays.stream(counts).sum();
        if (total == 0) {
            return "";
        }
        double[] rise = new double[size()];
        for (int bin = 0; bin < rise.length; bin++) {
            rise[bin] = (double) counts[bin] / total - shares.get(bin);
        }
        int most = IntStream.range(0, rise.length)
                .boxed()
                .max(Comparator.comparingDouble(bin -> rise[bin]))
                .orElseThrow();
        int least = IntStream.range(0, rise.length)
                .boxed()
                .min(Comparator.comparingDouble(bin -> rise[bin]))
                .orElseThrow();
        int blank = rise.length - 1;
        if (categories != null) {
            return rise[most] > 0 ? "more " + nameOf(most) + ", fewer " + nameOf(least) : "";
        }
        if (most == blank && rise[blank] > 0) {
            return "more blank";
        }
        return least == blank && rise[blank] < 0 ? "fewer blank" : direction(counts);
    }

    private String nameOf(int bin) {
        return bin < categories.size() ? categories.get(bin) : "blank";
    }

    private String direction(long[] counts) {
        double above = 0;
        double below = 0;
        for (int there = 0; there < counts.length - 1; there++) {
            for (int here = 0; here < counts.length - 1; here++) {
                double pairs = counts[there] * shares.get(here);
                above += there > here ? pairs : 0;
                below += there < here ? pairs : 0;
            }
        }
        // Where both are about the same, the values spread differently.
        return Math.abs(above - below) < CLEAR_DIRECTION * (above + below) ? "" : above > below ? "higher" : "lower";
    }

    /**
     * The population stability index of other values against these: the sum over all bins of (a - e) ln(a / e), where a and e are
     * the bin's shares there and here (Siddiqi, Credit Risk Scorecards, 2006). 0 is no change; by convention less than 0.1 is
     * little, and more than 0.25 a shift that matters.
     *
     * @param counts of the other values, one per bin; with none at all the index is 0
     */
    public double psi(long[] counts) {
        long total = Arrays.stream(counts).sum();
        if (total == 0) {
            return 0;
        }
        double psi = 0;
        for (int bin = 0; bin < size(); bin++) {
            double expected = Math.max(EMPTY_SHARE, shares.get(bin));
            double actual = Math.max(EMPTY_SHARE, (double) counts[bin] / total);
            psi += (actual - expected) * Math.log(actual / expected);
        }
        return psi;
    }
}
