package io.github.telcochurn.batch.run;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.telcochurn.TestProject;
import io.github.telcochurn.config.ChurnConfig;
import io.github.telcochurn.customer.CustomerValidator;
import io.github.telcochurn.customer.Violation;
import io.github.telcochurn.ingest.CsvFile;
import io.github.telcochurn.scoring.ModelCard;
import io.github.telcochurn.scoring.ModelFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DataQualityTest {
    private static final int CONTRACT = 15;
    private static final int PARTNER = 3;
    private static final int SENIOR_CITIZEN = 2;
    private static final int MONTHLY_CHARGES = 18;
    private static final int TOTAL_CHARGES = 19;
    private static final ChurnConfig.Quality SHIPPED = new ChurnConfig.Quality(1, 50, 50, 50, 0, 100);

    private static final CustomerValidator STRICT =
            new CustomerValidator(TestProject.SCHEMA, CustomerValidator.Mode.STRICT);

    private final ModelCard card = new ModelFolder(TestProject.ROOT.resolve("models"), TestProject.SCHEMA)
            .champion()
            .card();

    @TempDir
    private Path dir;

    @Test
    void findsNothingInTheDataThatTheModelWasTrainedOn() {
        DataQuality.Findings found = DataQuality.of(TestProject.SHIPPED_CSV, STRICT, card, SHIPPED);

        assertThat(found.file().sha256())
                .isEqualTo(CsvFile.open(TestProject.SHIPPED_CSV, TestProject.SCHEMA)
                        .sha256());
        assertThat(found)
                .isEqualTo(new DataQuality.Findings(found.file(), 7043, 0, 0, List.of(), List.of(), List.of()));
    }

    @Test
    void warnsOfAFileThatMayHaveBeenCutOff() throws IOException {
        assertThat(of(SHIPPED, shipped().limit(100)).warnings())
                .containsExactly("The file has 100 rows; the model was trained on 7,043. Is it complete?");
    }

    @Test
    void refusesAFileWithoutRows() throws IOException {
        assertThat(of(SHIPPED, Stream.of()).refusals()).containsExactly("it has 0 rows; churn.quality.min-rows is 1");
    }

    @Test
    void distinguishesBlanksFromUnknownCategoriesAndCountsBrokenRows() throws IOException {
        DataQuality.Findings found = of(
                SHIPPED,
                every(10, row -> with(row, CONTRACT, "Weekly")),
                every(4, row -> with(row, PARTNER, "")),
                every(100, row -> "\"" + row));

        assertThat(found.broken())
                .isEqualTo(IntStream.range(0, 7043)
                        .filter(i -> i % 10 == 0 || i % 4 == 0 || i % 100 == 0)
                        .count());
        assertThat(found.rows()).isEqualTo(7043);
        assertThat(found.warnings())
                .anyMatch(warning -> warning.matches("The file has 2[345]\\.\\d % rows without a Partner\\."))
                .anyMatch(warning -> warning.contains("% rows with a Contract that the model does not know"))
                .anyMatch(warning -> warning.contains("% rows that break a rule"));
        assertThat(found.refusals()).isEmpty();
    }

    @Test
    void refusesWhatIsBeyondABound() throws IOException {
        ChurnConfig.Quality strict = new ChurnConfig.Quality(1, 5, 10, 10, 0, 100);

        DataQuality.Findings found =
                of(strict, every(5, row -> with(row, CONTRACT, "Weekly")), every(3, row -> with(row, PARTNER, "")));

        assertThat(found.refusals())
                .hasSize(3)
                .anyMatch(
                        refusal -> refusal.contains("rows that break a rule; churn.quality.max-broken-percent is 5.0"))
                .anyMatch(
                        refusal -> refusal.contains("rows without a Partner; churn.quality.max-blank-percent is 10.0"))
                .anyMatch(refusal -> refusal.contains("churn.quality.max-unknown-percent is 10.0"));
    }

    @Test
    void warnsOfAShiftAndRefusesItWhenConfigured() throws IOException {
        UnaryOperator<String> dearer = row -> with(row, MONTHLY_CHARGES, "118.75");

        assertThat(of(SHIPPED, every(1, dearer)).warnings())
                .singleElement()
                .asString()
                .contains("shifted since the model was trained, in MonthlyCharges (PSI ");
        assertThat(of(new ChurnConfig.Quality(1, 50, 50, 50, 0.5, 100), every(1, dearer))
                        .refusals())
                .singleElement()
                .asString()
                .contains("churn.quality.max-psi is 0.5");
    }

    @Test
    void saysWhichRulesTheRowsOfARefusedFileBreakMostWhereFirstAndWhatToDo() throws IOException {
        DataQuality.Findings found = of(
                SHIPPED,
                every(1, row -> with(row, SENIOR_CITIZEN, "No")),
                every(2, row -> with(row, MONTHLY_CHARGES, "NA")),
                every(3, row -> with(row, TOTAL_CHARGES, "\"1,889.50\"")),
                every(500, row -> with(row, CONTRACT, "month to month")));

        assertThat(found.refusal(Path.of("customers.csv"))).isEqualTo("""
                        Nothing of customers.csv was sent: it has 100.0 % rows that break a rule; \
                        churn.quality.max-broken-percent is 50.0.
                        The most frequent violations:
                        - 7,043 rows: SeniorCitizen must be 0 or 1, first in line 2: "No". Write 1 for Yes, and 0 for No.
                        - 3,522 rows: MonthlyCharges must be a plain decimal number, first in line 2: "NA". Leave the field \
                        empty where there is no value, or write csv: {blank: ["NA"]} in the schema; churn.validation=lenient \
                        scores rows without it.
                        - 2,348 rows: TotalCharges must be a plain decimal number, first in line 2: "1,889.50". Write it \
                        without thousands separators: 1889.50; or write csv: {thousands: ","} in the schema.
                        Correct the file, or change the bound.""");
    }

    @Test
    void namesTheLineOfARowThatFollowsAnotherOfSeveralLines() throws IOException {
        List<String> rows = shipped().limit(3).toList();

        DataQuality.Findings found = of(
                new ChurnConfig.Quality(1, 0, 50, 50, 0, 100),
                Stream.of("\"a\nb\"" + rows.get(0).substring(10), "\"" + rows.get(1), with(rows.get(2), 5, "1201")));

        assertThat(found.mostFrequent())
                .containsExactly(
                        "- 1 row: row has a quote that is never closed, first in line 4."
                                + " Write a double quote inside a quoted field twice.",
                        "- 1 row: tenure must be at most 1200, first in line 5: \"1201\".");
    }

    @Test
    void tellsHowToConvertAFileInIso88591() throws IOException {
        Path csv = dir.resolve("latin1.csv");
        Files.write(csv, Files.readAllLines(TestProject.SHIPPED_CSV).subList(0, 1));
        Files.writeString(
                csv,
                shipped().limit(3).map(row -> "Müller" + row + "\n").collect(Collectors.joining()),
                ISO_8859_1,
                StandardOpenOption.APPEND);

        assertThat(DataQuality.of(csv, STRICT, card, SHIPPED).mostFrequent())
                .containsExactly(
                        "- 3 rows: row is not valid UTF-8, first in line 2. Write csv: {encoding: ISO-8859-1} in the schema if it"
                                + " is in that encoding, or convert the file: iconv -f ISO-8859-1 -t UTF-8 " + csv
                                + " > customers.csv.");
    }

    @ParameterizedTest
    @CsvSource({
        "tenure, '1.234,5', 'Write it with a decimal point: 1234.5; or write csv: {decimal: \",\"} in the schema.'",
        "MonthlyCharges, '29,85', 'Write it with a decimal point: 29.85; or write csv: {decimal: \",\"} in the schema.'",
        "MonthlyCharges, '1,889', 'Write it without thousands separators: 1889; or write csv: {thousands: \",\"} in the schema.'",
        "MonthlyCharges, N/A, 'Leave the field empty where there is no value, or write csv: {blank: [\"N/A\"]} in the schema; churn.validation=lenient scores rows without it.'",
        "Contract, NULL, 'Leave the field empty where there is no value, or write csv: {blank: [\"NULL\"]} in the schema; churn.validation=lenient scores rows without it.'",
        "Contract, MONTH-TO-MONTH, 'Write it as \"Month-to-month\".'",
        "Contract, 1 year, Did you mean One year?",
        "SeniorCitizen, true, 'Write 1 for Yes, and 0 for No.'",
        "tenure, -3, ''"
    })
    void tellsWhatToDoAboutAValue(String column, String value, String remedy) {
        assertThat(new Remedy(TestProject.SCHEMA).of(new Violation(column, "breaks a rule", value), dir))
                .isEqualTo(remedy);
    }

    @Test
    void countsRowsThatRepeatACustomerIgnoringBlanksAroundTheId() throws IOException {
        List<String> rows = shipped().toList();

        DataQuality.Findings found = of(
                SHIPPED, Stream.concat(rows.stream(), rows.stream().limit(704).map(row -> "  " + row)));

        assertThat(found.repeated()).isEqualTo(704);
        assertThat(found.warnings())
                .containsExactly("The file has 704 rows (9.1 %) of customers who are in it more than once."
                        + " The report counts each customer once, by the last row.");
        assertThat(found.refusals()).isEmpty();
    }

    @Test
    void refusesMoreRepeatedCustomersThanTheBound() throws IOException {
        ChurnConfig.Quality atMostTwo = new ChurnConfig.Quality(1, 50, 50, 50, 0, 2);
        List<String> rows = shipped().toList();

        assertThat(of(atMostTwo, Stream.concat(rows.stream(), rows.stream().limit(704)))
                        .refusals())
                .containsExactly("it has 704 rows (9.1 %) of customers who are in it more than once;"
                        + " churn.quality.max-duplicate-percent is 2.0");
        assertThat(of(atMostTwo, Stream.concat(rows.stream(), rows.stream().limit(100)))
                        .refusals())
                .isEmpty();
    }

    private record Change(int every, UnaryOperator<String> change) {}

    private static Change every(int every, UnaryOperator<String> change) {
        return new Change(every, change);
    }

    private DataQuality.Findings of(ChurnConfig.Quality bounds, Change... changes) throws IOException {
        List<String> rows = shipped().toList();
        return of(bounds, IntStream.range(0, rows.size()).mapToObj(i -> changed(rows.get(i), i, changes)));
    }

    private static String changed(String row, int number, Change... changes) {
        String result = row;
        for (Change change : changes) {
            result = number % change.every() == 0 ? change.change().apply(result) : result;
        }
        return result;
    }

    private DataQuality.Findings of(ChurnConfig.Quality bounds, Stream<String> rows) throws IOException {
        String header = Files.readAllLines(TestProject.SHIPPED_CSV).get(0);
        Path csv = Files.write(
                dir.resolve("customers.csv"),
                Stream.concat(Stream.of(header), rows).toList());
        return DataQuality.of(csv, STRICT, card, bounds);
    }

    private static Stream<String> shipped() throws IOException {
        return Files.readAllLines(TestProject.SHIPPED_CSV).stream().skip(1);
    }

    private static String with(String row, int field, String value) {
        String[] fields = row.split(",", -1);
        fields[field] = value;
        return String.join(",", fields);
    }
}
