package io.github.telcochurn.scoring;

import io.github.telcochurn.customer.Column;
import io.github.telcochurn.customer.Customer;
import java.util.LinkedHashMap;
import java.util.Map;

/** Counts customers and scores into the bins of a baseline, and tells how far they have shifted. */
public final class Drift {
    /** A shift that matters, by convention. */
    public static final double NOTABLE_PSI = 0.25;
    /** With fewer values the index mostly measures chance. */
    public static final long FEWEST_VALUES = 500;

    private static final Column[] COLUMNS = Column.values();

    private final Baseline baseline;
    private final long[][] counts;
    private final long[] scoreCounts;
    private long customers;

    public Drift(Baseline baseline) {
        this.baseline = baseline;
        this.counts = baseline.columns().stream()
                .map(column -> new long[column.size()])
                .toArray(long[][]::new);
        this.scoreCounts = new long[baseline.score().size()];
    }

    public void add(Customer customer) {
        customers++;
        for (Column column : COLUMNS) {
            int bin = baseline.columns().get(column.ordinal()).binOf(customer.number(column));
            counts[column.ordinal()][bin]++;
        }
    }

    /** Counts the probability of churn that a customer was given. */
    public void addScore(double probability) {
        scoreCounts[baseline.score().binOf(probability)]++;
    }

    /** How many customers were counted. */
    public long customers() {
        return customers;
    }

    /** The population stability index of each column, by its name, in the columns' order. */
    public Map<String, Double> psiByColumn() {
        Map<String, Double> psi = new LinkedHashMap<>();
        for (Column column : COLUMNS) {
            Distribution expected = baseline.columns().get(column.ordinal());
            psi.put(column.columnName(), expected.psi(counts[column.ordinal()]));
        }
        return psi;
    }

    /** The population stability index of the scores. */
    public double psiOfScore() {
        return baseline.score().psi(scoreCounts);
    }
}
