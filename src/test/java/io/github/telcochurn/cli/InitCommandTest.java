package io.github.telcochurn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.telcochurn.kafka.TestBroker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InitCommandTest {
    private static final String MLC = "data/mlc-churn.csv";

    @TempDir
    private Path dir;

    private List<Path> files() throws IOException {
        try (Stream<Path> all = Files.list(dir)) {
            return all.toList();
        }
    }

    @Test
    void makesAFolderInWhichABatchRunWorksAsItIs() throws IOException {
        Path other = dir.resolve("other");

        InProcess init = InProcess.run("init", other.toString(), "--input", MLC, "--label", "churn");

        assertThat(init.exitCode()).as(init.err()).isEqualTo(ExitCodes.DONE);
        assertThat(init.out())
                .contains("mlc-churn: 5,000 rows, 19 columns, id customer_id, label churn")
                .contains("  ./churn batch --dir " + other + " --input " + MLC)
                .contains("  ./churn run --dir " + other);
        assertThat(files()).containsExactly(other);
        InProcess show = InProcess.run("models", "show", "--json", "--dir", other.toString());
        JsonNode card = new ObjectMapper().readTree(show.out());
        assertThat(card.get("version").asText()).startsWith("xgboost-deep-");
        JsonNode measured = card.get("cross_validation");
        assertThat(measured.get("auc").doubleValue()).isGreaterThanOrEqualTo(0.92);
        assertThat(measured.get("brier").doubleValue()).isLessThanOrEqualTo(0.037);
        assertThat(measured.get("calibration_error").doubleValue()).isLessThanOrEqualTo(0.02);

        InProcess batch = InProcess.run(
                "batch",
                "--dir",
                other.toString(),
                "--input",
                MLC,
                "--set",
                "churn.kafka.embedded.port=" + TestBroker.port());

        assertThat(batch.exitCode()).as(batch.err()).isEqualTo(ExitCodes.DONE);
        assertThat(batch.out()).contains("5,000 rows read = 5,000 predictions + 0 dead letters");
        try (Stream<Path> reports = Files.list(other.resolve("reports/batch"))) {
            Path report = reports.filter(file -> file.toString().endsWith(".md"))
                    .findFirst()
                    .orElseThrow();
            assertThat(Files.readString(report))
                    .contains("### Churn by international plan")
                    .contains("total day");
        }
    }

    @Test
    void leavesAFolderWithFilesAlone() throws IOException {
        Path mine = Files.writeString(dir.resolve("mine.txt"), "mine");

        InProcess init = InProcess.run("init", dir.toString(), "--input", MLC);

        assertThat(init.exitCode()).isEqualTo(ExitCodes.BAD_USAGE);
        assertThat(init.err()).startsWith(dir + " already exists and is not empty.");
        assertThat(files()).containsExactly(mine);
    }

    @Test
    void leavesNothingBehindWhenTheFileIsOfNoUse() throws IOException {
        Path csv = dir.resolve("unlabelled.csv");
        List<String> lines = new ArrayList<>(List.of("id,plan,months"));
        for (int i = 0; i < 50; i++) {
            lines.add("k" + i + "," + (i % 3 == 0 ? "Basic" : "Plus") + "," + i % 24);
        }
        Files.write(csv, lines);
        String other = dir.resolve("other").toString();

        InProcess unlabelled = InProcess.run("init", other, "--input", csv.toString());
        InProcess misspelt = InProcess.run("init", other, "--input", csv.toString(), "--label", "plam");
        InProcess missing =
                InProcess.run("init", other, "--input", dir.resolve("none.csv").toString());

        assertThat(unlabelled.exitCode()).isEqualTo(ExitCodes.BAD_USAGE);
        assertThat(unlabelled.err()).startsWith(csv + ": no column has the name of a label");
        assertThat(misspelt.exitCode()).isEqualTo(ExitCodes.BAD_USAGE);
        assertThat(misspelt.err()).contains("Did you mean plan?");
        assertThat(missing.exitCode()).isEqualTo(ExitCodes.FAILED);
        assertThat(missing.err()).startsWith("No file at ");
        assertThat(files()).containsExactly(csv);
    }

    @Test
    void leavesNothingBehindWhenNoModelCanBeTrained() throws IOException {
        Path csv = Files.writeString(dir.resolve("two.csv"), "id,plan,churn\nk1,Basic,yes\nk2,Plus,no\n");

        InProcess init = InProcess.run("init", dir.resolve("other").toString(), "--input", csv.toString());

        assertThat(init.exitCode()).isEqualTo(ExitCodes.FAILED);
        assertThat(init.err()).doesNotContain("\tat ");
        assertThat(files()).containsExactly(csv);
    }
}
