package io.github.telcochurn.customer;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/** Writes customers as a telco writes them: a CSV file with the schema's columns, in its dialect. */
public final class CsvWriter {
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private final CustomerSchema schema;

    public CsvWriter(CustomerSchema schema) {
        this.schema = schema;
    }

    /** A file's content: a header, and a row for each customer. The label is left out. */
    public byte[] write(List<Customer> customers) {
        StringWriter text = new StringWriter();
        CSVFormat format = CSVFormat.DEFAULT
                .builder()
                .setDelimiter(schema.csv().delimiter())
                .setRecordSeparator('\n')
                .get();
        try (CSVPrinter printer = new CSVPrinter(text, format)) {
            printer.printRecord(header());
            for (Customer customer : customers) {
                printer.printRecord(row(customer));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        boolean isMarked = schema.csv().encoding().name().startsWith("UTF-16")
                && !schema.csv().encoding().name().equals("UTF-16");
        return bytes((isMarked ? BYTE_ORDER_MARK : "") + text);
    }

    /** Text in the schema's encoding. */
    public byte[] bytes(String text) {
        return text.getBytes(schema.csv().encoding());
    }

    private List<String> header() {
        List<String> header = new ArrayList<>(List.of(schema.idName()));
        schema.fields().forEach(field -> header.add(field.name()));
        return header;
    }

    private List<String> row(Customer customer) {
        List<String> row = new ArrayList<>(List.of(customer.customerId()));
        schema.fields().forEach(field -> row.add(cell(customer, field)));
        return row;
    }

    private String cell(Customer customer, Field field) {
        if (!customer.has(field)) {
            return "";
        }
        if (field.isCategory()) {
            return customer.category(field);
        }
        String plain = new BigDecimal(Double.toString(customer.number(field)))
                .stripTrailingZeros()
                .toPlainString();
        return plain.replace('.', schema.csv().numbers().decimal());
    }
}
