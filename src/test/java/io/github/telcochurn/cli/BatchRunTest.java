package io.github.telcochurn.cli;

import static io.github.telcochurn.LogReader.header;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.github.telcochurn.LogReader;
import io.github.telcochurn.TestProject;
import io.github.telcochurn.batch.journal.RunStatus;
import io.github.telcochurn.batch.report.States;
import io.github.telcochurn.batch.run.BatchRun;
import io.github.telcochurn.batch.run.RunRequest;
import io.github.telcochurn.config.ChurnConfig;
import io.github.telcochurn.customer.RawMessageSchema;
import io.github.telcochurn.kafka.TestBroker;
import io.github.telcochurn.scoring.ChurnModel;
import io.github.telcochurn.scoring.ModelFolder;
import io.github.telcochurn.scoring.PredictionSchema;
import io.github.telcochurn.scoring.TestModels;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.commons.csv.CSVParser;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole batch runs against a real broker, with the shipped model and routes. */
class BatchRunTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path home;

    private ChurnConfig config;

    @BeforeEach
    void configure() {
        config = TestProject.config(home);
    }

    @Test
    void turnsEveryShippedCustomerIntoOneValidPrediction() throws Exception {
        BatchRun run = run(TestProject.SHIPPED_CSV);

        assertThat(run.state().books().headline()).isEqualTo("7,043 rows read = 7,043 predictions + 0 dead letters");
        assertThat(run.state().status()).isEqualTo(RunStatus.SUCCEEDED);
        JsonSchema rawSchema = schema(RawMessageSchema.of(config.schema()));
        assertThat(read(config.topics().raw()))
                .hasSize(7043)
                .allSatisfy(raw -> assertThat(rawSchema.validate(tree(raw))).isEmpty());
        JsonSchema schema = schema(PredictionSchema.of(config.schema()));
        List<ConsumerRecord<byte[], byte[]>> predictions = read(config.topics().predictions());
        assertThat(predictions)
                .hasSize(7043)
                .allSatisfy(prediction ->
                        assertThat(schema.validate(tree(prediction))).isEmpty())
                .allSatisfy(prediction -> assertThat(new String(prediction.key(), UTF_8))
                        .isEqualTo(tree(prediction).get("customerID").asText()));
        assertThat(predictions.stream()
                        .map(record -> new String(record.key(), UTF_8))
                        .distinct())
                .hasSize(7043);
    }

    @Test
    void reportsWhatStandsOnTheTopics() throws Exception {
        BatchRun run = run(TestProject.SHIPPED_CSV);

        JsonNode report = report(run);
        assertThat(report.at("/books/rows_read").asInt()).isEqualTo(7043);
        assertThat(report.at("/books/raw_messages").asInt()).isEqualTo(7043);
        assertThat(report.at("/books/predictions").asInt()).isEqualTo(7043);
        assertThat(report.at("/books/dead_letters").asInt()).isZero();
        assertThat(report.at("/books/balanced").asBoolean()).isTrue();
        Map<String, Integer> tiers = new LinkedHashMap<>();
        read(config.topics().predictions())
                .forEach(record -> tiers.merge(tree(record).get("risk_tier").asText(), 1, Integer::sum));
        assertThat(report.at("/tiers/High").asInt()).isEqualTo(tiers.get("High"));
        assertThat(report.at("/tiers/Medium").asInt()).isEqualTo(tiers.get("Medium"));
        assertThat(report.at("/tiers/Low").asInt()).isEqualTo(tiers.get("Low"));
        assertThat(Files.readString(run.reportFile())).contains("7,043 rows read = 7,043 predictions + 0 dead letters");
        List<String> csv = Files.readAllLines(beside(run, "_predictions.csv"));
        assertThat(csv).hasSize(7044);
        assertThat(csv.get(0)).startsWith("customerID,churn_probability,");
        List<Double> probabilities = csv.stream()
                .skip(1)
                .map(line -> Double.parseDouble(line.split(",", -1)[1]))
                .toList();
        assertThat(probabilities).isSortedAccordingTo((a, b) -> Double.compare(b, a));
        try (var logs = Files.list(config.logsDir().resolve("batch"))) {
            assertThat(logs.map(file -> file.getFileName().toString().replaceAll("_.*", "")))
                    .containsExactlyInAnyOrder("producer", "consumer");
        }
    }

    @Test
    void keepsGoodRowsAndDeadLettersBrokenOnesWithTheirBytesAndEveryViolation() throws Exception {
        List<String> shipped = Files.readAllLines(TestProject.SHIPPED_CSV);
        List<String> broken = brokenRows(shipped.get(1));
        List<String> lines = new ArrayList<>();
        lines.add(shipped.get(0));
        for (int i = 0; i < 100; i++) {
            lines.add(shipped.get(i + 1));
            if (i % 5 == 4) {
                lines.add(broken.get(i / 5));
            }
        }
        Path csv = Files.write(home.resolve("mixed.csv"), lines);

        BatchRun run = run(csv);

        assertThat(run.state().books().headline()).isEqualTo("120 rows read = 100 predictions + 20 dead letters");
        assertThat(run.state().status()).isEqualTo(RunStatus.BELOW_THRESHOLD);
        assertThat(run.state().books().isBalanced()).isTrue();
        List<ConsumerRecord<byte[], byte[]>> letters = read(config.topics().deadletter());
        Map<String, String> messageOfRow = new LinkedHashMap<>();
        JsonSchema schema =
                schema(JSON.readTree(BatchRunTest.class.getResourceAsStream("/schemas/dead-letter.schema.json")));
        for (ConsumerRecord<byte[], byte[]> letter : letters) {
            messageOfRow.put(new String(letter.value(), UTF_8), header(letter, "__connect.errors.exception.message"));
            assertThat(schema.validate(headers(letter))).isEmpty();
            int line = Integer.parseInt(header(letter, "churn-source-line"));
            assertThat(lines.get(line - 1)).isEqualTo(new String(letter.value(), UTF_8));
        }
        assertThat(messageOfRow.keySet()).containsExactlyInAnyOrderElementsOf(broken);
        assertThat(messageOfRow.get(broken.get(0))).contains("mixed.csv line 7", "has 20 fields");
        assertThat(messageOfRow.get(broken.get(1))).contains("tenure must be 0 or more, but is \"-3\"");
        assertThat(messageOfRow.get(broken.get(2)))
                .contains("MonthlyCharges must be a plain decimal number, but is \"abc\"");
        assertThat(messageOfRow.get(broken.get(3))).contains("Contract must be one of", "but is \"Weekly\"");
        assertThat(messageOfRow.get(broken.get(4))).contains("quote");
        assertThat(messageOfRow.get(broken.get(5)))
                .contains("customerID is missing", "gender must be one of", "tenure must be 0 or more");
        Set<String> predicted = new HashSet<>();
        read(config.topics().predictions()).forEach(record -> predicted.add(new String(record.key(), UTF_8)));
        assertThat(predicted)
                .isEqualTo(new HashSet<>(shipped.subList(1, 101).stream()
                        .map(line -> line.split(",", -1)[0])
                        .toList()));
    }

    @Test
    void countsACustomerOfTwoRowsOnceByTheLast() throws Exception {
        List<String> shipped = Files.readAllLines(TestProject.SHIPPED_CSV);
        List<String> rows = shipped.subList(1, 201);
        JsonNode once = report(run(csv("once.csv", shipped.get(0), rows)));
        List<String> twice = new ArrayList<>();
        // The first of two has other charges, and so another probability: it must not count.
        rows.forEach(row -> twice.add("  " + with(row, row.substring(0, 10), 18, "118.75")));
        twice.addAll(rows);

        BatchRun run = run(csv("twice.csv", shipped.get(0), twice));

        JsonNode report = report(run);
        assertThat(report.at("/books/predictions").asInt()).isEqualTo(400);
        assertThat(report.get("distinct_customers").asInt()).isEqualTo(200);
        assertThat(report.get("high_risk").asInt()).isPositive();
        for (String figure : List.of(
                "already_left",
                "high_risk",
                "revenue_at_risk",
                "tiers",
                "probability_histogram",
                "breakdowns",
                "top_customers",
                "quality")) {
            assertThat(report.get(figure)).as(figure).isEqualTo(once.get(figure));
        }
        assertThat(report.at("/quality/training_data").asBoolean(true)).isFalse();
        assertThat(run.state().steps().get(0).detail()).isEqualTo("400 rows, 0 of them broken, 200 repeat a customer");
        assertThat(run.state().warnings())
                .anyMatch(warning -> warning.startsWith("The file has 200 rows (50.0 %) of customers who are in it"));
        assertThat(Files.readAllLines(beside(run, "_predictions.csv"))).hasSize(401);
        assertThat(Files.readString(beside(run, ".html"))).contains("<h1>200 customers scored");
    }

    @Test
    void saysWhoIsNewAtHighRiskSinceTheLastRun() throws Exception {
        List<String> shipped = Files.readAllLines(TestProject.SHIPPED_CSV);
        List<String> rows = new ArrayList<>(shipped.subList(1, 1001));
        BatchRun first = run(csv("customers.csv", shipped.get(0), rows));
        JsonNode before = report(first);
        assertThat(before.has("change")).isFalse();
        assertThat(before.get("trend")).hasSize(1);
        List<String> high = new ArrayList<>();
        try (CSVParser csv = States.csv(beside(first, "_high_risk.csv"))) {
            csv.forEach(row -> high.add(row.get("customerID")));
        }
        assertThat(high).hasSize(before.get("high_risk").asInt()).hasSizeGreaterThan(10);
        // The first one leaves, the second is no longer in the file, and somebody comes who is like the first.
        String risky = rows.stream()
                .filter(row -> row.startsWith(high.get(0)))
                .findFirst()
                .orElseThrow();
        rows.removeIf(row -> row.startsWith(high.get(0)) || row.startsWith(high.get(1)));
        rows.add(risky.replaceFirst(",No$", ",Yes"));
        rows.add("9999-NEWLY" + risky.substring(10));
        Path second = csv("customers.csv", shipped.get(0), rows);

        JsonNode report = report(run(second));

        JsonNode change = report.get("change");
        assertThat(change.get("since").asText()).isEqualTo(first.runId());
        assertThat(change.get("high_risk_before").asInt()).isEqualTo(high.size());
        assertThat(change.get("new_at_high_risk").asInt()).isEqualTo(1);
        assertThat(change.at("/new_customers/0/id").asText()).isEqualTo("9999-NEWLY");
        assertThat(List.of(
                        change.get("left").asInt(),
                        change.get("not_scored").asInt(),
                        change.get("lower_risk").asInt()))
                .containsExactly(1, 1, 0);
        assertThat(change.get("revenue_at_risk_before")).isEqualTo(before.get("revenue_at_risk"));
        assertThat(report.get("trend")).hasSize(2);
        assertThat(schema(JSON.readTree(BatchRunTest.class.getResourceAsStream("/schemas/batch-report.schema.json")))
                        .validate(report))
                .isEmpty();
        assertThat(Files.readString(config.batchReportsDir().resolve("index.html")))
                .contains("The latest run", "Revenue at risk over the runs");
    }

    @Test
    void namesTheModelThatScoredRatherThanTheOneThatReplacedItsFiles() throws Exception {
        ChurnModel loaded = new ModelFolder(config.modelDir(), config.schema()).champion();
        Map<String, String> settings = TestProject.settings(TestBroker.port());
        settings.put(
                "churn.model.dir", TestModels.renamed(home, "replaced-00000000").toString());
        config = TestProject.config(home, settings);
        List<String> shipped = Files.readAllLines(TestProject.SHIPPED_CSV);
        Path csv = csv("some.csv", shipped.get(0), shipped.subList(1, 101));

        BatchRun run = new StandaloneRun(config).run(RunRequest.fresh(Instant.now(), csv), loaded);

        assertThat(run.state().modelVersion()).isEqualTo(loaded.version());
        assertThat(run.state().warnings())
                .anyMatch(warning -> warning.startsWith("The model " + loaded.version()
                        + " made the predictions, but the champion in churn.model.dir was replaced-00000000"));
        JsonNode report = report(run);
        assertThat(report.get("model_version").asText()).isEqualTo(loaded.version());
        assertThat(report.at("/model_versions/" + loaded.version()).asInt()).isEqualTo(100);
        assertThat(report.has("drift")).as("against another model").isFalse();
        assertThat(report.at("/quality").has("cross_validation")).isFalse();
        assertThat(Files.readString(run.reportFile()))
                .contains(
                        "| model | " + loaded.version() + " |",
                        "made the predictions, but the champion in churn.model.dir");
    }

    private Path csv(String name, String header, List<String> rows) throws IOException {
        List<String> lines = new ArrayList<>(List.of(header));
        lines.addAll(rows);
        return Files.write(home.resolve(name), lines);
    }

    private static Path beside(BatchRun run, String ending) {
        return Path.of(run.reportFile().toString().replace(".md", ending));
    }

    private static JsonNode report(BatchRun run) throws IOException {
        return JSON.readTree(beside(run, ".json").toFile());
    }

    /** Twenty rows, each with a fault of its own. */
    private static List<String> brokenRows(String good) {
        List<String> rows = new ArrayList<>();
        rows.add(good.substring(0, good.lastIndexOf(',')));
        rows.add(with(good, "0001-XXXXX", 5, "-3"));
        rows.add(with(good, "0002-XXXXX", 18, "abc"));
        rows.add(with(good, "0003-XXXXX", 15, "Weekly"));
        rows.add("\"0004-XXXXX," + good.substring(good.indexOf(',') + 1));
        rows.add(with(with(good, "", 5, "-4"), "", 1, "robot"));
        for (int i = 6; i < 20; i++) {
            rows.add(with(good, String.format("%04d-XXXXX", i), i > 17 ? i - 15 : i, "?" + i));
        }
        return rows;
    }

    private static String with(String row, String customerId, int field, String value) {
        String[] fields = row.split(",", -1);
        fields[0] = customerId;
        fields[field] = value;
        return String.join(",", fields);
    }

    private BatchRun run(Path csv) throws InterruptedException {
        return new StandaloneRun(config).run(RunRequest.fresh(Instant.now(), csv));
    }

    private List<ConsumerRecord<byte[], byte[]>> read(String topic) {
        return new LogReader(config).read(topic);
    }

    private static JsonNode tree(ConsumerRecord<byte[], byte[]> record) {
        try {
            return JSON.readTree(record.value());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode headers(ConsumerRecord<byte[], byte[]> record) {
        var node = JSON.createObjectNode();
        record.headers().forEach(header -> node.put(header.key(), new String(header.value(), UTF_8)));
        return node;
    }

    private static JsonSchema schema(JsonNode schema) {
        return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(schema);
    }
}
