package io.github.telcochurn.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.telcochurn.TestProject;
import io.github.telcochurn.scoring.TestModels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvaluateCommandTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path home;

    private List<String> shipped;

    @BeforeEach
    void readTheShippedCustomers() throws IOException {
        shipped = Files.readAllLines(TestProject.SHIPPED_CSV);
    }

    private Path file(List<String> lines) throws IOException {
        return Files.write(home.resolve("customers.csv"), lines);
    }

    private InProcess evaluate(Path input, String... arguments) {
        List<String> all = new ArrayList<>(List.of("evaluate", "--input", input.toString()));
        all.addAll(List.of(arguments));
        all.addAll(List.of("--set", "churn.dir=" + home));
        if (Stream.of(arguments).noneMatch(argument -> argument.startsWith("churn.model.dir"))) {
            all.addAll(List.of("--set", "churn.model.dir=" + TestProject.ROOT.resolve("models")));
        }
        all.addAll(List.of("--set", "churn.schema=" + TestProject.SCHEMA_FILE));
        return InProcess.run(all.toArray(String[]::new));
    }

    private JsonNode json(Path input, String... arguments) throws IOException {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.add("--json");
        InProcess ended = evaluate(input, all.toArray(String[]::new));
        assertThat(ended.exitCode()).as(ended.err()).isEqualTo(ExitCodes.DONE);
        return JSON.readTree(ended.out());
    }

    @Test
    void measuresWithIntervalsWhatTheCardSaysOfTheTrainingData() throws IOException {
        JsonNode found = json(TestProject.SHIPPED_CSV);

        assertThat(found.get("model").asText()).isEqualTo(TestModels.shippedVersion());
        assertThat(found.get("customers").asInt()).isEqualTo(7043);
        assertThat(found.get("churned").asInt()).isEqualTo(1869);
        assertThat(found.get("mean_probability").asDouble()).isCloseTo(1869 / 7043.0, within(0.005));
        for (String figure : List.of("auc", "accuracy", "precision", "recall", "f1", "brier", "log_loss")) {
            double value = found.get(figure).asDouble();
            JsonNode interval = found.at("/intervals/" + figure);
            assertThat(value)
                    .as(figure)
                    .isBetween(
                            interval.get("from").asDouble(), interval.get("to").asDouble());
            assertThat(found.at("/cross_validation/" + figure).asDouble())
                    .as(figure)
                    .isCloseTo(value, within(0.01));
        }
        JsonNode confusion = found.get("confusion");
        double right = confusion.get("true_positives").asDouble()
                + confusion.get("true_negatives").asDouble();
        assertThat(right / 7043).isCloseTo(found.get("accuracy").asDouble(), within(1e-9));
        assertThat(confusion.get("true_positives").asInt()
                        + confusion.get("false_negatives").asInt())
                .isEqualTo(1869);
        int customers = 0;
        for (JsonNode bin : found.get("calibration")) {
            customers += bin.get("customers").asInt();
        }
        assertThat(found.get("calibration")).hasSize(10);
        assertThat(customers).isEqualTo(7043);
        assertThat(found.at("/training_rows/same_file").asBoolean()).isTrue();
        assertThat(found.at("/training_rows/overlap").asInt()).isEqualTo(7043);
    }

    @Test
    void countsTheRowsThatTheModelWasTrainedOnWhateverTheirForm() throws IOException {
        List<String> lines = new ArrayList<>();
        for (int row = 0; row <= 300; row++) {
            List<String> cells = new ArrayList<>(Arrays.asList(shipped.get(row).split(",", -1)));
            if (row > 100) {
                cells.set(0, "new-" + row);
            } else if (row > 0 && row <= 20) {
                // The label may be another by now; the row is the same.
                cells.set(20, "Yes");
            }
            // The id last, and the label first.
            cells.add(cells.remove(0));
            cells.add(0, cells.remove(19));
            lines.add(String.join(",", cells));
        }
        lines.add(lines.get(1).replaceFirst("^(Yes|No),", ","));
        lines.add(lines.get(1).replace("Female", "Unknown"));

        JsonNode found = json(file(lines));

        assertThat(found.get("customers").asInt()).isEqualTo(300);
        assertThat(found.get("unlabelled_rows").asInt()).isEqualTo(1);
        assertThat(found.get("rejected_rows").asInt()).isEqualTo(1);
        assertThat(found.at("/training_rows/same_file").asBoolean()).isFalse();
        assertThat(found.at("/training_rows/overlap").asInt()).isEqualTo(100);
        assertThat(evaluate(file(lines)).out())
                .contains("trained on 100 of these rows (33.3 %)")
                .contains("Left out: 1 invalid rows, and 1 without a label");
    }

    @Test
    void cannotTellTheOverlapOfAModelWithoutHashesOfItsRows() throws IOException {
        Path models = Files.createDirectory(home.resolve("models"));
        TestModels.copyShipped(models);
        TestModels.add(models, "steeper-1", 1.5, 0.1);
        Path input = file(shipped.subList(0, 500));
        String folder = "churn.model.dir=" + models;

        InProcess lines = evaluate(input, "--model", "steeper-1", "--set", folder);
        assertThat(lines.exitCode()).as(lines.err()).isEqualTo(ExitCodes.DONE);
        assertThat(lines.out()).contains("steeper-1 on 499 labelled customers", "cannot be told", "steeper-1.rows");

        JsonNode found = json(input, "--model", "steeper-1", "--set", folder);
        assertThat(found.at("/training_rows").has("overlap")).isFalse();
        assertThat(found.at("/training_rows/unknown").asText()).contains("steeper-1.rows");
        // A calibration that rises changes no ranking.
        assertThat(found.get("auc").asDouble())
                .isCloseTo(json(input, "--set", folder).get("auc").asDouble(), within(1e-9));
        assertThat(found.get("log_loss").asDouble())
                .isGreaterThan(json(input, "--set", folder).get("log_loss").asDouble());
    }

    @Test
    void saysWhatIsWrongAndWhatToDo() throws IOException {
        assertFails(evaluate(home.resolve("nowhere.csv")), ExitCodes.FAILED, "No file at");
        assertFails(
                evaluate(TestProject.SHIPPED_CSV, "--model", "nowhere-1"),
                ExitCodes.MISSING_PREREQUISITE,
                "No model nowhere-1");
        List<String> withoutLabel = shipped.subList(0, 10).stream()
                .map(line -> line.substring(0, line.lastIndexOf(',')))
                .toList();
        assertFails(evaluate(file(withoutLabel)), ExitCodes.FAILED, "the column Churn");
        assertFails(evaluate(file(shipped.subList(0, 1))), ExitCodes.FAILED, "no rows below the header");
        List<String> stayed = Stream.concat(
                        Stream.of(shipped.get(0)), shipped.stream().filter(line -> line.endsWith(",No")))
                .limit(10)
                .toList();
        assertFails(evaluate(file(stayed)), ExitCodes.FAILED, "0 of its customers have Churn = Yes, and 9 have No");
        assertThat(InProcess.run("evaluate").exitCode()).isEqualTo(ExitCodes.BAD_USAGE);
    }

    private static void assertFails(InProcess ended, int exitCode, String message) {
        assertThat(ended.err()).contains(message).doesNotContain("\tat ");
        assertThat(ended.exitCode()).isEqualTo(exitCode);
        assertThat(ended.out()).isEmpty();
    }
}
