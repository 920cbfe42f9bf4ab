package io.github.telcochurn.schemadraft;

import io.github.telcochurn.customer.ColumnNames;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Finds the columns that are known only once a customer has left, or that were made from the label. */
final class Leaks {
    /** Nothing that is known beforehand ranks customers this well. */
    private static final double LEAK_AUC = 0.99;
    /** A column that is called a score, and ranks like one, comes from another model. */
    private static final double MODEL_SCORE_AUC = 0.85;
    /** A column that is called a score of the label itself need not rank well. */
    private static final double LABEL_SCORE_AUC = 0.65;
    /** With fewer customers who left, or who stayed, a column can rank all of them by chance. */
    private static final int MIN_OF_EACH = 10;
    /** The share of the rows with a value. */
    private static final double NEARLY_ALL = 0.99;
    /** Below this probability, it is no longer chance that all customers with a value left. */
    private static final double CHANCE = 1e-6;

    private final Sample sample;
    private final Ranking ranking;
    private final LabelColumn label;
    private final int churned;
    private final int stayed;

    /**
     * Looks for leaks in a sample of a file.
     *
     * @param label null for none, and then there are no leaks to find
     */
    Leaks(Sample sample, Ranking ranking, LabelColumn label) {
        this.sample = sample;
        this.ranking = ranking;
        this.label = label;
        this.churned = sample.count(1);
        this.stayed = sample.count(0);
    }

    /** Whether there are enough customers of each outcome to distinguish a leak from chance. */
    boolean canJudge() {
        return label != null && Math.min(churned, stayed) >= MIN_OF_EACH;
    }

    /** The column as one that is left out, when it is a leak. */
    Optional<LeftOut> of(ColumnProfile column) {
        if (!canJudge()) {
            return Optional.empty();
        }
        double auc = ranking.auc(column);
        String reason = reason(column, auc);
        return reason == null
                ? Optional.empty()
                : Optional.of(new LeftOut(
                        column.position(),
                        column.name().text(),
                        LeftOut.Why.LEAK,
                        reason + ": it gives the label away",
                        auc));
    }

    private String reason(ColumnProfile column, double auc) {
        Filled filled = filled(column);
        if (filled.isOnlyForLeavers()) {
            return String.format(
                    Locale.ROOT,
                    "filled in for %,d of %,d who left and for %,d of %,d who stayed (AUC %.3f)",
                    filled.churned,
                    churned,
                    filled.stayed,
                    stayed,
                    auc);
        }
        if (auc >= LEAK_AUC) {
            return isCopy(column)
                    ? String.format(
                            Locale.ROOT,
                            "a copy of %s in other words (each of its values goes with one outcome only, AUC %.3f)",
                            label.column().name().text(),
                            auc)
                    : String.format(
                            Locale.ROOT,
                            "alone it ranks %s at an AUC of %.3f",
                            label.column().name().text(),
                            auc);
        }
        if (column.name().contains(Vocabulary.SCORE)) {
            boolean isOfTheLabel = column.name().contains(Vocabulary.OF_THE_LABEL);
            if (auc >= (isOfTheLabel ? LABEL_SCORE_AUC : MODEL_SCORE_AUC)) {
                return String.format(Locale.ROOT, "it looks like the score of another model (AUC %.3f)", auc);
            }
        }
        return null;
    }

    /** How many customers of each outcome have a value in a column. */
    private final class Filled {
        private int churned;
        private int stayed;

        boolean isOnlyForLeavers() {
            int all = churned + stayed;
            double rate = Leaks.this.churned / (double) (Leaks.this.churned + Leaks.this.stayed);
            return churned >= NEARLY_ALL * all && all < sample.rows() && Math.pow(rate, all) < CHANCE;
        }
    }

    private Filled filled(ColumnProfile column) {
        double[] values = sample.values()[column.position()];
        boolean[] meansNothing = meansNothing(column);
        Filled filled = new Filled();
        for (int i = 0; i < values.length; i++) {
            if (!Double.isNaN(values[i]) && (meansNothing.length == 0 || !meansNothing[(int) values[i]])) {
                filled.churned += sample.outcomes()[i] == 1 ? 1 : 0;
                filled.stayed += sample.outcomes()[i] == 0 ? 1 : 0;
            }
        }
        return filled;
    }

    /** By index, whether a value is a word for nothing; empty for numbers, which always mean something. */
    private static boolean[] meansNothing(ColumnProfile column) {
        if (column.isNumeric()) {
            return new boolean[0];
        }
        boolean[] words = new boolean[column.values().size() + 1];
        column.values()
                .forEach((text, value) ->
                        words[value.index()] = Vocabulary.NOTHING.contains(ColumnNames.normalized(text)));
        return words;
    }

    /** Whether a column has few values, and each of them goes with one outcome only. */
    private boolean isCopy(ColumnProfile column) {
        if (!column.hasAllValues() || column.distinct() > (churned + stayed) / 2) {
            return false;
        }
        double[] values = sample.values()[column.position()];
        Map<Double, Byte> outcomeOf = new HashMap<>();
        for (int i = 0; i < values.length; i++) {
            byte outcome = sample.outcomes()[i];
            if (outcome >= 0) {
                Byte known = outcomeOf.putIfAbsent(values[i], outcome);
                if (known != null && known != outcome) {
                    return false;
                }
            }
        }
        return true;
    }
}
