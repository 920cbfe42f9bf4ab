package io.github.telcochurn.scoring;

import io.github.telcochurn.customer.Column;
import io.github.telcochurn.customer.Customer;
import java.util.Arrays;
import java.util.List;

/**
 * What each column adds to one customer's margin ln(p / (1 - p)), where p is the probability of churn. In log-odds: 0.69 doubles
 * the odds, -0.69 halves them. Base and contributions together are the margin.
 */
public final class Contributions {
    private static final Column[] COLUMN_OF_FEATURE = CustomerFeatures.columns().toArray(Column[]::new);

    private final double base;
    private final double[] byColumn;

    private Contributions(double base, double[] byColumn) {
        this.base = base;
        this.byColumn = byColumn;
    }

    /**
     * Adds up features that come from one column, such as tenure and its logarithm.
     *
     * @param base the margin where nothing is known of the customer
     * @param byFeature what each of {@link CustomerFeatures#names()} adds
     */
    static Contributions of(Customer customer, double base, double[] byFeature) {
        double[] byColumn = new double[Column.values().length];
        for (int i = 0; i < byFeature.length; i++) {
            byColumn[origin(COLUMN_OF_FEATURE[i], customer).ordinal()] += byFeature[i];
        }
        return new Contributions(base, byColumn);
    }

    /** Who has no internet cannot have online security: that it is missing says nothing of its own. */
    private static Column origin(Column column, Customer customer) {
        List<String> categories = column.categories();
        if (categories.isEmpty() || !customer.has(column)) {
            return column;
        }
        return switch (categories.get((int) customer.number(column))) {
            case "No internet service" -> Column.INTERNET_SERVICE;
            case "No phone service" -> Column.PHONE_SERVICE;
            default -> column;
        };
    }

    /** The margin where nothing is known of the customer. */
    public double base() {
        return base;
    }

    /** What a column adds: above 0 where it raises the risk, below 0 where it lowers it. */
    public double of(Column column) {
        return byColumn[column.ordinal()];
    }

    /** The base and all that is added to it. */
    public double margin() {
        return base + Arrays.stream(byColumn).sum();
    }
}
