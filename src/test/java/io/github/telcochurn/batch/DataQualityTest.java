package io.github.telcochurn.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.telcochurn.TestProject;
import io.github.telcochurn.config.ChurnConfig;
import io.github.telcochurn.customer.CustomerValidator;
import io.github.telcochurn.ingest.CsvFile;
import io.github.telcochurn.scoring.ChurnModel;
import io.github.telcochurn.scoring.ModelCard;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataQualityTest {
    private static final int CONTRACT = 15;
    private static final int PARTNER = 3;
    private static final int MONTHLY_CHARGES = 18;
    private static final ChurnConfig.Quality SHIPPED = new ChurnConfig.Quality(1, 50, 50, 50, 0, 100);

    private final ModelCard card =
            ChurnModel.load(TestProject.ROOT.resolve("models")).card();

    @TempDir
    private Path dir;

    @Test
    void hasNothingToSayOfTheDataThatTheModelWasTrainedOn() {
        DataQuality.Findings found =
                DataQuality.of(CsvFile.open(TestProject.SHIPPED_CSV), CustomerValidator.Mode.STRICT, card, SHIPPED);

        assertThat(found).isEqualTo(new DataQuality.Findings(7043, 0, 0, List.of(), List.of()));
    }

    @Test
    void warnsOfAFileThatMayHaveBeenCutOff() throws IOException {
        assertThat(of(SHIPPED, shipped().limit(100)).warnings())
                .containsExactly("The file has 100 rows; the model was trained on 7,043. Is it whole?");
    }

    @Test
    void refusesAFileWithoutRows() throws IOException {
        assertThat(of(SHIPPED, Stream.of()).refusals()).containsExactly("it has 0 rows; churn.quality.min-rows is 1");
    }

    @Test
    void tellsBlanksFromUnknownCategoriesAndCountsBrokenRows() throws IOException {
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
    void noticesAShiftAndRefusesItWhenToldTo() throws IOException {
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
    void saysHowManyRowsRepeatACustomerWhateverBlanksAreAroundTheId() throws IOException {
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
        return DataQuality.of(CsvFile.open(csv), CustomerValidator.Mode.STRICT, card, bounds);
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
