package io.github.telcochurn.value;

import io.github.telcochurn.config.ChurnConfig;

/**
 * What a retention call costs and brings.
 *
 * @param offerCost of one call with its offer, in the unit of the revenue column, 0 or more
 * @param successRate of the customers who are about to leave, the share that a call keeps, 0 to 1
 * @param monthsKept how many months longer such a customer then pays, above 0
 */
public record CallTerms(double offerCost, double successRate, double monthsKept) {
    /** The configured ones. */
    public static CallTerms of(ChurnConfig.Value config) {
        return new CallTerms(config.offerCost(), config.callSuccessRate(), config.monthsKept());
    }

    /**
     * What calling a customer is expected to bring after its cost: probability × success rate × months × revenue − cost. Below 0
     * where the call costs more than it brings. The cost arises with every call, also with those to customers who would stay.
     *
     * @param probability that the customer leaves, 0 to 1
     * @param monthlyRevenue that the customer pays
     */
    public double expectedValue(double probability, double monthlyRevenue) {
        return keptBy(probability) * worthOf(monthlyRevenue) - offerCost;
    }

    /** The probability that a call makes a difference: that the customer is about to leave, and is kept. */
    double keptBy(double probability) {
        return probability * successRate;
    }

    /** What a customer pays who was kept. */
    double worthOf(double monthlyRevenue) {
        return monthsKept * monthlyRevenue;
    }
}
