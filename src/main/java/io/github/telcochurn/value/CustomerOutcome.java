package io.github.telcochurn.value;

/**
 * What became of a customer after a campaign.
 *
 * @param customerId without blanks around it
 * @param called whether the customer was called
 * @param left whether the customer has left since
 */
public record CustomerOutcome(String customerId, boolean called, boolean left) {}
