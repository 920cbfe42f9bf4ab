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
import io.github.telcochurn.deadletter.DeadLetterMaker;
import io.github.telcochurn.deadletter.KeptValues;
import io.github.telcochurn.kafka.OutgoingRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChurnScorerTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final ChurnScorer scorer = new ChurnScorer(
            new ModelFolder(TestProject.ROOT.resolve("models"), TestProject.SCHEMA).champion(),
            new CustomerValidator(TestProject.SCHEMA, CustomerValidator.Mode.LENIENT),
            new ChurnConfig.Score(2000, 0.5, 0.3, 0.6),
            new DeadLetterMaker(new KeptValues(Path.of("target/kept-values"))),
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

    @Test
    void scoresEachPollWithOneModelWhileAnotherOneIsSwappedIn(@TempDir Path dir) throws Exception {
        TestModels.copyShipped(dir);
        TestModels.add(dir, "steeper-1", 1.5, 0.1);
        ChurnModel first = TestModels.folder(dir).champion();
        ChurnModel second = TestModels.folder(dir).load("steeper-1");
        ServingModel serving = new ServingModel(first);
        ChurnScorer swapped = scorer(serving);
        AtomicBoolean isDone = new AtomicBoolean();
        Thread promoter = new Thread(() -> {
            for (int i = 0; !isDone.get(); i++) {
                serving.serve(i % 2 == 0 ? second : first);
                Thread.onSpinWait();
            }
        });
        promoter.start();
        Set<String> all = new HashSet<>();
        try {
            for (int poll = 0; poll < 200; poll++) {
                Set<String> versions = versions(swapped, 0, poll * 20L, 20);
                assertThat(versions).as("of one poll").hasSize(1);
                all.addAll(versions);
            }
        } finally {
            isDone.set(true);
            promoter.join();
        }
        assertThat(all).containsExactlyInAnyOrder(first.version(), "steeper-1");
    }

    @Test
    void takesAChampionOverBeforeItScoresAPartitionThatWasAnotherScorers(@TempDir Path dir) throws Exception {
        TestModels.copyShipped(dir);
        TestModels.add(dir, "steeper-1", 1.5, 0.1);
        ModelFolder folder = TestModels.folder(dir);
        ServingModel serving = new ServingModel(folder.champion());
        new ModelReload(folder, serving);
        ChurnScorer scorer = scorer(serving);
        String before = folder.championVersion();
        assertThat(versions(scorer, 0, 0, 10)).containsExactly(before);

        folder.promote("steeper-1", "promote", Instant.now());

        assertThat(versions(scorer, 0, 10, 10))
                .as("the route has not looked yet")
                .containsExactly(before);
        assertThat(versions(scorer, 1, 500, 10))
                .as("a partition from elsewhere")
                .containsExactly("steeper-1");
        assertThat(versions(scorer, 0, 20, 10)).containsExactly("steeper-1");
    }

    private static ChurnScorer scorer(ServingModel serving) {
        return new ChurnScorer(
                serving,
                new CustomerValidator(TestProject.SCHEMA, CustomerValidator.Mode.LENIENT),
                new ChurnConfig.Score(2000, 0.5, 0.3, 0.6),
                new DeadLetterMaker(new KeptValues(Path.of("target/kept-values"))),
                InstantSource.system());
    }

    /** The versions that scored a poll of so many customers. */
    private static Set<String> versions(ChurnScorer scorer, int partition, long offset, int count) throws IOException {
        List<ConsumerRecord<byte[], byte[]>> raw = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            raw.add(new ConsumerRecord<>(
                    "raw", partition, offset + i, "7590-VHVEG".getBytes(UTF_8), TestCustomers.raw(fields -> {})));
        }
        ScoredPoll scored =
                scorer.score(new ConsumerRecords<>(Map.of(new TopicPartition("raw", partition), raw), Map.of()));
        assertThat(scored.predictions().records()).hasSize(count);
        Set<String> versions = new HashSet<>();
        for (OutgoingRecord prediction : scored.predictions().records()) {
            versions.add(JSON.readTree(prediction.value()).get("model_version").asText());
        }
        return versions;
    }

    private static Iterable<?> schemaProblems(JsonNode prediction) {
        return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                .getSchema(PredictionSchema.of(TestProject.SCHEMA))
                .validate(prediction);
    }
}
