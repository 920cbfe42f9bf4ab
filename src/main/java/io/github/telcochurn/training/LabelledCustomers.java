package io.github.telcochurn.training;

import io.github.telcochurn.ChurnFailure;
import io.github.telcochurn.customer.Customer;
import io.github.telcochurn.customer.CustomerValidator;
import io.github.telcochurn.ingest.CsvChunk;
import io.github.telcochurn.ingest.CsvChunks;
import io.github.telcochurn.ingest.CsvFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * Customers whose outcome is known, read from a CSV file.
 *
 * @param customers all with a label
 * @param leftOut how many rows of the file are invalid or have no label
 */
record LabelledCustomers(CsvFile file, List<Customer> customers, int leftOut) {
    private static final int CHUNK = 10_000;
    /** With fewer of either class, five folds would not each have some. */
    private static final int FEWEST_OF_A_CLASS = 50;

    /**
     * Reads a file.
     *
     * @throws ChurnFailure when it is not a CSV file of customers, or has too few labels of either kind
     */
    static LabelledCustomers read(Path path, CustomerValidator validator) {
        CsvFile file = CsvFile.open(path);
        List<Customer> customers = new ArrayList<>();
        long rows = 0;
        try (CsvChunks chunks = file.chunks(file.firstRow(), CHUNK, Long.MAX_VALUE)) {
            while (chunks.hasNext()) {
                CsvChunk chunk = chunks.next();
                rows += chunk.size();
                for (CSVRecord row : CSVParser.parse(chunk.text(), CSVFormat.DEFAULT)) {
                    Customer customer =
                            file.header().read(row.toList(), validator).customer();
                    if (customer != null && customer.churn() != null) {
                        customers.add(customer);
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        LabelledCustomers labelled = new LabelledCustomers(file, customers, (int) rows - customers.size());
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
