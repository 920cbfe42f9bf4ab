package io.github.telcochurn.scoring;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.github.telcochurn.TestProject;
import io.github.telcochurn.config.ChurnConfig;
import io.github.telcochurn.customer.CustomerValidator;
import io.github.telcochurn.deadletter.DeadLetters;
import io.github.telcochurn.deadletter.KeptValues;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class ChurnScorerTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final ChurnScorer scorer = new ChurnScorer(
            ChurnModel.load(TestProject.ROOT.resolve("models"), TestProject.SCHEMA),
            new CustomerValidator(TestProject.SCHEMA, CustomerValidator.Mode.LENIENT),
            new ChurnConfig.Score(2000, 0.5, 0.3, 0.6),
            new DeadLetters(new KeptValues(Path.of("target/kept-values"))),
            InstantSource.system());

    @Test
    void saysInWordsWhyACustomerIsAtRisk() throws IOException {
        JsonNode prediction = score(ChurnScorerTest::atHighRisk);

        assertThat(prediction.get("risk_tier").asText()).isEqualTo("High");
        assertThat(prediction.get("reasons")).hasSize(3);
        assertThat(prediction.get("reasons").findValuesAsText("feature"))
                .containsExactly("tenure", "InternetService", "Contract");
        assertThat(prediction.get("reasons").findValuesAsText("reason"))
                .containsExactly("tenure 2 months", "fiber optic internet", "month-to-month contract");
        assertThat(schemaProblems(prediction)).isEmpty();
    }

    @Test
    void givesNoReasonsWhereThereIsLittleRisk() throws IOException {
        JsonNode prediction = score(fields -> fields.put("Contract", "Two year").put("tenure", 70));

        assertThat(prediction.get("risk_tier").asText()).isEqualTo("Low");
        assertThat(prediction.has("reasons")).isFalse();
        assertThat(schemaProblems(prediction)).isEmpty();
    }

    @Test
    void givesReasonsForACustomerWhoseValuesAreAbsent() throws IOException {
        JsonNode prediction = score(fields -> {
            atHighRisk(fields);
            fields.putNull("Contract").putNull("tenure").putNull("TechSupport");
        });

        assertThat(prediction.get("reasons").findValuesAsText("reason")).contains("tenure unknown", "contract unknown");
        assertThat(schemaProblems(prediction)).isEmpty();
    }

    @Test
    void staysInTheSchemaForTheLargestAmounts() throws IOException {
        JsonNode charges = score(fields -> fields.put(
                "MonthlyCharges", TestProject.SCHEMA.field("MonthlyCharges").max()));
        JsonNode tenure = score(fields ->
                fields.put("tenure", TestProject.SCHEMA.field("tenure").max()));

        assertThat(schemaProblems(charges)).isEmpty();
        assertThat(schemaProblems(tenure)).isEmpty();
    }

    private static void atHighRisk(ObjectNode fields) {
        fields.put("tenure", 2).put("InternetService", "Fiber optic").put("Contract", "Month-to-month");
        fields.put("MonthlyCharges", 70.7);
    }

    private JsonNode score(Consumer<ObjectNode> change) throws IOException {
        ConsumerRecord<byte[], byte[]> raw =
                new ConsumerRecord<>("raw", 0, 0, "7590-VHVEG".getBytes(UTF_8), TestCustomers.raw(change));
        ConsumerRecords<byte[], byte[]> poll =
                new ConsumerRecords<>(Map.of(new TopicPartition("raw", 0), List.of(raw)), Map.of());
        return JSON.readTree(scorer.score(poll).predictions().records().get(0).value());
    }

    private static Iterable<?> schemaProblems(JsonNode prediction) {
        return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                .getSchema(PredictionSchema.of(TestProject.SCHEMA))
                .validate(prediction);
    }
}
