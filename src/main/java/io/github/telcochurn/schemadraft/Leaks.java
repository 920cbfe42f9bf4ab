package io.github.telcochurn.schemadraft;

import io.github.telcochurn.customer.ColumnNames;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Finds the columns that are known only once a customer has left, or that were made from the label. */
final class Leaks {
    /** Nothing that is known beforehand ranks customers that well. */
    private static final double GIVEN_AWAY = 0.99;
    /** A column that is called a score, and ranks like one, is another model's. */
    private static final double SCORE_OF_A_MODEL = 0.85;
    /** A column that is called a score of the label itself need not be a good one. */
    private static final double SCORE_OF_THE_LABEL = 0.65;
    /** Of fewer customers who left, or who stayed, a column can rank all by chance. */
    private static final int FEWEST_OF_EACH = 10;
    /** Of the rows that have a value. */
    private static final double NEARLY_ALL = 0.99;
    /** That all who have a value left may be chance; so much of it is not. */
    private static final double CHANCE = 1e-6;

    private final Sample sample;
    private final Ranking ranking;
    private final LabelColumn label;
    private final int churned;
    private final int stayed;

    /**
     * In a sample of a file.
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

    /** Whether there are enough customers of each outcome to tell a leak from chance. */
    boolean canJudge() {
        return label != null && Math.min(churned, stayed) >= FEWEST_OF_EACH;
    }

    /** What is wrong with a column, if anything is. */
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
        if (auc >= GIVEN_AWAY) {
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
            if (auc >= (isOfTheLabel ? SCORE_OF_THE_LABEL : SCORE_OF_A_MODEL)) {
                return String.format(Locale.ROOT, "it looks like the score of another model (AUC %.3f)", auc);
            }
        }
        return null;
    }

    /** For how many of each outcome a column says something. */
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
        boolean[] saysNothing = nothing(column);
        Filled filled = new Filled();
        for (int i = 0; i < values.length; i++) {
            if (!Double.isNaN(values[i]) && (saysNothing.length == 0 || !saysNothing[(int) values[i]])) {
                filled.churned += sample.outcomes()[i] == 1 ? 1 : 0;
                filled.stayed += sample.outcomes()[i] == 0 ? 1 : 0;
            }
        }
        return filled;
    }

    /** Which values are words for nothing; empty for numbers, which always say something. */
    private static boolean[] nothing(ColumnProfile column) {
        if (column.isNumeric()) {
            return new boolean[0];
        }
        boolean[] nothing = new boolean[column.values().size() + 1];
        column.values()
                .forEach((text, value) ->
                        nothing[value.index()] = Vocabulary.NOTHING.contains(ColumnNames.normalized(text)));
        return nothing;
    }

    /** Whether each value of a column with few of them goes with one outcome only. */
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
