package io.github.telcochurn.scoring;

import io.github.telcochurn.customer.Column;
import io.github.telcochurn.customer.Customer;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Why a customer is at risk, for a call agent.
 *
 * @param column where it comes from
 * @param text in words
 * @param contribution what it adds to the log-odds of churn, above 0, to four decimals
 */
public record Reason(Column column, String text, double contribution) {
    private static final int MOST = 3;
    private static final double DECIMALS = 1e4;
    /** Beyond this a double has no decimals to round. */
    private static final double WHOLE_FROM = 1e15;

    /**
     * Who customers are, some of it protected by law, is no argument to bring up with them, and no offer changes it. The model's
     * contributions keep it.
     */
    private static final Set<Column> NOT_SPOKEN_OF =
            EnumSet.of(Column.GENDER, Column.SENIOR_CITIZEN, Column.PARTNER, Column.DEPENDENTS);

    private static final List<Column> SPOKEN_OF = List.copyOf(EnumSet.complementOf(EnumSet.copyOf(NOT_SPOKEN_OF)));
    /** The three columns that raise the risk most, strongest first; fewer where fewer raise it. */
    static List<Reason> strongest(Customer customer, Contributions contributions) {
        return SPOKEN_OF.stream()
                .filter(column -> rounded(contributions.of(column)) > 0)
                .sorted(Comparator.comparingDouble(column -> -contributions.of(column)))
                .limit(MOST)
                .map(column -> new Reason(column, Wording.of(column, customer), rounded(contributions.of(column))))
                .toList();
    }

    private static double rounded(double contribution) {
        return Math.abs(contribution) < WHOLE_FROM ? Math.rint(contribution * DECIMALS) / DECIMALS : contribution;
    }
}
