package io.github.telcochurn.ingest;

import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.telcochurn.ChurnFailure;
import io.github.telcochurn.TestProject;
import io.github.telcochurn.customer.CsvDialect;
import io.github.telcochurn.customer.Customer;
import io.github.telcochurn.customer.CustomerSchema;
import io.github.telcochurn.customer.CustomerValidator;
import io.github.telcochurn.customer.DecimalNotation;
import io.github.telcochurn.customer.Violation;
import io.github.telcochurn.scoring.ChurnModel;
import io.github.telcochurn.scoring.ModelFolder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The first shipped customers, written as other programs write CSV, read by a schema that says how. */
class CsvDialectTest {
    private static final CsvDialect PLAIN = CsvDialect.DEFAULT;
    private static final DecimalNotation COMMA = new DecimalNotation(',', (char) 0);
    private static final DecimalNotation COMMA_AND_POINTS = new DecimalNotation(',', '.');

    @TempDir
    private Path dir;

    private List<String> lines;

    @BeforeEach
    void readTheFirstShippedCustomers() throws IOException {
        lines = Files.readAllLines(TestProject.SHIPPED_CSV).subList(0, 51);
    }

    /** By the shipped schema with a csv section; what is JSON is YAML too. */
    private CustomerValidator validator(CsvDialect dialect) throws IOException {
        Map<String, Object> csv = Map.of(
                "delimiter", String.valueOf(dialect.delimiter()),
                "encoding", dialect.encoding().name(),
                "decimal", String.valueOf(dialect.numbers().decimal()),
                "thousands",
                        dialect.numbers().thousands() == 0
                                ? ""
                                : String.valueOf(dialect.numbers().thousands()),
                "blank", dialect.blank(),
                "trim", dialect.isTrimmed());
        String yaml =
                Files.readString(TestProject.SCHEMA_FILE) + "csv: " + new ObjectMapper().writeValueAsString(csv) + "\n";
        Path file = Files.writeString(dir.resolve("written.schema.yaml"), yaml);
        return new CustomerValidator(CustomerSchema.read(file), CustomerValidator.Mode.STRICT);
    }

    private List<Customer.Validated> read(byte[] content, CsvDialect dialect) throws IOException {
        Path file = Files.write(dir.resolve("customers.csv"), content);
        List<Customer.Validated> read = new ArrayList<>();
        CsvFile.read(file, validator(dialect), (row, line) -> read.add(row));
        return read;
    }

    private static CsvDialect in(String charset) {
        return new CsvDialect(',', Charset.forName(charset), DecimalNotation.PLAIN, List.of(), false);
    }

    private static CsvDialect separatedBy(char delimiter, DecimalNotation numbers) {
        return new CsvDialect(delimiter, UTF_8, numbers, List.of(), false);
    }

    private static byte[] packed(byte[] content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(content);
        }
        return bytes.toByteArray();
    }

    /** Changes the shipped text. */
    private interface Writing {
        byte[] of(List<String> lines) throws IOException;
    }

    private static String text(List<String> lines) {
        return String.join("\n", lines) + "\n";
    }

    private static Writing utf8(UnaryOperator<String> change) {
        return lines -> change.apply(text(lines)).getBytes(UTF_8);
    }

    private static String commas(String text) {
        return text.replace(",", ";").replaceAll("(\\d)[.](\\d)", "$1,$2");
    }

    static Stream<Arguments> writings() {
        CsvDialect blanks = new CsvDialect(',', UTF_8, DecimalNotation.PLAIN, List.of("NA", "-"), false);
        CsvDialect trimmed = new CsvDialect(',', UTF_8, DecimalNotation.PLAIN, List.of(), true);
        return Stream.of(
                Arguments.of("as shipped", utf8(text -> text), PLAIN),
                Arguments.of("CR LF", utf8(text -> text.replace("\n", "\r\n")), PLAIN),
                Arguments.of("a byte order mark", utf8(text -> "\uFEFF" + text), PLAIN),
                Arguments.of("semicolons and decimal commas", utf8(CsvDialectTest::commas), separatedBy(';', COMMA)),
                Arguments.of(
                        "semicolons, decimal commas, points between thousands, a mark",
                        utf8(text -> "\uFEFF" + commas(text).replaceAll(";(\\d)(\\d{3},\\d+);", ";$1.$2;")),
                        separatedBy(';', COMMA_AND_POINTS)),
                Arguments.of(
                        "quoted thousands",
                        utf8(text -> text.replaceAll(",(\\d)(\\d{3}[.]\\d+),", ",\"$1,$2\",")),
                        separatedBy(',', new DecimalNotation('.', ','))),
                Arguments.of("tabs", utf8(text -> text.replace(",", "\t")), separatedBy('\t', DecimalNotation.PLAIN)),
                Arguments.of("bars", utf8(text -> text.replace(",", "|")), separatedBy('|', DecimalNotation.PLAIN)),
                Arguments.of("all in quotes", utf8(text -> text.replaceAll("([^,\n]*)([,\n])", "\"$1\"$2")), PLAIN),
                Arguments.of(
                        "lower-case header",
                        (Writing) lines -> text(withHeader(lines, lines.get(0).toLowerCase(Locale.ROOT)))
                                .getBytes(UTF_8),
                        PLAIN),
                Arguments.of(
                        "a header in words",
                        (Writing) lines -> text(withHeader(lines, lines.get(0).replaceAll("(?<=[a-z])(?=[A-Z])", " ")))
                                .getBytes(UTF_8),
                        PLAIN),
                Arguments.of(
                        "an alias",
                        (Writing) lines -> text(withHeader(lines, lines.get(0).replace("tenure", "Tenure_Months")))
                                .getBytes(UTF_8),
                        PLAIN),
                Arguments.of("padded", utf8(text -> text.replace(",", " , ")), trimmed),
                Arguments.of("NA for what there is not", utf8(text -> text.replace(", ,", ",NA,")), blanks),
                Arguments.of(
                        "UTF-16LE with its mark",
                        (Writing) lines -> ("\uFEFF" + text(lines)).getBytes(UTF_16LE),
                        PLAIN),
                Arguments.of(
                        "UTF-16BE with its mark",
                        (Writing) lines -> ("\uFEFF" + text(lines)).getBytes(Charset.forName("UTF-16BE")),
                        PLAIN),
                Arguments.of(
                        "UTF-16LE without a mark",
                        (Writing) lines -> text(lines).getBytes(UTF_16LE),
                        in("UTF-16LE")),
                Arguments.of(
                        "windows-1252",
                        (Writing) lines -> text(lines).getBytes(Charset.forName("windows-1252")),
                        in("windows-1252")),
                Arguments.of("gzip", (Writing) lines -> packed(text(lines).getBytes(UTF_8)), PLAIN),
                Arguments.of(
                        "gzip of UTF-16LE, tabs",
                        (Writing) lines -> packed(("\uFEFF" + text(lines).replace(",", "\t")).getBytes(UTF_16LE)),
                        separatedBy('\t', DecimalNotation.PLAIN)));
    }

    private static List<String> withHeader(List<String> lines, String header) {
        List<String> changed = new ArrayList<>(lines);
        changed.set(0, header);
        return changed;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("writings")
    void givesTheSamePredictions(String name, Writing writing, CsvDialect dialect) throws IOException {
        ChurnModel model = new ModelFolder(TestProject.ROOT.resolve("models"), TestProject.SCHEMA).champion();
        List<Customer> shipped = read(text(lines).getBytes(UTF_8), PLAIN).stream()
                .map(Customer.Validated::customer)
                .toList();

        List<Customer.Validated> read = read(writing.of(lines), dialect);

        assertThat(read).as(name).hasSize(50).allMatch(Customer.Validated::isValid);
        List<Customer> customers =
                read.stream().map(Customer.Validated::customer).toList();
        assertThat(customers).isEqualTo(shipped);
        assertThat(model.churnProbabilities(customers)).isEqualTo(model.churnProbabilities(shipped));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"29.85", "1,234,5", "1.23,5", "12345.678,9", "1.234.", "--1", ",", "1 234,5", "1.234,5e3"})
    void refusesANumberThatIsNoneInItsNotationInsteadOfGuessing(String number) throws IOException {
        String row = commas(lines.get(1)).replace(";29,85;29,85;", ";" + number + ";29,85;");

        List<Customer.Validated> read =
                read(text(List.of(commas(lines.get(0)), row)).getBytes(UTF_8), separatedBy(';', COMMA_AND_POINTS));

        assertThat(read.get(0).violations())
                .extracting(Violation::toString)
                .containsExactly("MonthlyCharges must be a number with a decimal comma and \".\" between thousands,"
                        + " but is \"" + number + '"');
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"1.889,50|1889.50", "29,85|29.85", "-0,5|-0.5", "1889|1889", ",5|.5", "1.234.567|1234567", "7,|7."
            })
    void readsANumberInItsNotation(String number, String plain) {
        assertThat(COMMA_AND_POINTS.plain(number)).isEqualTo(plain);
    }

    @Test
    void readsUmlautsInTheEncodingThatTheSchemaNames() throws IOException {
        String id = "J\u00fcrgen-\u00d6";
        lines.set(1, lines.get(1).replaceFirst("^[^,]*", id));

        List<Customer.Validated> read = read(text(lines).getBytes(Charset.forName("ISO-8859-15")), in("ISO-8859-15"));

        assertThat(read.get(0).customer().customerId()).isEqualTo(id);
    }

    @ParameterizedTest
    @CsvSource({"false, UTF-8", "false, UTF-16LE", "true, UTF-8", "true, UTF-16LE"})
    void resumesInTheMiddleOfAFile(boolean isPacked, String charset) throws IOException {
        byte[] content = ("\uFEFF" + text(lines)).getBytes(Charset.forName(charset));
        Path path = Files.write(dir.resolve("resumed.csv"), isPacked ? packed(content) : content);
        CsvFile file = CsvFile.open(path, TestProject.SCHEMA);
        List<String> whole = new ArrayList<>();
        CsvPosition afterTwenty;
        try (CsvChunks chunks = file.chunks(file.firstRow(), 20, Long.MAX_VALUE)) {
            CsvChunk first = chunks.next();
            afterTwenty = first.next();
            whole.add(first.text());
            chunks.forEachRemaining(chunk -> whole.add(chunk.text()));
        }

        List<String> resumed = new ArrayList<>();
        try (CsvChunks chunks = file.chunks(afterTwenty, 20, Long.MAX_VALUE)) {
            chunks.forEachRemaining(chunk -> resumed.add(chunk.text()));
        }

        assertThat(afterTwenty.row()).isEqualTo(21);
        assertThat(resumed).hasSize(2).isEqualTo(whole.subList(1, 3));
        assertThat(String.join("", whole))
                .isEqualTo(lines.stream().skip(1).collect(Collectors.joining("\n", "", "\n")));
    }

    @Test
    void keepsTheBytesOfARowAsTheyStandInTheFile() throws IOException {
        lines.set(2, "a row of, two fields");
        Path path = Files.write(dir.resolve("utf16.csv"), ("\uFEFF" + text(lines)).getBytes(UTF_16LE));
        CsvFile file = CsvFile.open(path, TestProject.SCHEMA);

        try (CsvChunks chunks = file.chunks(file.firstRow(), 10, 10)) {
            assertThat(chunks.next().rows().get(1).bytes()).isEqualTo("a row of, two fields".getBytes(UTF_16LE));
        }
    }

    @Test
    void saysThatACompressedFileWasCutOff() throws IOException {
        byte[] whole = packed(Files.readAllBytes(TestProject.SHIPPED_CSV));
        byte[] half = Arrays.copyOf(whole, whole.length / 2);

        assertThatThrownBy(() -> read(half, PLAIN))
                .isInstanceOf(ChurnFailure.class)
                .hasMessageContaining("customers.csv is damaged or was cut off: after ")
                .hasMessageContaining("Get the file again.");
    }

    @Test
    void saysWhoseCustomersAFileOfAnotherTelcoLacks() {
        CustomerSchema schema = TestProject.SCHEMA;

        assertThatThrownBy(() -> CsvFile.open(TestProject.ROOT.resolve("data/mlc-churn.csv"), schema))
                .isInstanceOf(ChurnFailure.class)
                .hasMessageContaining("mlc-churn.csv is not a CSV file of the customers of telco")
                .hasMessageContaining("but customer_id, state, account_length")
                .hasMessageContaining("./churn schema infer --help");
    }
}
