package io.github.telcochurn.leaks;

import io.github.telcochurn.customer.ColumnNames;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Tells the columns that are known only once a customer has left, or that were made from the label, from honest ones. */
public final class LeakTest {
    /**
     * Nothing that is known beforehand ranks customers this well. A copy of the label in which one value of fifty is wrong, of
     * either kind, has 0.98.
     */
    private static final double LEAK_AUC = 0.975;
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
    /** A copy of the label in other words does not have more of them. */
    private static final int MOST_WORDS_OF_A_COPY = 256;

    /** Parts of the names of columns that were made from the label, or to predict it, in plain form. */
    private static final List<String> OF_THE_LABEL = List.of("churn", "attrition", "leave", "leaving", "cancel");
    /** Parts of the names of scores. */
    private static final List<String> SCORE = List.of("score", "probab", "predict", "propens", "likelihood");
    /** Values that mean nothing, in plain form. */
    private static final List<String> NOTHING =
            List.of("none", "n/a", "na", "null", "-", "--", "notapplicable", "noreason", "?");

    private final String label;
    private final ColumnRanking ranking;

    /**
     * Tests columns against a label.
     *
     * @param label the name of its column
     * @param ranking with the outcomes
     */
    public LeakTest(String label, ColumnRanking ranking) {
        this.label = label;
        this.ranking = ranking;
    }

    /**
     * A column of the rows whose outcomes are known.
     *
     * @param values by row: a number, or the index of a category; NaN when blank
     * @param categories by their indices, to which an index for all others may be added; null for numbers
     */
    public record Column(String name, double[] values, List<String> categories) {
        private boolean isFilled(int row) {
            double value = values[row];
            return !Double.isNaN(value)
                    && (categories == null
                            || value >= categories.size()
                            || !NOTHING.contains(ColumnNames.normalized(categories.get((int) value))));
        }
    }

    /** Whether there are enough customers of each outcome to distinguish a leak from chance. */
    public boolean canJudge() {
        return Math.min(ranking.churned(), ranking.stayed()) >= MIN_OF_EACH;
    }

    /** The leak that a column is, if it is one. */
    public Optional<Leak> of(Column column) {
        if (!canJudge()) {
            return Optional.empty();
        }
        double auc = column.categories() == null
                ? ranking.ofNumbers(column.values())
                : ranking.ofCategories(column.values(), column.categories().size());
        return Optional.ofNullable(reason(column, auc)).map(reason -> new Leak(column.name(), auc, reason));
    }

    /** Null for an honest column. */
    private String reason(Column column, double auc) {
        int churned = 0;
        int stayed = 0;
        for (int i = 0; i < column.values().length; i++) {
            if (column.isFilled(i)) {
                churned += ranking.outcome(i) == 1 ? 1 : 0;
                stayed += ranking.outcome(i) == 0 ? 1 : 0;
            }
        }
        if (isOnlyForLeavers(churned, stayed, column.values().length)) {
            return String.format(
                    Locale.ROOT,
                    "filled in for %,d of %,d who left and for %,d of %,d who stayed (AUC %.3f)",
                    churned,
                    ranking.churned(),
                    stayed,
                    ranking.stayed(),
                    auc);
        }
        if (auc >= LEAK_AUC) {
            return isCopy(column)
                    ? String.format(
                            Locale.ROOT,
                            "a copy of %s in other words (each of its values goes with one outcome only, AUC %.3f)",
                            label,
                            auc)
                    : String.format(Locale.ROOT, "alone it ranks %s at an AUC of %.3f", label, auc);
        }
        if (isCalled(column, SCORE) && auc >= (isCalled(column, OF_THE_LABEL) ? LABEL_SCORE_AUC : MODEL_SCORE_AUC)) {
            return String.format(Locale.ROOT, "it looks like the score of another model (AUC %.3f)", auc);
        }
        return null;
    }

    private boolean isOnlyForLeavers(int churned, int stayed, int rows) {
        int all = churned + stayed;
        double rate = ranking.churned() / (double) (ranking.churned() + ranking.stayed());
        return churned >= NEARLY_ALL * all && all < rows && Math.pow(rate, all) < CHANCE;
    }

    private static boolean isCalled(Column column, List<String> any) {
        String plain = ColumnNames.normalized(column.name());
        return any.stream().anyMatch(plain::contains);
    }

    /** Whether a column has few values, and each of them goes with one outcome only. */
    private boolean isCopy(Column column) {
        Map<Double, Byte> outcomeOf = new HashMap<>();
        for (int i = 0; i < column.values().length; i++) {
            byte outcome = ranking.outcome(i);
            if (outcome >= 0) {
                Byte known = outcomeOf.putIfAbsent(column.values()[i], outcome);
                if (known != null && known != outcome) {
                    return false;
                }
            }
        }
        return outcomeOf.size() <= Math.min(MOST_WORDS_OF_A_COPY, (ranking.churned() + ranking.stayed()) / 2);
    }
}
