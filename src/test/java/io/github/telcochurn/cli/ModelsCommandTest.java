package io.github.telcochurn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.telcochurn.TestProject;
import io.github.telcochurn.scoring.TestModels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelsCommandTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path home;

    private Path models;
    private String shipped;

    @BeforeEach
    void putTwoModelsSideBySide() throws IOException {
        models = Files.createDirectory(home.resolve("models"));
        TestModels.copyShipped(models);
        TestModels.add(models, "steeper-1", 1.5, 0.1);
        shipped = TestModels.shippedVersion();
    }

    private InProcess models(String... arguments) {
        return churn("models", arguments);
    }

    private InProcess churn(String command, String... arguments) {
        List<String> all = new ArrayList<>(List.of(command));
        all.addAll(List.of(arguments));
        all.addAll(List.of(
                "--set",
                "churn.dir=" + home,
                "--set",
                "churn.model.dir=" + models,
                "--set",
                "churn.schema=" + TestProject.SCHEMA_FILE));
        return InProcess.run(all.toArray(String[]::new));
    }

    private static JsonNode json(InProcess ended) throws IOException {
        assertThat(ended.exitCode()).as(ended.err()).isEqualTo(ExitCodes.DONE);
        return JSON.readTree(ended.out());
    }

    @Test
    void listsTheVersionsWithTheirRolesAndFigures() throws IOException {
        InProcess lines = models("list");
        assertThat(lines.exitCode()).as(lines.err()).isEqualTo(ExitCodes.DONE);
        assertThat(lines.out().lines().toList().get(1)).contains("champion", shipped, "0.85", "7,043");
        assertThat(lines.out().lines().toList().get(2)).contains("candidate", "steeper-1");

        JsonNode list = json(models("list", "--json"));
        assertThat(list).hasSize(2);
        JsonNode champion = list.get(0);
        assertThat(champion.get("version").asText()).isEqualTo(shipped);
        assertThat(champion.get("role").asText()).isEqualTo("champion");
        assertThat(champion.get("since").asText()).startsWith("2026-");
        assertThat(champion.get("auc").asDouble()).isBetween(0.84, 0.86);
        assertThat(champion.get("log_loss").asDouble()).isBetween(0.40, 0.42);
        assertThat(champion.get("brier").asDouble()).isBetween(0.13, 0.14);
        assertThat(champion.get("trained_at").asText()).endsWith("Z");
        assertThat(champion.get("rows").asInt()).isEqualTo(7043);
        assertThat(list.get(1).get("role").asText()).isEqualTo("candidate");

        JsonNode withShadow = json(models("list", "--json", "--set", "churn.model.shadow=steeper-1"));
        assertThat(withShadow.get(1).get("role").asText()).isEqualTo("shadow");
    }

    @Test
    void showsACardInLinesAndAsItIs() throws IOException {
        InProcess lines = models("show", "steeper-1");
        assertThat(lines.exitCode()).as(lines.err()).isEqualTo(ExitCodes.DONE);
        assertThat(lines.out())
                .contains("steeper-1", "7,043 customers of WA_Fn-UseC_-Telco-Customer-Churn.csv, 1,869 of them churned")
                .contains("slope 1.5000, intercept 0.1000")
                .contains("AUC", "compared with");
        assertThat(models("show").out()).contains(shipped, "champion since");
        assertThat(json(models("show", "champion", "--json")).get("version").asText())
                .isEqualTo(shipped);

        InProcess missing = models("show", "nowhere-1");
        assertThat(missing.exitCode()).isEqualTo(ExitCodes.MISSING_PREREQUISITE);
        assertThat(missing.err()).contains("No model nowhere-1", "steeper-1");
    }

    @Test
    void promotesRollsBackAndTellsWhatServedWhen() throws IOException {
        InProcess promoted = models("promote", "steeper-1");
        assertThat(promoted.exitCode()).as(promoted.err()).isEqualTo(ExitCodes.DONE);
        assertThat(promoted.out()).contains("steeper-1 is champion instead of " + shipped);
        assertThat(models("promote", "steeper-1").out()).contains("steeper-1 is champion already");

        JsonNode back = json(models("rollback", "--json"));
        assertThat(back.get("champion").asText()).isEqualTo(shipped);
        assertThat(back.get("before").asText()).isEqualTo("steeper-1");

        JsonNode history = json(models("history", "--json"));
        assertThat(history.findValuesAsText("champion")).containsExactly(shipped, "steeper-1", shipped);
        assertThat(history.findValuesAsText("by")).containsExactly("train", "promote", "rollback");
        assertThat(models("history").out().lines()).hasSize(3);
    }

    @Test
    void refusesABadModelWithExitCode3AndTheChampionStays() throws IOException {
        TestModels.addAltered(models, "altered-1");
        TestModels.addOverflowing(models, "overflowing-1");
        byte[] history = Files.readAllBytes(models.resolve("history.jsonl"));

        InProcess altered = models("promote", "altered-1");
        assertThat(altered.exitCode()).isEqualTo(ExitCodes.MISSING_PREREQUISITE);
        assertThat(altered.err()).contains("its SHA-256 is").doesNotContain("\tat ");
        InProcess overflowing = models("promote", "overflowing-1");
        assertThat(overflowing.exitCode()).isEqualTo(ExitCodes.MISSING_PREREQUISITE);
        assertThat(overflowing.err())
                .contains("cannot score ordinary customers")
                .doesNotContain("\tat ");

        assertThat(models.resolve("history.jsonl")).hasBinaryContent(history);
        InProcess list = models("list");
        assertThat(list.exitCode()).isEqualTo(ExitCodes.MISSING_PREREQUISITE);
        assertThat(list.out()).contains("✗ candidate  altered-1", "✓ champion   " + shipped);
    }

    @Test
    void saysThatASettingOverridesAPromotion() throws IOException {
        InProcess promoted = models("promote", "steeper-1", "--set", "churn.model.champion=" + shipped);

        assertThat(promoted.out()).contains("churn.model.champion is set to " + shipped);
        assertThat(json(models("list", "--json", "--set", "churn.model.champion=" + shipped))
                        .at("/0/version")
                        .asText())
                .isEqualTo(shipped);
    }

    @Test
    void comparesTwoModelsByTheirCardsAndOnAFile() throws IOException {
        InProcess cards = models("compare", shipped, "steeper-1");
        assertThat(cards.exitCode()).as(cards.err()).isEqualTo(ExitCodes.DONE);
        assertThat(cards.out()).contains(shipped, "steeper-1", "AUC", "log loss", "Brier");

        String csv = TestProject.SHIPPED_CSV.toString();
        InProcess lines = models("compare", shipped, "steeper-1", "--input", csv);
        assertThat(lines.out())
                .contains("On the 7,043 customers of WA_Fn-UseC_-Telco-Customer-Churn.csv (0 invalid rows left out")
                .containsPattern("[\\d,]+ change their risk tier")
                .contains("trained on this file");
        JsonNode found = json(models("compare", shipped, "steeper-1", "--input", csv, "--json"));
        assertThat(found.at("/models/1/version").asText()).isEqualTo("steeper-1");
        assertThat(found.at("/input/comparison/tier_changes").asInt()).isPositive();
        assertThat(found.at("/input/comparison/mean_absolute_difference").asDouble())
                .isBetween(0.01, 0.2);
        assertThat(found.at("/input/comparison/first/auc").asDouble()).isBetween(0.84, 0.87);
        assertThat(found.at("/input/comparison/second/brier").asDouble())
                .isGreaterThan(found.at("/input/comparison/first/brier").asDouble());
    }

    @Test
    void comparesOnRowsWithoutLabelsAndWithBrokenOnes() throws IOException {
        List<String> shippedRows = Files.readAllLines(TestProject.SHIPPED_CSV);
        List<String> rows = new ArrayList<>();
        for (String row : shippedRows.subList(0, 21)) {
            rows.add(row.substring(0, row.lastIndexOf(',')));
        }
        rows.add("broken");
        Path csv = Files.write(home.resolve("unlabelled.csv"), rows);

        JsonNode found = json(models("compare", shipped, "steeper-1", "--input", csv.toString(), "--json"));

        assertThat(found.at("/input/comparison/customers").asInt()).isEqualTo(20);
        assertThat(found.at("/input/rejected_rows").asInt()).isEqualTo(1);
        assertThat(found.at("/input/comparison/labelled").asInt(-1)).isZero();
        assertThat(found.at("/input/comparison/first").isMissingNode()).isTrue();
    }

    @Test
    void trainSavesBesideTheOthersAndPromotesUnlessToldNotTo() throws IOException {
        Path csv = Files.write(
                home.resolve("some.csv"),
                Files.readAllLines(TestProject.SHIPPED_CSV).subList(0, 1001));

        InProcess kept = churn("train", "--no-promote", "--trainer", "logistic", "--input", csv.toString());
        assertThat(kept.exitCode()).as(kept.err()).isEqualTo(ExitCodes.DONE);
        assertThat(kept.out()).contains("The champion is still " + shipped, "./churn models promote logistic-");
        assertThat(json(models("list", "--json"))).hasSize(3);
        assertThat(json(models("show", "--json")).get("version").asText()).isEqualTo(shipped);

        InProcess promoted = churn("train", "--trainer", "logistic", "--input", csv.toString());
        assertThat(promoted.out()).contains("is champion instead of " + shipped);
        JsonNode list = json(models("list", "--json"));
        assertThat(list).as("the same version again").hasSize(3);
        assertThat(list.at("/0/rows").asInt()).isEqualTo(1000);
        assertThat(json(models("history", "--json")).findValuesAsText("by")).containsExactly("train", "train");
        assertThat(json(models("rollback", "--json")).get("champion").asText()).isEqualTo(shipped);
    }

    @Test
    void trainRefusesALeakAsAMistakeUnlessItIsAllowed() throws IOException {
        List<String> shippedRows = Files.readAllLines(TestProject.SHIPPED_CSV).subList(0, 1001);
        Path csv = Files.write(
                home.resolve("some.csv"),
                shippedRows.stream()
                        .map(line -> line.substring(line.lastIndexOf(',') + 1).replace("Churn", "ended") + "," + line)
                        .toList());
        Path schema = Files.writeString(
                home.resolve("leaky.schema.yaml"),
                Files.readString(TestProject.SCHEMA_FILE)
                        .replace("\ncolumns:", "\ncolumns:\n  - {name: ended, values: [\"No\", \"Yes\"]}"));
        String[] train = {"train", "--input", csv.toString(), "--set", "churn.schema=" + schema};
        String[] all = Stream.concat(
                        Stream.of(train),
                        Stream.of("--output", home.resolve("leaky").toString()))
                .toArray(String[]::new);

        InProcess refused = InProcess.run(all);
        assertThat(refused.exitCode()).isEqualTo(ExitCodes.BAD_USAGE);
        assertThat(refused.err())
                .contains("No model was trained", "  ended: a copy of Churn in other words", "--allow-leak 'ended'");
        assertThat(home.resolve("leaky")).doesNotExist();

        InProcess misspelt = InProcess.run(Stream.concat(Stream.of(all), Stream.of("--allow-leak", "endet"))
                .toArray(String[]::new));
        assertThat(misspelt.exitCode()).isEqualTo(ExitCodes.BAD_USAGE);
        assertThat(misspelt.err()).contains("the schema telco has no such column. Did you mean ended?");

        InProcess allowed = InProcess.run(Stream.concat(Stream.of(all), Stream.of("--allow-leak", "ended"))
                .toArray(String[]::new));
        assertThat(allowed.exitCode()).as(allowed.err()).isEqualTo(ExitCodes.DONE);
        try (Stream<Path> files = Files.list(home.resolve("leaky"))) {
            assertThat(files.filter(file -> file.toString().endsWith(".html")).findFirst())
                    .hasValueSatisfying(
                            page -> assertThat(page).content().contains("ended seems to give the label away"));
        }
    }
}
