package io.github.telcochurn.schemadraft;

import java.util.Arrays;

/** How well one column alone ranks those who left above those who stayed: 0.5 is no better than chance, 1 is perfect. */
final class Ranking {
    private static final int FOLDS = 5;
    private static final int BANDS = 32;
    /** How many average customers are added to a value's rate, so that rare values count little. */
    private static final double SMOOTHING = 5;

    private final Sample sample;
    private final double[] auc;

    /** Ranks all columns of a sample. */
    Ranking(Sample sample, FileProfile file) {
        this.sample = sample;
        this.auc = new double[file.columns().size()];
        Arrays.fill(auc, 0.5);
        if (sample.count(1) == 0 || sample.count(0) == 0) {
            return;
        }
        for (ColumnProfile column : file.columns()) {
            auc[column.position()] = column.isNumeric()
                    ? numeric(column)
                    : byRates(codes(column), column.values().size());
        }
    }

    /** The area under the ROC curve, in the better direction. */
    double auc(ColumnProfile column) {
        return auc[column.position()];
    }

    private double numeric(ColumnProfile column) {
        double[] values = sample.values()[column.position()];
        double[] sorted = Arrays.stream(values)
                .filter(value -> !Double.isNaN(value))
                .sorted()
                .toArray();
        return sorted.length == 0
                ? byRates(new int[values.length], 0)
                : Math.max(byOrder(values), byRates(bands(values, sorted), BANDS));
    }

    /** Ranks by the numbers themselves, with blanks before or after all of them. */
    private double byOrder(double[] values) {
        double[] left = withOutcome(values, 1);
        double[] stayed = withOutcome(values, 0);
        double blankLeft = sample.count(1) - left.length;
        double blankStayed = sample.count(0) - stayed.length;
        double wins = wins(left, stayed) + blankLeft * blankStayed / 2;
        double pairs = (double) sample.count(1) * sample.count(0);
        double blanksFirst = (wins + left.length * blankStayed) / pairs;
        double blanksLast = (wins + blankLeft * stayed.length) / pairs;
        return Math.max(either(blanksFirst), either(blanksLast));
    }

    private static double either(double auc) {
        return Math.max(auc, 1 - auc);
    }

    private double[] withOutcome(double[] values, int outcome) {
        double[] found = new double[values.length];
        int count = 0;
        for (int i = 0; i < values.length; i++) {
            if (sample.outcomes()[i] == outcome && !Double.isNaN(values[i])) {
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

    private int[] codes(ColumnProfile column) {
        double[] values = sample.values()[column.position()];
        int[] codes = new int[values.length];
        for (int i = 0; i < values.length; i++) {
            codes[i] = Double.isNaN(values[i]) ? column.values().size() + 1 : (int) values[i];
        }
        return codes;
    }

    /**
     * Ranks by the share of customers with the same code who left, taken from the other folds: a rate is no evidence about the
     * rows that it was learnt from.
     *
     * @param codes by row, 0 to {@code last} + 1
     */
    private double byRates(int[] codes, int last) {
        long[][][] counts = new long[FOLDS][last + 2][2];
        long[][] all = new long[last + 2][2];
        for (int i = 0; i < codes.length; i++) {
            int outcome = sample.outcomes()[i];
            if (outcome >= 0) {
                counts[i % FOLDS][codes[i]][outcome]++;
                all[codes[i]][outcome]++;
            }
        }
        double rate = sample.count(1) / (double) (sample.count(0) + sample.count(1));
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
