package io.github.telcochurn.leaks;

import java.util.Arrays;

/** How well one column alone ranks those who left above those who stayed: 0.5 is no better than chance, 1 is perfect. */
public final class ColumnRanking {
    private static final int FOLDS = 5;
    private static final int BANDS = 32;
    /** A number with no more different values than this is ranked value by value as well. */
    private static final int MAX_VALUES = 256;
    /** How many average customers are added to a value's rate, so that rare values count little. */
    private static final double SMOOTHING = 5;

    private final byte[] outcomes;
    private final int churned;
    private final int stayed;

    /**
     * Ranks columns against these outcomes.
     *
     * @param outcomes by row: 1 for those who left, 0 for those who stayed, -1 for unknown
     */
    public ColumnRanking(byte[] outcomes) {
        this.outcomes = outcomes;
        this.churned = count(1);
        this.stayed = count(0);
    }

    private int count(int outcome) {
        int count = 0;
        for (byte found : outcomes) {
            count += found == outcome ? 1 : 0;
        }
        return count;
    }

    /** How many customers left. */
    int churned() {
        return churned;
    }

    /** How many customers stayed. */
    int stayed() {
        return stayed;
    }

    byte outcome(int row) {
        return outcomes[row];
    }

    /**
     * The area under the ROC curve of a column of numbers, in the better direction.
     *
     * @param values by row, NaN when blank
     */
    public double ofNumbers(double[] values) {
        if (churned == 0 || stayed == 0) {
            return 0.5;
        }
        double[] sorted = Arrays.stream(values)
                .filter(value -> !Double.isNaN(value))
                .sorted()
                .toArray();
        if (sorted.length == 0) {
            return byRates(new int[values.length], 0);
        }
        double ranked = Math.max(byOrder(values), byRates(bands(values, sorted), BANDS));
        // A rule such as "even numbers left" is hidden within the bands.
        double[] distinct =
                Arrays.stream(sorted).distinct().limit(MAX_VALUES + 1L).toArray();
        return distinct.length > MAX_VALUES
                ? ranked
                : Math.max(ranked, byRates(places(values, distinct), distinct.length));
    }

    /**
     * The area under the ROC curve of a column of categories.
     *
     * @param indices by row, 0 to {@code count}, NaN when blank
     * @param count of the categories that have an index of their own; all others may share this one
     */
    public double ofCategories(double[] indices, int count) {
        if (churned == 0 || stayed == 0) {
            return 0.5;
        }
        int[] codes = new int[indices.length];
        for (int i = 0; i < codes.length; i++) {
            codes[i] = Double.isNaN(indices[i]) ? count + 1 : (int) indices[i];
        }
        return byRates(codes, count);
    }

    private static int[] places(double[] values, double[] distinct) {
        int[] places = new int[values.length];
        for (int i = 0; i < places.length; i++) {
            places[i] = Double.isNaN(values[i]) ? distinct.length : Arrays.binarySearch(distinct, values[i]);
        }
        return places;
    }

    /** Ranks by the numbers themselves, with blanks before or after all of them. */
    private double byOrder(double[] values) {
        double[] ofChurned = withOutcome(values, 1);
        double[] ofStayed = withOutcome(values, 0);
        double blankChurned = churned - ofChurned.length;
        double blankStayed = stayed - ofStayed.length;
        double wins = wins(ofChurned, ofStayed) + blankChurned * blankStayed / 2;
        double pairs = (double) churned * stayed;
        double blanksFirst = (wins + ofChurned.length * blankStayed) / pairs;
        double blanksLast = (wins + blankChurned * ofStayed.length) / pairs;
        return Math.max(either(blanksFirst), either(blanksLast));
    }

    private static double either(double auc) {
        return Math.max(auc, 1 - auc);
    }

    private double[] withOutcome(double[] values, int outcome) {
        double[] found = new double[values.length];
        int count = 0;
        for (int i = 0; i < values.length; i++) {
            if (outcomes[i] == outcome && !Double.isNaN(values[i])) {
                found[count++] = values[i];
            }
        }
        double[] sorted = Arrays.copyOf(found, count);
        Arrays.sort(sorted);
        return sorted;
    }

    /** In how many pairs the first is larger; a tie counts half. Both are sorted. */
    private static double wins(double[] first, double[] second) {
        double wins = 0;
        int smaller = 0;
        int notLarger = 0;
        for (double value : first) {
            while (smaller < second.length && second[smaller] < value) {
                smaller++;
            }
            while (notLarger < second.length && second[notLarger] <= value) {
                notLarger++;
            }
            wins += smaller + (notLarger - smaller) / 2.0;
        }
        return wins;
    }

    private static int[] bands(double[] values, double[] sorted) {
        double[] bounds = new double[BANDS - 1];
        for (int i = 0; i < bounds.length; i++) {
            bounds[i] = sorted[(int) ((i + 1L) * sorted.length / BANDS)];
        }
        int[] bands = new int[values.length];
        for (int i = 0; i < values.length; i++) {
            bands[i] = Double.isNaN(values[i]) ? BANDS : bandOf(values[i], bounds);
        }
        return bands;
    }

    private static int bandOf(double value, double[] bounds) {
        int band = 0;
        while (band < bounds.length && value >= bounds[band]) {
            band++;
        }
        return band;
    }

    /**
     * Ranks by the share of customers with the same code who left, taken from the other folds: a rate is no evidence about the
     * rows that it was computed from.
     *
     * @param codes by row, 0 to {@code last} + 1
     */
    private double byRates(int[] codes, int last) {
        long[][][] counts = new long[FOLDS][last + 2][2];
        long[][] all = new long[last + 2][2];
        for (int i = 0; i < codes.length; i++) {
            int outcome = outcomes[i];
            if (outcome >= 0) {
                counts[i % FOLDS][codes[i]][outcome]++;
                all[codes[i]][outcome]++;
            }
        }
        double rate = churned / (double) (stayed + churned);
        double wins = 0;
        double pairs = 0;
        for (long[][] fold : counts) {
            wins += winsOf(fold, all, rate);
            pairs += (double) sum(fold, 0) * sum(fold, 1);
        }
        return pairs == 0 ? 0.5 : wins / pairs;
    }

    private static double winsOf(long[][] fold, long[][] all, double rate) {
        double[] scores = new double[fold.length];
        Integer[] order = new Integer[fold.length];
        for (int i = 0; i < scores.length; i++) {
            double churned = all[i][1] - fold[i][1] + SMOOTHING * rate;
            scores[i] = churned / (all[i][0] + all[i][1] - fold[i][0] - fold[i][1] + SMOOTHING);
            order[i] = i;
        }
        Arrays.sort(order, (a, b) -> Double.compare(scores[a], scores[b]));
        double wins = 0;
        double stayedBelow = 0;
        for (int from = 0; from < order.length; ) {
            long churned = 0;
            long stayed = 0;
            int to = from;
            while (to < order.length && scores[order[to]] == scores[order[from]]) {
                churned += fold[order[to]][1];
                stayed += fold[order[to]][0];
                to++;
            }
            wins += churned * (stayedBelow + stayed / 2.0);
            stayedBelow += stayed;
            from = to;
        }
        return wins;
    }

    private static long sum(long[][] fold, int outcome) {
        long sum = 0;
        for (long[] counts : fold) {
            sum += counts[outcome];
        }
        return sum;
    }
}
