package io.github.telcochurn.training;

import io.github.telcochurn.ChurnFailure;
import io.github.telcochurn.customer.Customer;
import io.github.telcochurn.customer.CustomerValidator;
import io.github.telcochurn.ingest.CsvFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Customers whose outcome is known, read from a CSV file.
 *
 * @param customers all with a label
 * @param leftOut how many rows are broken, invalid or without a label
 */
record LabelledCustomers(CsvFile file, List<Customer> customers, int leftOut) {
    /** With fewer of either class, five folds would not each have some. */
    private static final int FEWEST_OF_A_CLASS = 50;

    /**
     * Reads a file.
     *
     * @throws ChurnFailure when it is not a CSV file of customers, or has too few labels of either kind
     */
    static LabelledCustomers read(Path path, CustomerValidator validator) {
        List<Customer> customers = new ArrayList<>();
        AtomicInteger leftOut = new AtomicInteger();
        CsvFile file = CsvFile.read(path, validator, (row, line) -> {
            if (row.isValid() && row.customer().churn() != null) {
                customers.add(row.customer());
            } else {
                leftOut.incrementAndGet();
            }
        });
        LabelledCustomers labelled = new LabelledCustomers(file, customers, leftOut.get());
        labelled.checkEnoughOfBoth();
        return labelled;
    }

    private void checkEnoughOfBoth() {
        int churned = churned();
        int stayed = customers.size() - churned;
        if (Math.min(churned, stayed) < FEWEST_OF_A_CLASS) {
            throw new ChurnFailure(file.path() + " has too few labels to train on: " + churned + " customers with Churn"
                    + " = Yes and " + stayed + " with No; at least " + FEWEST_OF_A_CLASS + " of each are needed.");
        }
    }

    int churned() {
        return (int) customers.stream()
                .filter(customer -> customer.churn().equals("Yes"))
                .count();
    }
}
