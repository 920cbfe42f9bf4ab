package io.github.telcochurn.ingest;

import io.github.telcochurn.ChurnFailure;
import io.github.telcochurn.customer.Column;
import io.github.telcochurn.customer.CustomerFields;
import io.github.telcochurn.customer.CustomerJson;
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
            throw new ChurnFailure(file + " is not a CSV file of customers: its first line has none of the columns"
                    + " that are needed, such as customerID and tenure.");
        }
        if (!missing.isEmpty()) {
            throw new ChurnFailure(file + " cannot be ingested: its header lacks " + String.join(", ", missing) + ".");
        }
        Set<String> seen = new HashSet<>();
        List<String> doubled = names.stream()
                .filter(name -> !seen.add(name) && (required.contains(name) || isEnvelope(name)))
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

    private static boolean isEnvelope(String name) {
        return name.equals(CustomerFields.CHURN) || name.equals(CustomerJson.EVENT_TS);
    }

    /** How many fields a row must have. */
    public int size() {
        return names.size();
    }

    /**
     * Names the values of one row.
     *
     * @param values as many as {@link #size()}, in the file's order
     */
    public CustomerFields fields(List<String> values) {
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
            } else if (name.equals(CustomerJson.EVENT_TS)) {
                fields.setEventTs(value);
            }
        }
        return fields;
    }
}
