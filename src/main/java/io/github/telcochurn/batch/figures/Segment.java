package io.github.telcochurn.batch.figures;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.github.telcochurn.customer.Outcome;

/**
 * Churn of some of the customers, such as those with one category.
 *
 * @param meanProbability of churn, 0 to 1
 * @param predictedShare of the customers, 0 to 1, whose prediction is Yes
 * @param observedShare of the customers with a label, 0 to 1, who left; null without labels
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Segment(
        String name, long customers, double meanProbability, double predictedShare, Double observedShare) {

    /** The sums over the customers of a segment; those of several segments can be added up. */
    static final class Sums {
        private long customers;
        private double probability;
        private long predicted;
        private long labelled;
        private long churned;

        void add(ScoredCustomer customer) {
            customers++;
            probability += customer.probability();
            predicted += customer.predictedYes() ? 1 : 0;
            Outcome outcome = customer.profile().outcome();
            labelled += outcome.isKnown() ? 1 : 0;
            churned += outcome.indicator();
        }

        void add(Sums others) {
            customers += others.customers;
            probability += others.probability;
            predicted += others.predicted;
            labelled += others.labelled;
            churned += others.churned;
        }

        long customers() {
            return customers;
        }

        /** There must be customers. */
        Segment segment(String name) {
            return new Segment(
                    name,
                    customers,
                    probability / customers,
                    (double) predicted / customers,
                    labelled == 0 ? null : Double.valueOf((double) churned / labelled));
        }
    }
}
