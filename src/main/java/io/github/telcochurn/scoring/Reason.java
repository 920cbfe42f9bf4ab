package io.github.telcochurn.scoring;

/**
 * Why a customer is at risk, for a call agent.
 *
 * @param column where it comes from
 * @param text in words
 * @param contribution what it adds to the log-odds of churn, above 0, to four decimals
 */
public record Reason(String column, String text, double contribution) {}
