package io.github.telcochurn.value;

/**
 * A customer who could be called.
 *
 * @param probability that the customer leaves, 0 to 1
 * @param monthlyRevenue that the customer pays
 */
public record Call(double probability, double monthlyRevenue) {}
