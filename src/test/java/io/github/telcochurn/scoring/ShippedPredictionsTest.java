package io.github.telcochurn.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.telcochurn.TestProject;
import io.github.telcochurn.config.ChurnConfig;
import io.github.telcochurn.customer.Customer;
import io.github.telcochurn.customer.CustomerSchema;
import io.github.telcochurn.customer.CustomerValidator;
import io.github.telcochurn.ingest.CsvFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;

/**
 * What the champion says of the shipped customers is what it said before schemas came: shipped/predictions.tsv was written by
 * commit abf0754, which knew the columns by an enum. It has id, probability and reasons of 300 customers.
 */
class ShippedPredictionsTest {
    private static final Path BEFORE = TestProject.ROOT.resolve("src/test/resources/shipped/predictions.tsv");
    /** Everybody has reasons then. */
    private static final ChurnConfig.Score SETTINGS = new ChurnConfig.Score(2_000, 0.5, 0.0, 0.6);

    /** A line of the file. */
    private record Said(String customerId, double probability, String reasons) {}

    @Test
    void championSaysWhatItSaidBeforeSchemasCame() throws IOException {
        List<Said> before = before();
        List<Said> now = now();

        assertThat(before).hasSize(300);
        assertThat(now).hasSize((int) TestProject.SHIPPED_ROWS);
        SoftAssertions softly = new SoftAssertions();
        for (int i = 0; i < before.size(); i++) {
            Said expected = before.get(i);
            Said actual = now.get((int) ((long) i * now.size() / before.size()));
            softly.assertThat(actual.customerId()).isEqualTo(expected.customerId());
            softly.assertThat(actual.probability()).isCloseTo(expected.probability(), within(1e-12));
            softly.assertThat(actual.reasons()).isEqualTo(expected.reasons());
        }
        softly.assertAll();
    }

    private static List<Said> before() throws IOException {
        return Files.readAllLines(BEFORE).stream()
                .map(line -> line.split("\t", -1))
                .map(values -> new Said(values[0], Double.parseDouble(values[1]), values[2]))
                .toList();
    }

    private static List<Said> now() {
        CustomerSchema schema = CustomerSchema.read(TestProject.ROOT.resolve("data/telco.schema.yaml"));
        List<Customer> customers = new ArrayList<>();
        CsvFile.read(
                TestProject.SHIPPED_CSV,
                new CustomerValidator(schema, CustomerValidator.Mode.STRICT),
                (row, line) -> customers.add(row.customer()));
        ChurnModel model =
                new ModelFolder(TestProject.ROOT.resolve("src/test/resources/shipped/model"), schema).champion();
        List<Assessor.Assessment> assessments = new Assessor(model, SETTINGS).assess(customers);
        List<Said> said = new ArrayList<>();
        for (int i = 0; i < customers.size(); i++) {
            Assessor.Assessment assessment = assessments.get(i);
            String reasons = assessment.reasons().stream()
                    .map(reason -> reason.column() + ": " + reason.text() + ", " + reason.contribution())
                    .collect(Collectors.joining(" | "));
            said.add(new Said(customers.get(i).customerId(), assessment.probability(), reasons));
        }
        return said;
    }
}
