package io.github.telcochurn.scoring;

import io.github.telcochurn.customer.Customer;
import io.github.telcochurn.customer.Field;
import java.util.Arrays;

/**
 * What each column adds to one customer's margin ln(p / (1 - p)), where p is the probability of churn. In log-odds: 0.69 doubles
 * the odds, -0.69 halves them. Base and contributions together are the margin.
 */
public final class Contributions {
    private final double base;
    private final double[] byColumn;

    private Contributions(double base, double[] byColumn) {
        this.base = base;
        this.byColumn = byColumn;
    }

    /**
     * Adds up features that come from one column, such as a number and its logarithm.
     *
     * @param base the margin where nothing is known of the customer
     * @param byFeature what each of {@link CustomerFeatures#names()} adds
     * @param calibration of the margin
     */
    static Contributions of(
            CustomerFeatures features, Customer customer, double base, double[] byFeature, Calibration calibration) {
        double[] byColumn = new double[features.columns()];
        for (int i = 0; i < byFeature.length; i++) {
            if (byFeature[i] != 0) {
                byColumn[features.columnFor(i, customer).index()] += calibration.slope() * byFeature[i];
            }
        }
        return new Contributions(calibration.of(base), byColumn);
    }

    /** The margin where nothing is known of the customer. */
    public double base() {
        return base;
    }

    /** What a column adds: above 0 where it raises the risk, below 0 where it lowers it. */
    public double of(Field column) {
        return byColumn[column.index()];
    }

    /** The base and all that is added to it. */
    public double margin() {
        return base + Arrays.stream(byColumn).sum();
    }
}
