package io.github.telcochurn.ingest;

import io.github.telcochurn.ChurnFailure;
import io.github.telcochurn.customer.Column;
import io.github.telcochurn.customer.Customer;
import io.github.telcochurn.customer.CustomerFields;
import io.github.telcochurn.customer.CustomerValidator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;

/** Which field of a row is which column. Columns may stand in any order; unknown ones are ignored. */
public final class CsvHeader {
    private final List<String> names;

    private CsvHeader(List<String> names) {
        this.names = names;
    }

    /**
     * Reads a header.
     *
     * @param file for the message of the error
     * @throws ChurnFailure when it is no header of customers, naming every column that is missing or doubled
     */
    static CsvHeader parse(Path file, String line) {
        List<String> names = fieldsOf(file, line);
        List<String> required = Stream.concat(
                        Stream.of(CustomerFields.CUSTOMER_ID),
                        Stream.of(Column.values()).map(Column::columnName))
                .toList();
        List<String> missing =
                required.stream().filter(name -> !names.contains(name)).toList();
        if (missing.size() == required.size()) {
            Separator.refuse(file, line, required);
            throw new ChurnFailure(file + " is not a CSV file of customers: its first line has none of the columns"
                    + " that are needed, such as customerID and tenure.");
        }
        if (!missing.isEmpty()) {
            throw new ChurnFailure(file + " cannot be ingested: its header lacks " + String.join(", ", missing) + ".");
        }
        Set<String> seen = new HashSet<>();
        List<String> doubled = names.stream()
                .filter(name -> !seen.add(name) && (required.contains(name) || name.equals(CustomerFields.CHURN)))
                .toList();
        if (!doubled.isEmpty()) {
            throw new ChurnFailure(
                    file + " cannot be ingested: its header has " + String.join(", ", doubled) + " twice.");
        }
        return new CsvHeader(names);
    }

    private static List<String> fieldsOf(Path file, String line) {
        try (CSVParser parser = CSVParser.parse(line, CSVFormat.DEFAULT)) {
            List<String> fields = new ArrayList<>();
            parser.forEach(record -> record.forEach(field -> fields.add(field.strip())));
            return fields;
        } catch (IOException | IllegalStateException | UncheckedIOException e) {
            throw new ChurnFailure(file + " is not a CSV file of customers: its first line is no CSV header.", e);
        }
    }

    /** How many fields a row must have. */
    public int size() {
        return names.size();
    }

    /**
     * Makes a customer of a row, or says what is wrong with it.
     *
     * @param values in the file's order
     */
    public Customer.Validated read(List<String> values, CustomerValidator validator) {
        if (values.size() != names.size()) {
            // Which value is missing cannot be known, so naming columns would only mislead.
            String problem = "has " + values.size() + " fields, but the header has " + names.size();
            return Customer.Validated.brokenRow(problem);
        }
        return validator.validate(fields(values));
    }

    /** The customer's id in a row, or null where the row has none. */
    public String customerId(List<String> values) {
        int at = names.indexOf(CustomerFields.CUSTOMER_ID);
        return at < values.size() && !values.get(at).isBlank() ? values.get(at) : null;
    }

    private CustomerFields fields(List<String> values) {
        CustomerFields fields = new CustomerFields();
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i);
            String value = values.get(i);
            Column column = Column.named(name);
            if (column != null) {
                fields.set(column, value);
            } else if (name.equals(CustomerFields.CUSTOMER_ID)) {
                fields.setCustomerId(value);
            } else if (name.equals(CustomerFields.CHURN)) {
                fields.setChurn(value);
            }
        }
        return fields;
    }
}
