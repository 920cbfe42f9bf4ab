package io.github.telcochurn.batch.figures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.github.telcochurn.TestProject;
import io.github.telcochurn.batch.run.RunRequest;
import io.github.telcochurn.cli.StandaloneRun;
import io.github.telcochurn.config.ChurnConfig;
import io.github.telcochurn.customer.Customer;
import io.github.telcochurn.customer.CustomerValidator;
import io.github.telcochurn.ingest.CustomerSampler;
import io.github.telcochurn.kafka.TestBroker;
import io.github.telcochurn.scoring.ChurnModel;
import io.github.telcochurn.scoring.ModelFolder;
import io.github.telcochurn.scoring.TestModels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A run whose customers have shifted in a known way: they all are new, in their first months. Who of them leaves is drawn from a known
 * probability, so that the real AUC is known, and is another one than that of the training data.
 */
class PlantedShiftTest {
    private static final int TENURE = 5;
    private static final int MONTHLY_CHARGES = 18;
    private static final int TOTAL_CHARGES = 19;
    private static final int CHURN = 20;

    @TempDir
    private Path home;

    private Path models;
    private ChurnModel champion;

    @BeforeEach
    void copyTheChampion() throws IOException {
        models = Files.createDirectory(home.resolve("models"));
        TestModels.copyShipped(models);
        champion = new ModelFolder(models, TestProject.SCHEMA).champion();
    }

    /** The shipped customers in a month from 1 to 12, and without a label. */
    private static List<String[]> newCustomers() throws IOException {
        List<String[]> rows = new ArrayList<>();
        for (String line : Files.readAllLines(TestProject.SHIPPED_CSV)) {
            String[] cells = line.split(",", -1);
            if (!rows.isEmpty()) {
                cells[TENURE] = Integer.toString(1 + rows.size() % 12);
                // Blank of those in month 0.
                cells[TOTAL_CHARGES] = cells[TOTAL_CHARGES].isBlank() ? cells[MONTHLY_CHARGES] : cells[TOTAL_CHARGES];
                cells[CHURN] = "";
            }
            rows.add(cells);
        }
        return rows;
    }

    private static Path write(Path csv, List<String[]> rows) throws IOException {
        return Files.write(
                csv, rows.stream().map(cells -> String.join(",", cells)).toList());
    }

    /** The same customers, labelled by chance with the probabilities of a customer that the champion gives. */
    private Path labelled(List<String[]> rows) throws IOException {
        Path unlabelled = write(home.resolve("unlabelled.csv"), rows);
        List<Customer> customers = CustomerSampler.customersOf(
                unlabelled, new CustomerValidator(TestProject.SCHEMA, CustomerValidator.Mode.STRICT));
        double[] truth = champion.churnProbabilities(customers);
        Random random = new Random(17);
        for (int i = 0; i < truth.length; i++) {
            rows.get(1 + i)[CHURN] = random.nextDouble() < truth[i] ? "Yes" : "No";
        }
        return write(home.resolve("labelled.csv"), rows);
    }

    private JsonNode run(Path csv, String shadow) throws Exception {
        Map<String, String> settings = TestProject.settings(TestBroker.port());
        settings.put("churn.model.dir", models.toString());
        settings.put("churn.model.shadow", shadow);
        ChurnConfig config = TestProject.config(home, settings);
        Path markdown = new StandaloneRun(config)
                .run(RunRequest.fresh(Instant.now(), csv))
                .reportFile();
        JsonNode report = new ObjectMapper()
                .readTree(Path.of(markdown.toString().replace(".md", ".json")).toFile());
        assertThat(JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                        .getSchema(PlantedShiftTest.class.getResourceAsStream("/schemas/batch-report.schema.json"))
                        .validate(report))
                .isEmpty();
        if (report.has("shadow")) {
            assertThat(Files.readString(markdown)).contains("## Shadow", "What " + shadow);
            assertThat(Files.readString(Path.of(markdown.toString().replace(".md", ".html"))))
                    .contains("<h2>Shadow</h2>", "Expected quality, without labels");
        }
        return report;
    }

    @Test
    void isNamedWithItsDirectionAndTheQualityIsKnownBeforeTheLabelsAre() throws Exception {
        TestModels.add(models, "higher-1", 1, 0.7);
        List<String[]> rows = newCustomers();
        JsonNode before = run(write(home.resolve("before.csv"), rows), "higher-1");
        JsonNode after = run(labelled(rows), "higher-1");

        List<JsonNode> shifted = StreamSupport.stream(
                        before.at("/drift/columns").spliterator(), false)
                .filter(column -> column.get("verdict").asText().equals("shifted"))
                .toList();
        assertThat(shifted).extracting(column -> column.get("name").asText()).containsExactly("tenure");
        assertThat(shifted.get(0).get("change").asText()).isEqualTo("lower");
        assertThat(before.get("warnings").toString()).contains("tenure (PSI ", ", lower)");
        assertThat(before.at("/drift/score/change").asText()).isEqualTo("higher");

        double expected = before.at("/expected_quality/auc").asDouble();
        double real = after.at("/quality/auc").asDouble();
        assertThat(before.has("quality")).as("labels").isFalse();
        assertThat(expected).isCloseTo(real, within(0.02));
        assertThat(before.at("/expected_quality/accuracy").asDouble())
                .isCloseTo(after.at("/quality/accuracy").asDouble(), within(0.02));
        assertThat(real)
                .as("the card's figure would have been wrong")
                .isNotCloseTo(before.at("/expected_quality/cross_validated_auc").asDouble(), within(0.03));

        assertThat(before.at("/shadow/version").asText()).isEqualTo("higher-1");
        assertThat(before.at("/shadow/mean_shift").asDouble()).isPositive();
        assertThat(before.at("/shadow").has("shadow"))
                .as("quality without labels")
                .isFalse();
        assertThat(after.at("/shadow/labelled").asInt()).isEqualTo(7043);
        assertThat(after.at("/shadow/champion/auc").asDouble()).isCloseTo(real, within(1e-9));
        assertThat(after.at("/shadow/shadow/brier").asDouble())
                .as("of probabilities that are too high")
                .isGreaterThan(after.at("/shadow/champion/brier").asDouble());
    }

    @Test
    void aShadowWithLowerScoresHasANegativeShiftAndAnUnusableOneIsAWarning() throws Exception {
        TestModels.add(models, "lower-1", 1, -0.7);
        TestModels.addAltered(models, "altered-1");
        Path some = write(home.resolve("some.csv"), newCustomers().subList(0, 800));

        JsonNode lower = run(some, "lower-1");
        assertThat(lower.at("/shadow/mean_shift").asDouble()).isNegative();
        assertThat(lower.at("/shadow/customers").asInt()).isEqualTo(799);
        assertThat(lower.at("/shadow/tier_agreement").asDouble()).isBetween(0.3, 0.99);

        JsonNode unusable = run(some, "altered-1");
        assertThat(unusable.get("status").asText()).isEqualTo("SUCCEEDED");
        assertThat(unusable.has("shadow")).isFalse();
        assertThat(unusable.get("warnings").toString()).contains("The shadow altered-1", "its SHA-256 is");
    }
}
