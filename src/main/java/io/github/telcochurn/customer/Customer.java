package io.github.telcochurn.customer;

import java.util.Arrays;
import java.util.List;

/**
 * A customer whose values were all validated. One {@code double} per {@link Field}: the number itself, or the index of the
 * category in {@link Field#categories()}; {@code NaN} when the value is absent (a blank that the schema allows, or a value that lenient
 * validation let pass).
 */
public final class Customer {
    private final String customerId;
    private final double[] values;
    private final Outcome outcome;

    /**
     * @param customerId not blank
     * @param values one per {@link Field}, by its index; not copied
     */
    Customer(String customerId, double[] values, Outcome outcome) {
        this.customerId = customerId;
        this.values = values;
        this.outcome = outcome;
    }

    public String customerId() {
        return customerId;
    }

    /** Whether there is a value for this column. */
    public boolean has(Field field) {
        return !Double.isNaN(values[field.index()]);
    }

    /** The number (0 or 1 of a flag), or the category's index; {@code NaN} when absent. */
    public double number(Field field) {
        return values[field.index()];
    }

    /** The category's text, or null when absent. */
    public String category(Field field) {
        return has(field) ? field.categories().get((int) values[field.index()]) : null;
    }

    /** What the label says. It is never a feature. */
    public Outcome outcome() {
        return outcome;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Customer that
                && customerId.equals(that.customerId)
                && Arrays.equals(values, that.values)
                && outcome == that.outcome;
    }

    @Override
    public int hashCode() {
        return customerId.hashCode() * 31 + Arrays.hashCode(values);
    }

    /** Names the customer and nothing else: its values do not belong in logs. */
    @Override
    public String toString() {
        return "Customer[" + customerId + "]";
    }

    /** Either a customer, or the violations that keep it from being one; never both, never neither. */
    public record Validated(Customer customer, List<Violation> violations, List<Violation> warnings) {
        /** The result for a row that cannot be split into fields. */
        public static Validated brokenRow(String problem) {
            return new Validated(null, List.of(new Violation("row", problem, null)), List.of());
        }

        public boolean isValid() {
            return violations.isEmpty();
        }
    }
}
