package io.github.telcochurn.scoring;

import io.github.telcochurn.customer.Customer;
import io.github.telcochurn.customer.CustomerSchema;
import io.github.telcochurn.customer.Field;
import java.util.LinkedHashMap;
import java.util.Map;

/** Counts customers and scores into the bins of a baseline, and measures how far they have shifted. */
public final class Drift {
    /** A shift that matters, by convention. */
    public static final double NOTABLE_PSI = 0.25;
    /** With fewer values the index mostly measures chance. */
    public static final long FEWEST_VALUES = 500;

    private final Baseline baseline;
    /** The column of each of the baseline's distributions. */
    private final Field[] columns;

    private final long[][] counts;
    private final long[] scoreCounts;
    private long customers;

    /** Against the baseline of a model of that schema. */
    public Drift(CustomerSchema schema, Baseline baseline) {
        this.baseline = baseline;
        this.columns = baseline.columns().stream()
                .map(distribution -> schema.field(distribution.name()))
                .toArray(Field[]::new);
        this.counts = baseline.columns().stream()
                .map(column -> new long[column.size()])
                .toArray(long[][]::new);
        this.scoreCounts = new long[baseline.score().size()];
    }

    public void add(Customer customer) {
        customers++;
        for (int i = 0; i < columns.length; i++) {
            int bin = baseline.columns().get(i).binOf(customer.number(columns[i]));
            counts[i][bin]++;
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

    /**
     * How far a column, or the score, has shifted.
     *
     * @param psi population stability index, 0 or more
     * @param change its direction in words, as {@link Distribution#change} has it; empty when nothing can be said
     */
    public record Shift(double psi, String change) {
        private static Shift of(Distribution expected, long[] counts) {
            return new Shift(expected.psi(counts), expected.change(counts));
        }
    }

    /** The shift of each column, by its name, in the columns' order. */
    public Map<String, Shift> byColumn() {
        Map<String, Shift> shifts = new LinkedHashMap<>();
        for (int i = 0; i < columns.length; i++) {
            Distribution expected = baseline.columns().get(i);
            shifts.put(expected.name(), Shift.of(expected, counts[i]));
        }
        return shifts;
    }

    /** The shift of the scores. */
    public Shift ofScore() {
        return Shift.of(baseline.score(), scoreCounts);
    }
}
