package io.github.telcochurn.batch.figures;

import io.github.telcochurn.customer.Column;
import io.github.telcochurn.customer.Customer;

/**
 * What the report says of a customer besides the prediction, from the raw message. Small, as there is one per customer.
 *
 * @param contract null where unknown
 * @param tenure months; NaN where unknown
 * @param monthlyCharges dollars; NaN where unknown
 * @param churned the label; null where the data has none
 */
public record Profile(String contract, double tenure, double monthlyCharges, Boolean churned) {
    /** Of a raw message that cannot be found or read. */
    static final Profile UNKNOWN = new Profile(null, Double.NaN, Double.NaN, null);

    static Profile of(Customer customer) {
        return new Profile(
                customer.category(Column.CONTRACT),
                customer.number(Column.TENURE),
                customer.number(Column.MONTHLY_CHARGES),
                customer.churn() == null
                        ? null
                        : Boolean.valueOf(customer.churn().equals("Yes")));
    }

    /** The label as the data has it, or null. */
    public String label() {
        if (churned == null) {
            return null;
        }
        return churned ? "Yes" : "No";
    }

    /** Months, or null where unknown. */
    public Long tenureMonths() {
        return Double.isNaN(tenure) ? null : (long) tenure;
    }

    /** Dollars, or null where unknown. */
    public Double monthlyDollars() {
        return Double.isNaN(monthlyCharges) ? null : monthlyCharges;
    }
}
