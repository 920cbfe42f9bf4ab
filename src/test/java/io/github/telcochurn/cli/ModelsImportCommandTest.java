package io.github.telcochurn.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.telcochurn.LogReader;
import io.github.telcochurn.TestProject;
import io.github.telcochurn.batch.journal.RunStatus;
import io.github.telcochurn.batch.run.BatchRun;
import io.github.telcochurn.batch.run.RunRequest;
import io.github.telcochurn.config.ChurnConfig;
import io.github.telcochurn.ingest.CustomerSampler;
import io.github.telcochurn.kafka.TestBroker;
import io.github.telcochurn.scoring.ChurnModel;
import io.github.telcochurn.scoring.OnnxFiles;
import io.github.telcochurn.scoring.TestModels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The way of a model of another library: its input, import, promotion, and a batch run with it. */
class ModelsImportCommandTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path home;

    private Path models;
    private Path onnx;
    private Path features;
    private int churnedColumn;

    @BeforeEach
    void exportTheShippedChampion() throws IOException {
        models = Files.createDirectory(home.resolve("models"));
        TestModels.copyShipped(models);
        OnnxFiles.Exported exported = OnnxFiles.shippedChampion();
        onnx = Files.write(home.resolve("model.onnx"), exported.bytes());
        features = Files.write(home.resolve("features.json"), JSON.writeValueAsBytes(exported.features()));
        churnedColumn = exported.churnedColumn();
    }

    private InProcess models(String... arguments) {
        List<String> all = new ArrayList<>(List.of("models"));
        all.addAll(List.of(arguments));
        all.addAll(List.of(
                "--set", "churn.dir=" + home,
                "--set", "churn.model.dir=" + models,
                "--set", "churn.data.csv=" + TestProject.SHIPPED_CSV,
                "--set", "churn.schema=" + TestProject.SCHEMA_FILE));
        return InProcess.run(all.toArray(String[]::new));
    }

    private InProcess importIt(String... more) {
        List<String> all = new ArrayList<>(List.of(
                "import",
                "--input",
                onnx.toString(),
                "--name",
                "exported",
                "--features",
                features.toString(),
                "--churned-column",
                Integer.toString(churnedColumn)));
        all.addAll(List.of(more));
        return models(all.toArray(String[]::new));
    }

    private String imported() throws IOException {
        InProcess ended = importIt("--json");
        assertThat(ended.exitCode()).as(ended.err()).isEqualTo(ExitCodes.DONE);
        return JSON.readTree(ended.out()).get("version").asText();
    }

    @Test
    void importsBesideTheChampionAndTellsWhatItIs() throws IOException {
        InProcess lines = importIt();
        assertThat(lines.exitCode()).as(lines.err()).isEqualTo(ExitCodes.DONE);
        assertThat(lines.out())
                .contains("Imported exported-", "7,043 customers", "AUC 0.85", "./churn models promote exported-");
        String version = imported();

        InProcess list = models("list");
        assertThat(list.exitCode()).as(list.out()).isEqualTo(ExitCodes.DONE);
        assertThat(list.out()).contains("champion   " + TestModels.shippedVersion(), "candidate  " + version);
        JsonNode json = JSON.readTree(models("list", "--json").out());
        assertThat(json.at("/1/version").asText()).isEqualTo(version);
        assertThat(json.get(1).has("auc"))
                .as("no cross-validated figure is claimed")
                .isFalse();
        assertThat(json.at("/1/card/onnx/measured/auc").asDouble()).isBetween(0.84, 0.86);
        assertThat(models("show", version).out())
                .contains("imported at", "measured with", "kind", "operators=", "takes", "AUC")
                .doesNotContain("cross-validation");
        assertThat(models("compare", "champion", version, "--input", TestProject.SHIPPED_CSV.toString())
                        .out())
                .contains("0 change their risk tier")
                .endsWith("trained on this file, so not as good on other customers: " + TestModels.shippedVersion()
                        + "\n");
    }

    @Test
    void aBatchRunScoresWithItAfterItsPromotion() throws Exception {
        String version = imported();
        assertThat(models("promote", version).out()).contains(version + " is champion instead of");
        Map<String, String> settings = TestProject.settings(TestBroker.port());
        settings.put("churn.model.dir", models.toString());
        ChurnConfig config = TestProject.config(home, settings);
        Map<String, Double> expected = probabilitiesOfTheOriginal(config);

        BatchRun run = new StandaloneRun(config).run(RunRequest.fresh(Instant.now(), TestProject.SHIPPED_CSV));

        assertThat(run.state().status()).isEqualTo(RunStatus.SUCCEEDED);
        List<ConsumerRecord<byte[], byte[]>> predictions =
                new LogReader(config).read(config.topics().predictions());
        assertThat(predictions).hasSize(7043);
        int withReasons = 0;
        for (ConsumerRecord<byte[], byte[]> prediction : predictions) {
            JsonNode said = JSON.readTree(prediction.value());
            assertThat(said.get("model_version").asText()).isEqualTo(version);
            assertThat(said.get("churn_probability").asDouble())
                    .isCloseTo(expected.get(said.get("customerID").asText()), within(1e-5));
            withReasons += said.path("reasons").size() > 0 ? 1 : 0;
        }
        assertThat(withReasons).isGreaterThan(2000);
        JsonNode report = JSON.readTree(
                Path.of(run.reportFile().toString().replace(".md", ".json")).toFile());
        assertThat(report.get("model_version").asText()).isEqualTo(version);
        assertThat(report.at("/quality/auc").asDouble()).isBetween(0.84, 0.86);
        assertThat(report.at("/quality").has("training_data"))
                .as("what it was trained on is not known")
                .isFalse();
        assertThat(report.at("/quality").has("cross_validation")).isFalse();
        assertThat(report.at("/drift/score/verdict").asText()).isEqualTo("stable");
    }

    private static Map<String, Double> probabilitiesOfTheOriginal(ChurnConfig config) {
        ChurnModel original =
                TestModels.folder(TestModels.shippedFile().getParent()).champion();
        Map<String, Double> probabilities = new HashMap<>();
        CustomerSampler.customersOf(TestProject.SHIPPED_CSV, config.validator())
                .forEach(customer ->
                        probabilities.put(customer.customerId(), original.churnProbabilities(List.of(customer))[0]));
        return probabilities;
    }

    @Test
    void refusesWhatDoesNotFitWithExitCode3AndSaysWhatToDo() throws IOException {
        InProcess plainColumns = models("import", "--input", onnx.toString());
        assertThat(plainColumns.exitCode()).isEqualTo(ExitCodes.MISSING_PREREQUISITE);
        assertThat(plainColumns.err())
                .contains("numbers for each customer", "./churn models features", "--features FILE")
                .doesNotContain("\tat ");

        InProcess missing =
                models("import", "--input", home.resolve("nowhere.onnx").toString());
        assertThat(missing.exitCode()).isEqualTo(ExitCodes.FAILED);
        assertThat(missing.err()).contains("nowhere.onnx does not exist").doesNotContain("\tat ");

        assertThat(importIt("--churned-column", "2").exitCode()).isEqualTo(ExitCodes.BAD_USAGE);
        assertThat(models("import", "--input", onnx.toString(), "--name", "../x")
                        .exitCode())
                .isEqualTo(ExitCodes.BAD_USAGE);
        assertThat(JSON.readTree(models("list", "--json").out())).hasSize(1);
    }

    @Test
    void printsTheColumnsInTheirOrderAndTheirMeaning() throws IOException {
        List<String> lines = models("features").out().lines().toList();
        assertThat(lines.get(0)).matches(" +0  gender=Female +1 where gender is Female, else 0");
        assertThat(lines).anyMatch(line -> line.matches(" +\\d+  tenure +the number, 0 for a blank"));
        assertThat(lines).noneMatch(line -> line.contains("TotalCharges"));

        JsonNode json = JSON.readTree(models("features", "--json").out());
        assertThat(json).hasSize(lines.size());
        assertThat(json.at("/0/name").asText()).isEqualTo("gender=Female");
        Path same = Files.write(home.resolve("same.json"), JSON.writeValueAsBytes(json));
        assertThat(models("features", "--features", same.toString())
                        .out()
                        .lines()
                        .toList())
                .isEqualTo(lines);
    }

    @Test
    void writesCustomersAsTheTableThatAModelIsTrainedWith() throws IOException {
        Path csv = Files.write(
                home.resolve("some.csv"),
                Files.readAllLines(TestProject.SHIPPED_CSV).subList(0, 4));
        Files.writeString(csv, "broken\n", StandardOpenOption.APPEND);
        Path table = home.resolve("table.csv");

        InProcess ended = models("features", "--input", csv.toString(), "--output", table.toString());

        assertThat(ended.exitCode()).as(ended.err()).isEqualTo(ExitCodes.DONE);
        assertThat(ended.out()).contains("Wrote 3 customers", "1 rows left out");
        List<String> lines = Files.readAllLines(table);
        List<String> header = List.of(lines.get(0).split(","));
        List<String> first = List.of(lines.get(1).split(","));
        assertThat(lines).hasSize(4);
        assertThat(header).startsWith("customerID", "gender=Female").endsWith("Churn");
        assertThat(first.get(0)).isEqualTo("8921-FVGRR");
        assertThat(first.get(header.indexOf("gender=Female"))).isEqualTo("1");
        assertThat(first.get(header.indexOf("gender=Male"))).isEqualTo("0");
        assertThat(first.get(header.indexOf("tenure"))).isEqualTo("1");
        assertThat(first.get(header.indexOf("MonthlyCharges"))).isEqualTo("29.85");
        assertThat(lines.stream().skip(1).map(line -> line.substring(line.lastIndexOf(',') + 1)))
                .containsExactly("0", "0", "1");
    }
}
