package io.github.telcochurn.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.github.telcochurn.LogReader;
import io.github.telcochurn.MissingPrerequisite;
import io.github.telcochurn.TestProject;
import io.github.telcochurn.batch.journal.RunStatus;
import io.github.telcochurn.batch.run.BatchRun;
import io.github.telcochurn.batch.run.RunRequest;
import io.github.telcochurn.config.ChurnConfig;
import io.github.telcochurn.customer.RawMessageSchema;
import io.github.telcochurn.kafka.TestBroker;
import io.github.telcochurn.scoring.ModelCard;
import io.github.telcochurn.scoring.ModelFolder;
import io.github.telcochurn.scoring.PredictionSchema;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The other shipped customers, who have other columns, by the same program and routes. */
class SecondTelcoTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path CSV = TestProject.ROOT.resolve("data/mlc-churn.csv");

    @TempDir
    private Path home;

    private ChurnConfig config() {
        Map<String, String> settings = new HashMap<>(TestProject.settings(TestBroker.port()));
        settings.put(
                "churn.schema", TestProject.ROOT.resolve("data/mlc.schema.yaml").toString());
        settings.put("churn.model.dir", TestProject.ROOT.resolve("models/mlc").toString());
        settings.put("churn.data.csv", CSV.toString());
        return TestProject.config(home, settings);
    }

    private static JsonNode tree(ConsumerRecord<byte[], byte[]> record) {
        try {
            return JSON.readTree(record.value());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonSchema form(JsonNode schema) {
        return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(schema);
    }

    @Test
    void hasItsCustomersScoredExplainedAndReported() throws Exception {
        ChurnConfig config = config();

        BatchRun run = new StandaloneRun(config).run(RunRequest.fresh(Instant.now(), CSV));

        assertThat(run.state().status()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(run.state().books().headline()).isEqualTo("5,000 rows read = 5,000 predictions + 0 dead letters");
        assertThat(run.state().books().isBalanced()).isTrue();
        JsonSchema raw = form(RawMessageSchema.of(config.schema()));
        assertThat(new LogReader(config).read(config.topics().raw()))
                .hasSize(5000)
                .allSatisfy(message -> assertThat(raw.validate(tree(message))).isEmpty());
        JsonSchema prediction = form(PredictionSchema.of(config.schema()));
        List<ConsumerRecord<byte[], byte[]>> predictions =
                new LogReader(config).read(config.topics().predictions());
        assertThat(predictions)
                .hasSize(5000)
                .allSatisfy(message ->
                        assertThat(prediction.validate(tree(message))).isEmpty())
                .anySatisfy(message -> assertThat(
                                tree(message).at("/reasons/0/reason").asText())
                        .contains("customer service"));

        String name = run.reportFile().getFileName().toString().replace(".md", "");
        JsonNode report =
                JSON.readTree(run.reportFile().resolveSibling(name + ".json").toFile());
        assertThat(form(JSON.readTree(SecondTelcoTest.class.getResourceAsStream("/schemas/batch-report.schema.json")))
                        .validate(report))
                .isEmpty();
        assertThat(report.findValuesAsText("column"))
                .contains("international_plan", "number_customer_service_calls", "total_day_minutes");
        assertThat(report.has("revenue_at_risk")).isFalse();
        for (String ending : List.of(".html", ".md")) {
            assertThat(Files.readString(run.reportFile().resolveSibling(name + ending)))
                    .contains("Churn by international plan")
                    .doesNotContainIgnoringCase("revenue")
                    .doesNotContain("tenure", "Contract");
        }
    }

    @Test
    void hasAModelThatFindsWhoLeaves() {
        ChurnConfig config = config();

        ModelCard card =
                new ModelFolder(config.modelDir(), config.schema()).champion().card();

        assertThat(card.crossValidation().performance().auc()).isGreaterThanOrEqualTo(0.91);
        assertThat(card.crossValidation().performance().brier()).isLessThanOrEqualTo(0.045);
        assertThat(card.schema().fingerprint()).isEqualTo(config.schema().fingerprint());
    }

    @Test
    void isNotScoredByTheModelOfAnotherSchema() {
        ChurnConfig config = config();

        assertThatThrownBy(() -> new ModelFolder(TestProject.ROOT.resolve("models"), config.schema()).champion())
                .isInstanceOf(MissingPrerequisite.class)
                .hasMessageContaining("is of another schema (telco) than churn.schema (mlc): they differ in Contract,")
                .hasMessageContaining("and 30 other columns");
    }
}
