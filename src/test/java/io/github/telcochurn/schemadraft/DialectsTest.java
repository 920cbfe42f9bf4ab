package io.github.telcochurn.schemadraft;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.telcochurn.customer.ColumnNames;
import io.github.telcochurn.customer.Customer;
import io.github.telcochurn.customer.CustomerSchema;
import io.github.telcochurn.customer.CustomerValidator;
import io.github.telcochurn.customer.Field;
import io.github.telcochurn.ingest.CsvFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The first 50 shipped customers, written as other programs write CSV: the draft reads the same customers from each. */
class DialectsTest {
    private static final Path SHIPPED =
            Path.of("data/WA_Fn-UseC_-Telco-Customer-Churn.csv").toAbsolutePath();
    private static final int ROWS = 50;
    private static final int HEADER = 0;
    /** Where three rows have no value; the last of the numbers. */
    private static final int TOTAL = 19;

    @TempDir
    private Path dir;

    /**
     * A way to write a table.
     *
     * @param values of a row, the header's too, before it is written
     */
    private record Dialect(
            String name,
            String delimiter,
            Row values,
            UnaryOperator<String> text,
            UnaryOperator<byte[]> bytes,
            Charset charset) {
        static Dialect of(String name) {
            return new Dialect(name, ",", (row, at) -> row, text -> text, bytes -> bytes, UTF_8);
        }

        Dialect separatedBy(String other) {
            return new Dialect(name, other, values, text, bytes, charset);
        }

        Dialect withRows(Row other) {
            return new Dialect(name, delimiter, other, text, bytes, charset);
        }

        /** Of all that is no header. */
        Dialect withValues(UnaryOperator<String> change) {
            return withRows(
                    (row, at) -> at == HEADER ? row : row.stream().map(change).toList());
        }

        Dialect withText(UnaryOperator<String> change) {
            return new Dialect(name, delimiter, values, change, bytes, charset);
        }

        Dialect withBytes(UnaryOperator<byte[]> change) {
            return new Dialect(name, delimiter, values, text, change, charset);
        }

        Dialect in(String other) {
            return in(Charset.forName(other));
        }

        Dialect in(Charset other) {
            return new Dialect(name, delimiter, values, text, bytes, other);
        }

        byte[] write(List<List<String>> table) {
            StringBuilder csv = new StringBuilder();
            for (int i = 0; i < table.size(); i++) {
                csv.append(values.of(table.get(i), i).stream().map(this::field).collect(Collectors.joining(delimiter)))
                        .append('\n');
            }
            return bytes.apply(text.apply(csv.toString()).getBytes(charset));
        }

        private String field(String value) {
            return value.contains(delimiter) || (value.contains("\"") && !value.startsWith("\""))
                    ? '"' + value + '"'
                    : value;
        }

        @Override
        public String toString() {
            return name;
        }
    }

    private interface Row {
        List<String> of(List<String> row, int at);
    }

    static Stream<Dialect> dialects() {
        UnaryOperator<String> decimalComma = value -> isDecimal(value) ? value.replace('.', ',') : value;
        UnaryOperator<String> umlauts = value -> value.equals("Mailed check") ? "\u00dcberweisung" : value;
        return Stream.of(
                Dialect.of("semicolons, decimal commas and a byte order mark")
                        .separatedBy(";")
                        .withValues(decimalComma)
                        .withText(text -> "\uFEFF" + text),
                Dialect.of("tabs").separatedBy("\t"),
                Dialect.of("bars").separatedBy("|"),
                Dialect.of("UTF-16LE with its mark").in(UTF_16LE).withText(text -> "\uFEFF" + text),
                Dialect.of("UTF-16BE with its mark and tabs")
                        .separatedBy("\t")
                        .in(UTF_16BE)
                        .withText(text -> "\uFEFF" + text),
                Dialect.of("UTF-16LE without a mark").in(UTF_16LE),
                Dialect.of("UTF-8 with umlauts").withValues(umlauts),
                Dialect.of("windows-1252 with umlauts")
                        .in("windows-1252")
                        .withValues(value -> value.equals("Mailed check") ? "\u201e\u00dcberweisung\u201c" : value),
                Dialect.of("ISO-8859-1 with umlauts").in(ISO_8859_1).withValues(umlauts),
                Dialect.of("ISO-8859-15 with the sign of the euro")
                        .in("ISO-8859-15")
                        .withValues(value -> value.equals("Mailed check") ? "\u20ac-\u00dcberweisung" : value),
                Dialect.of("quoted thousands").withValues(value -> grouped(value, ",", '.')),
                Dialect.of("thousands with points, decimal commas, semicolons")
                        .separatedBy(";")
                        .withValues(value -> grouped(value, ".", ',')),
                Dialect.of("thousands with spaces, decimal commas")
                        .separatedBy(";")
                        .withValues(value -> grouped(value, " ", ',')),
                Dialect.of("thousands with apostrophes").withValues(value -> grouped(value, "'", '.')),
                Dialect.of("NA").withValues(value -> value.isEmpty() ? "NA" : value),
                Dialect.of("NULL").withValues(value -> value.isEmpty() ? "NULL" : value),
                Dialect.of("a dash for blank").withValues(value -> value.isEmpty() ? "-" : value),
                Dialect.of("one blank for blank").withValues(value -> value.isEmpty() ? " " : value),
                Dialect.of("padded")
                        .withRows((row, at) ->
                                row.stream().map(value -> " " + value + "  ").toList()),
                Dialect.of("lower-case header")
                        .withRows((row, at) -> at == HEADER
                                ? row.stream()
                                        .map(name -> name.toLowerCase(Locale.ROOT))
                                        .toList()
                                : row),
                Dialect.of("header in words")
                        .withRows((row, at) -> at == HEADER
                                ? row.stream()
                                        .map(name -> name.replaceAll("(?<=[a-z])(?=[A-Z])", " ")
                                                .replaceFirst("^customer", "Customer"))
                                        .toList()
                                : row),
                Dialect.of("snake case header")
                        .withRows((row, at) -> at == HEADER
                                ? row.stream()
                                        .map(name -> name.replaceAll("(?<=[a-z])(?=[A-Z])", "_")
                                                .toLowerCase(Locale.ROOT))
                                        .toList()
                                : row),
                Dialect.of("gzip").withBytes(DialectsTest::packed),
                Dialect.of("gzip, semicolons, UTF-16LE")
                        .separatedBy(";")
                        .in(UTF_16LE)
                        .withText(text -> "\uFEFF" + text)
                        .withBytes(DialectsTest::packed),
                Dialect.of("CRLF").withText(text -> text.replace("\n", "\r\n")),
                Dialect.of("all quoted")
                        .withRows((row, at) ->
                                row.stream().map(value -> '"' + value + '"').toList()),
                Dialect.of("no end of the last line").withText(String::stripTrailing),
                Dialect.of("empty lines at the end").withText(text -> text + "\n\n"),
                Dialect.of("columns in another order").withRows((row, at) -> {
                    List<String> turned = new ArrayList<>(row);
                    Collections.reverse(turned);
                    return turned;
                }));
    }

    private static boolean isDecimal(String value) {
        return value.matches("\\d+\\.\\d+");
    }

    private static String grouped(String value, String thousands, char decimal) {
        return !value.matches("\\d+(\\.\\d+)?")
                ? value
                : value.replaceFirst("^(\\d)(\\d{3})(\\.|$)", "$1" + thousands + "$2$3")
                        .replaceFirst("\\.(\\d{1,2})$", decimal + "$1");
    }

    private static byte[] packed(byte[] bytes) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return packed.toByteArray();
    }

    /** The header and 50 rows; of three of them the total is not known. */
    private static List<List<String>> table() throws IOException {
        List<List<String>> table = new ArrayList<>();
        for (String line : Files.readAllLines(SHIPPED).subList(0, ROWS + 1)) {
            List<String> row = new ArrayList<>(List.of(line.split(",", -1)));
            if (table.size() % 20 == 7) {
                row.set(TOTAL, "");
            }
            table.add(row);
        }
        return table;
    }

    /** Each customer's values by the normalized names of their columns. */
    private List<Map<String, String>> customers(byte[] csv) throws IOException {
        Path file = Files.write(dir.resolve("customers.csv"), csv);
        InferredSchema inferred = InferredSchema.of(file, InferenceOptions.NONE, done -> {});
        Path schemaFile = Files.writeString(dir.resolve("customers.schema.yaml"), inferred.yaml());
        CustomerSchema schema = CustomerSchema.read(schemaFile);
        return customers(file, schema);
    }

    private static List<Map<String, String>> customers(Path file, CustomerSchema schema) {
        List<Map<String, String>> customers = new ArrayList<>();
        CsvFile.read(file, new CustomerValidator(schema, CustomerValidator.Mode.STRICT), (read, line) -> {
            assertThat(read.violations()).isEmpty();
            customers.add(values(read.customer(), schema));
        });
        return customers;
    }

    private static Map<String, String> values(Customer customer, CustomerSchema schema) {
        Map<String, String> values = new TreeMap<>();
        values.put("id", customer.customerId());
        values.put("outcome", customer.outcome().name());
        for (Field field : schema.fields()) {
            String value = field.isCategory() ? customer.category(field) : Double.toString(customer.number(field));
            // Under other words in some dialects.
            values.put(
                    ColumnNames.normalized(field.name()),
                    String.valueOf(value).matches(".*\u00dcberweisung.*") ? "Mailed check" : value);
        }
        return values;
    }

    @ParameterizedTest
    @MethodSource("dialects")
    void areReadAlike(Dialect dialect) throws IOException {
        List<Map<String, String>> plain = customers(Dialect.of("plain").write(table()));

        assertThat(customers(dialect.write(table()))).isEqualTo(plain);
    }

    @Test
    void areReadAsTheSchemaOfTheShippedCustomersReadsThem() throws IOException {
        Path file = Files.write(
                dir.resolve("first.csv"), Files.readAllLines(SHIPPED).subList(0, ROWS + 1));
        List<Map<String, String>> written = customers(
                file, CustomerSchema.read(Path.of("data/telco.schema.yaml").toAbsolutePath()));

        List<Map<String, String>> drafted = customers(Files.readAllBytes(file));

        assertThat(drafted).hasSize(ROWS).isEqualTo(written);
    }

    @Test
    void wordsForBlankAreFoundInLaterRowsToo() throws IOException {
        StringBuilder csv = new StringBuilder("id,amount,plan\n");
        for (int i = 0; i < 8000; i++) {
            csv.append("k")
                    .append(i)
                    .append(',')
                    .append(i > 7000 && i % 100 == 0 ? "NULL" : i % 500 + ".5")
                    .append(',');
            csv.append(i == 7777 ? "Basic " : i % 2 == 0 ? "Basic" : "Plus").append('\n');
        }
        Path file = Files.writeString(dir.resolve("late.csv"), csv);

        InferredSchema inferred = InferredSchema.of(file, InferenceOptions.NONE, done -> {});

        assertThat(inferred.yaml())
                .contains("csv: {blank: [\"NULL\"], trim: true}")
                .contains("    # blank in 9 of 8,000 rows\n    optional: true\n")
                .contains("    values: [Basic, Plus]\n");
    }
}
