package io.github.telcochurn.ingest;

import io.github.telcochurn.ChurnFailure;
import io.github.telcochurn.customer.Customer;
import io.github.telcochurn.customer.CustomerCsv;
import io.github.telcochurn.customer.CustomerSchema;
import io.github.telcochurn.customer.CustomerValidator;
import io.github.telcochurn.yaml.DidYouMean;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A file's header, which has every column of the schema. */
public final class CsvHeader {
    private static final int SHOWN = 8;

    private final CustomerCsv columns;

    private CsvHeader(CustomerCsv columns) {
        this.columns = columns;
    }

    /**
     * Reads a header.
     *
     * @param file for the message of the error
     * @throws ChurnFailure when it is not the header of a file of the schema's customers; names each missing or repeated column
     */
    static CsvHeader parse(Path file, HeaderLine line, CustomerSchema schema) {
        CustomerCsv columns = new CustomerCsv(schema, names(file, line));
        List<String> missing = columns.missing();
        if (columns.isUnrelated()) {
            Separator.refuse(file, line.text(), schema);
            throw new ChurnFailure(file + " is not a CSV file of the customers of " + schema.name()
                    + ": its first line has none of the columns that the schema has (" + some(missing) + "), but "
                    + some(columns.header())
                    + ". Set churn.schema to the schema of this data, or create one: ./churn schema"
                    + " infer --help.");
        }
        if (!missing.isEmpty()) {
            throw new ChurnFailure(file + " cannot be ingested: its header lacks " + String.join(", ", missing)
                    + suggestions(missing, columns) + ".");
        }
        List<String> duplicates = columns.duplicates();
        if (!duplicates.isEmpty()) {
            throw new ChurnFailure(
                    file + " cannot be ingested: its header has " + String.join(", ", duplicates) + " twice.");
        }
        return new CsvHeader(columns);
    }

    private static String some(List<String> names) {
        return String.join(", ", names.subList(0, Math.min(SHOWN, names.size()))) + (names.size() > SHOWN ? ", …" : "");
    }

    /** Suggests aliases for a few columns that have other names in the file. */
    private static String suggestions(List<String> missing, CustomerCsv columns) {
        List<String> found = new ArrayList<>();
        for (String name : missing.subList(0, Math.min(SHOWN, missing.size()))) {
            DidYouMean.nearest(name, columns.header()).ifPresent(near -> found.add(near + " for " + name));
        }
        return found.isEmpty()
                ? ""
                : ". If it has " + String.join(", ", found) + ", add that to the aliases in the schema";
    }

    private static List<String> names(Path file, HeaderLine line) {
        try {
            return line.names();
        } catch (IOException e) {
            throw new ChurnFailure(file + " is not a CSV file of customers: its first line is not a CSV header.", e);
        }
    }

    /** How many fields a row must have. */
    public int size() {
        return columns.size();
    }

    /**
     * Makes a customer of a row, or says what is wrong with it.
     *
     * @param values in the file's order
     */
    public Customer.Validated read(List<String> values, CustomerValidator validator) {
        if (values.size() != columns.size()) {
            // Nobody knows which value is missing, so naming columns would only mislead.
            String problem = "has " + values.size() + " fields, but the header has " + columns.size();
            return Customer.Validated.brokenRow(problem);
        }
        return validator.validate(columns.read(values));
    }

    /** The customer's id in a row, or null when the row has none. */
    public String customerId(List<String> values) {
        return columns.customerId(values);
    }
}
