package io.github.telcochurn.leaks;

/**
 * A column that gives the label away.
 *
 * @param auc at which the column alone ranks the label, 0.5 to 1
 * @param reason how it gives it away, in words, with the figure
 */
public record Leak(String column, double auc, String reason) {}
