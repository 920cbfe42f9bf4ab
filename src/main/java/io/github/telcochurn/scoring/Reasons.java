package io.github.telcochurn.scoring;

import io.github.telcochurn.customer.Customer;
import io.github.telcochurn.customer.CustomerSchema;
import io.github.telcochurn.customer.Field;
import io.github.telcochurn.customer.Wording;
import java.util.ArrayList;
import java.util.List;

/**
 * Puts contributions into words. Only of columns that the schema lets be reasons: who customers are, some of it protected by law,
 * is no argument to bring up with them, and no offer changes it.
 */
final class Reasons {
    private static final int OF_PREDICTION = 3;
    private static final double DECIMALS = 1e4;
    /** Beyond this a double has no decimals to round. */
    private static final double WHOLE_FROM = 1e15;

    private final Field[] columns;
    private final Wording[] wordings;
    private final int most;

    /** Three of all columns that may be reasons: what a prediction has. */
    Reasons(CustomerSchema schema) {
        this(schema.fields().stream().filter(Field::isReason).toList(), OF_PREDICTION);
    }

    /**
     * Reasons of certain columns only.
     *
     * @param most how many of them, at most
     */
    Reasons(List<Field> of, int most) {
        this.most = most;
        columns = of.toArray(Field[]::new);
        wordings = new Wording[columns.length];
        for (int i = 0; i < columns.length; i++) {
            wordings[i] = new Wording(columns[i]);
        }
    }

    /** The columns that raise the risk most, strongest first; fewer where fewer raise it. */
    List<Reason> strongest(Customer customer, Contributions contributions) {
        int[] top = new int[most];
        int found = 0;
        for (int i = 0; i < columns.length; i++) {
            double contribution = contributions.of(columns[i]);
            if (rounded(contribution) <= 0) {
                continue;
            }
            int at = found;
            while (at > 0 && contributions.of(columns[top[at - 1]]) < contribution) {
                if (at < most) {
                    top[at] = top[at - 1];
                }
                at--;
            }
            if (at < most) {
                top[at] = i;
                found = Math.min(most, found + 1);
            }
        }
        List<Reason> reasons = new ArrayList<>(found);
        for (int i = 0; i < found; i++) {
            Field column = columns[top[i]];
            String words = wordings[top[i]].of(customer);
            reasons.add(new Reason(column.name(), words, rounded(contributions.of(column))));
        }
        return reasons;
    }

    private static double rounded(double contribution) {
        return Math.abs(contribution) < WHOLE_FROM ? Math.rint(contribution * DECIMALS) / DECIMALS : contribution;
    }
}
