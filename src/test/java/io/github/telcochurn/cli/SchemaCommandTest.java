package io.github.telcochurn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.telcochurn.customer.CustomerSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SchemaCommandTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String MLC = "data/mlc-churn.csv";

    @TempDir
    private Path dir;

    @Test
    void checksTheConfiguredSchemaAndOthers() {
        assertThat(InProcess.run("schema", "check").out())
                .contains(
                        "telco.schema.yaml: telco, 19 columns, 18 of them features, id customerID, label Churn (Yes: left, No: stayed)");
        assertThat(InProcess.run("schema", "check", "data/mlc.schema.yaml").out())
                .isEqualTo(
                        "✓ data/mlc.schema.yaml: mlc, 19 columns, 15 of them features, id customer_id, label churn (yes:"
                                + " left, no: stayed)" + System.lineSeparator());
    }

    @Test
    void namesEveryProblemByLineAndColumn() throws IOException {
        Path file = Files.writeString(dir.resolve("wrong.schema.yaml"), """
                name: wrong
                id: id
                colums: []
                columns:
                  - name: plan
                    values: [a, a]
                """);

        InProcess check = InProcess.run("schema", "check", file.toString());

        assertThat(check.exitCode()).isEqualTo(ExitCodes.BAD_USAGE);
        assertThat(check.err()).contains(file + "(3,1): Unknown key colums").contains(file + "(6,17): ");
    }

    @Test
    void showsTheColumns() {
        assertThat(InProcess.run("schema", "show").out())
                .contains("tenure", "whole number from 0 to 1200 (months)")
                .contains("blank when tenure is 0; not a feature")
                .contains("revenue");
    }

    @Test
    void printsTheJsonSchemasOfTopics() throws IOException {
        JsonNode raw = JSON.readTree(
                InProcess.run("schema", "json", "data/mlc.schema.yaml").out());
        JsonNode prediction =
                JSON.readTree(InProcess.run("schema", "json", "--of", "prediction", "data/mlc.schema.yaml")
                        .out());

        assertThat(raw.at("/properties/state/enum")).hasSize(51);
        assertThat(prediction.at("/properties").has("customer_id")).isTrue();
    }

    @Test
    void infersADraftToStandardOutput() throws IOException {
        InProcess infer = InProcess.run("schema", "infer", "--input", MLC, "--label", "Churn");

        assertThat(infer.exitCode()).isZero();
        CustomerSchema draft = CustomerSchema.read(Files.writeString(dir.resolve("draft.yaml"), infer.out()));
        assertThat(draft.idName()).isEqualTo("customer_id");
    }

    @Test
    void infersADraftIntoAFileThatIsNotThereYet() throws IOException {
        Path output = dir.resolve("new/mlc.schema.yaml");

        InProcess first = InProcess.run("schema", "infer", "--input", MLC, "--output", output.toString());
        InProcess second = InProcess.run("schema", "infer", "--input", MLC, "--output", output.toString());

        assertThat(first.out())
                .contains("mlc-churn: 5,000 rows, 19 columns, id customer_id, label churn")
                .contains("Saved in " + output + ". Next: ./churn schema check " + output);
        assertThat(CustomerSchema.read(output).fields()).hasSize(19);
        assertThat(second.exitCode()).isEqualTo(ExitCodes.BAD_USAGE);
        assertThat(second.err()).startsWith("--output " + output + ": the file already exists.");
    }

    @Test
    void tellsAsJsonWhatItFound() throws IOException {
        Path csv = dir.resolve("leaky.csv");
        StringBuilder lines = new StringBuilder("id,churn,Churn Value,months\n");
        for (int i = 0; i < 100; i++) {
            lines.append("k" + i + (i % 4 == 0 ? ",yes,1," : ",no,0,") + i % 17 + "\n");
        }
        Files.writeString(csv, lines);

        JsonNode found = JSON.readTree(InProcess.run("schema", "infer", "--input", csv.toString(), "--json")
                .out());

        assertThat(found.get("columns").get(0).textValue()).isEqualTo("months");
        assertThat(found.at("/left_out/0/column").textValue()).isEqualTo("Churn Value");
        assertThat(found.at("/left_out/0/why").textValue()).isEqualTo("leak");
        assertThat(found.at("/left_out/0/auc").doubleValue()).isEqualTo(1);
        assertThat(found.get("schema").textValue()).contains("# Churn Value is left out: a copy of churn");
    }
}
