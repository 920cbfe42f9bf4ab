package io.github.telcochurn.training;

import io.github.telcochurn.customer.Customer;
import io.github.telcochurn.customer.CustomerSchema;
import io.github.telcochurn.customer.Field;
import io.github.telcochurn.leaks.ColumnRanking;
import io.github.telcochurn.leaks.Leak;
import io.github.telcochurn.leaks.LeakTest;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Refuses to train on a column that gives the label away: every figure would be excellent, and the model useless. */
final class LeakCheck {
    /** A leak shows in as many. */
    private static final int MOST_TESTED_CUSTOMERS = 100_000;

    private LeakCheck() {}

    /**
     * Requires that no feature is a leak, but those that are allowed.
     *
     * @param allowed the names of columns that may be features all the same
     * @return the leaks that are allowed
     * @throws LeakFound when there are others
     */
    static List<Leak> require(CustomerSchema schema, LabelledCustomers labelled, Set<String> allowed) {
        List<Leak> found = find(schema, EvenlySpaced.of(labelled.customers(), MOST_TESTED_CUSTOMERS));
        List<Leak> refused =
                found.stream().filter(leak -> !allowed.contains(leak.column())).toList();
        if (!refused.isEmpty()) {
            throw new LeakFound(message(schema, labelled, refused));
        }
        return found;
    }

    private static List<Leak> find(CustomerSchema schema, List<Customer> customers) {
        byte[] outcomes = new byte[customers.size()];
        for (int row = 0; row < outcomes.length; row++) {
            outcomes[row] = (byte) customers.get(row).outcome().indicator();
        }
        LeakTest test = new LeakTest(schema.label().column(), new ColumnRanking(outcomes));
        return schema.fields().stream()
                .filter(Field::isFeature)
                .map(field -> test.of(column(field, customers)))
                .flatMap(Optional::stream)
                .toList();
    }

    private static LeakTest.Column column(Field field, List<Customer> customers) {
        double[] values = customers.stream()
                .mapToDouble(customer -> customer.number(field))
                .toArray();
        return new LeakTest.Column(field.name(), values, field.isCategory() ? field.categories() : null);
    }

    private static String message(CustomerSchema schema, LabelledCustomers labelled, List<Leak> leaks) {
        boolean isOne = leaks.size() == 1;
        String columns = leaks.stream()
                .map(leak -> "  " + leak.column() + ": " + leak.reason())
                .collect(Collectors.joining("\n"));
        String options = leaks.stream()
                .map(leak -> "--allow-leak '" + leak.column() + "'")
                .collect(Collectors.joining(" "));
        return String.format(
                "No model was trained: in %s, %s the label %s away.%n%s%n"
                        + "A model that sees %s has excellent figures here, and fails on customers whose outcome is still open."
                        + " Set feature: false on %s in the schema %s. If %s really known before a customer leaves,"
                        + " run the command again with %s.",
                labelled.file().path(),
                isOne ? "a column gives" : leaks.size() + " columns give",
                schema.label().column(),
                columns,
                isOne ? "it" : "them",
                isOne ? "it" : "each of them",
                schema.name(),
                isOne ? "it is" : "they are",
                options);
    }
}
