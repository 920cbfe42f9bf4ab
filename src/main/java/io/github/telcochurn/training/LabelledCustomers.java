package io.github.telcochurn.training;

import io.github.telcochurn.ChurnFailure;
import io.github.telcochurn.customer.ChurnLabel;
import io.github.telcochurn.customer.Customer;
import io.github.telcochurn.customer.CustomerSchema;
import io.github.telcochurn.customer.CustomerValidator;
import io.github.telcochurn.customer.Outcome;
import io.github.telcochurn.ingest.CsvFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * Customers whose outcome is known, read from a CSV file.
 *
 * @param customers all with a label, in the file's order
 * @param unlabelled how many valid rows have no label
 * @param rejected the rows that are broken or invalid
 */
record LabelledCustomers(CsvFile file, List<Customer> customers, int unlabelled, RejectedRows rejected) {
    /** With fewer of either class, five folds would not each have some. */
    private static final int FEWEST_OF_A_CLASS = 50;

    private static final int ROWS_BETWEEN_PROGRESS = 200_000;

    /**
     * Reads a file.
     *
     * @throws ChurnFailure when the schema has no label, or the file is not a CSV file of customers or has too few labels of
     *     either kind
     */
    static LabelledCustomers read(Path path, CustomerSchema schema, Consumer<String> progress) {
        if (schema.label() == null) {
            throw new ChurnFailure(
                    "The schema " + schema.name() + " has no label, so there is nothing to learn from. Name the"
                            + " column that says who left in the file of churn.schema, such as"
                            + " label: {column: NAME, churned: \"yes\", stayed: \"no\"}.");
        }
        Reading reading = new Reading(progress);
        CsvFile file = CsvFile.read(path, new CustomerValidator(schema, CustomerValidator.Mode.STRICT), reading::row);
        LabelledCustomers labelled =
                new LabelledCustomers(file, reading.customers, reading.unlabelled, reading.rejected);
        labelled.checkEnoughOfBoth(schema.label());
        return labelled;
    }

    private static final class Reading {
        private final Consumer<String> progress;
        private final List<Customer> customers = new ArrayList<>();
        private final RejectedRows rejected = new RejectedRows();
        private int unlabelled;
        private long rows;

        Reading(Consumer<String> progress) {
            this.progress = progress;
        }

        void row(Customer.Validated row, long line) {
            if (!row.isValid()) {
                rejected.add(row.violations(), line);
            } else if (row.customer().outcome().isKnown()) {
                customers.add(row.customer());
            } else {
                unlabelled++;
            }
            if (++rows % ROWS_BETWEEN_PROGRESS == 0) {
                progress.accept(String.format(Locale.ROOT, "read %,d rows", rows));
            }
        }
    }

    private void checkEnoughOfBoth(ChurnLabel label) {
        if (customers.isEmpty()) {
            throw new ChurnFailure(file.path() + " has nothing to learn from: " + whyNone(label));
        }
        int churned = churned();
        int stayed = customers.size() - churned;
        String counts = String.format(
                Locale.ROOT,
                "%,d customers with %s = %s, and %,d with %s",
                churned,
                label.column(),
                label.churned(),
                stayed,
                label.stayed());
        if (churned == 0 || stayed == 0) {
            throw new ChurnFailure(file.path() + " has only one kind of customer to learn from: " + counts + "."
                    + " A model needs at least " + FEWEST_OF_A_CLASS + " of each" + rejectedToo());
        }
        if (Math.min(churned, stayed) < FEWEST_OF_A_CLASS) {
            throw new ChurnFailure(file.path() + " has too few labels to train on: " + counts + "; at least "
                    + FEWEST_OF_A_CLASS + " of each are needed" + rejectedToo());
        }
    }

    private String whyNone(ChurnLabel label) {
        if (unlabelled == 0 && rejected.count() == 0) {
            return "there are no rows below the header.";
        }
        if (unlabelled == 0) {
            return String.format(
                    Locale.ROOT,
                    "none of its %,d rows is valid, %s. Correct the file, or the file of churn.schema.",
                    rejected.count(),
                    rejected.mostFrequent());
        }
        return String.format(
                Locale.ROOT,
                "the column %s, which must say %s or %s, is missing or blank in all of its %,d valid rows%s",
                label.column(),
                label.churned(),
                label.stayed(),
                unlabelled,
                rejectedToo());
    }

    private String rejectedToo() {
        return rejected.count() == 0
                ? "."
                : String.format(Locale.ROOT, ". %,d rows are invalid, %s.", rejected.count(), rejected.mostFrequent());
    }

    /** How many left. */
    int churned() {
        return (int) customers.stream()
                .filter(customer -> customer.outcome() == Outcome.CHURNED)
                .count();
    }

    /** How many rows could not be used. */
    int leftOut() {
        return unlabelled + rejected.count();
    }
}
