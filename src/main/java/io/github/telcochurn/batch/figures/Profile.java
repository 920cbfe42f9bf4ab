package io.github.telcochurn.batch.figures;

import io.github.telcochurn.customer.Outcome;

/**
 * What the report says about a customer besides the prediction, from the raw message. Kept small: there is one per customer.
 *
 * @param values of the columns that {@link ReportedColumns} keeps; null where the raw message is not known
 * @param shadowProbability of churn by the shadow, 0 to 1; NaN without one
 */
@SuppressWarnings("ArrayRecordComponent") // never compared: there are millions of them, and only their values are read
public record Profile(double[] values, Outcome outcome, double shadowProbability) {
    /** Of a raw message that cannot be found or read. */
    static final Profile UNKNOWN = new Profile(null, Outcome.UNKNOWN, Double.NaN);

    boolean isKnown() {
        return values != null;
    }
}
