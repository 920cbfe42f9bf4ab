package io.github.telcochurn.customer;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * A customer whose every value was validated. One {@code double} per {@link Column}: the number itself, or the index of the
 * category in {@link Column#categories()}; {@code NaN} where the value is absent (TotalCharges of a new customer, or what
 * lenient validation let pass).
 */
public final class Customer {
    private final String customerId;
    private final double[] values;
    private final String churn;

    /**
     * @param customerId not blank
     * @param values one per {@link Column}, by ordinal; taken over, not copied
     * @param churn the label, "Yes" or "No", or null where the data has none
     */
    Customer(String customerId, double[] values, String churn) {
        this.customerId = customerId;
        this.values = values;
        this.churn = churn;
    }

    /**
     * A made-up customer for measurements and warm-up.
     *
     * @param number different numbers make different customers
     */
    public static Customer example(int number) {
        double[] values = new double[Column.values().length];
        for (Column column : Column.values()) {
            values[column.ordinal()] = switch (column.kind()) {
                case CATEGORY -> number % column.categories().size();
                case FLAG -> number % 2;
                case MONTHS -> number % 72;
                case DOLLARS -> 20 + number % 97 + 0.25;
            };
        }
        return new Customer("example-" + number, values, null);
    }

    public String customerId() {
        return customerId;
    }

    /** Whether there is a value for this column. */
    public boolean has(Column column) {
        return !Double.isNaN(values[column.ordinal()]);
    }

    /** The number (months, dollars, 0 or 1), or the category's index; {@code NaN} where absent. */
    public double number(Column column) {
        return values[column.ordinal()];
    }

    /** The category's text, or null where absent. */
    public String category(Column column) {
        return has(column) ? column.categories().get((int) values[column.ordinal()]) : null;
    }

    /** The label "Yes" or "No", or null where the data has none. It is never a feature. */
    public String churn() {
        return churn;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Customer that
                && customerId.equals(that.customerId)
                && Arrays.equals(values, that.values)
                && Objects.equals(churn, that.churn);
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
        /** What there is to say of a row whose fields cannot be told apart. */
        public static Validated brokenRow(String problem) {
            return new Validated(null, List.of(new Violation("row", problem, null)), List.of());
        }

        public boolean isValid() {
            return violations.isEmpty();
        }
    }
}
