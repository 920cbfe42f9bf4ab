package io.github.telcochurn.batch.figures;

import static io.github.telcochurn.LogReader.header;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.github.telcochurn.LogReader;
import io.github.telcochurn.TestProject;
import io.github.telcochurn.batch.report.States;
import io.github.telcochurn.batch.run.RunRequest;
import io.github.telcochurn.cli.StandaloneRun;
import io.github.telcochurn.config.ChurnConfig;
import io.github.telcochurn.scoring.TestModels;
import io.github.telcochurn.value.ControlGroup;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.assertj.core.data.Offset;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The report of the shipped customers against figures that this test computes from the topics in its own, simplest way. */
class RunFiguresTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Offset<Double> EXACTLY = within(1e-9);

    @TempDir
    private static Path home;

    private static Path markdown;
    private static JsonNode report;
    private static List<Scored> scored;

    /** A prediction, and the raw message at its origin. */
    private record Scored(JsonNode prediction, JsonNode raw) {
        double probability() {
            return prediction.get("churn_probability").asDouble();
        }

        boolean predictedYes() {
            return prediction.get("prediction").asText().equals("Yes");
        }

        boolean churned() {
            return raw.get("Churn").asText().equals("Yes");
        }

        boolean isHighAndStayed() {
            return isHigh() && !churned();
        }

        boolean isHigh() {
            return prediction.get("risk_tier").asText().equals("High");
        }
    }

    @BeforeAll
    static void runOnce() throws Exception {
        ChurnConfig config = TestProject.config(home);
        markdown = new StandaloneRun(config)
                .run(RunRequest.fresh(Instant.now(), TestProject.SHIPPED_CSV))
                .reportFile();
        report = JSON.readTree(beside(".json").toFile());
        LogReader log = new LogReader(config);
        Map<String, JsonNode> raw = new HashMap<>();
        for (ConsumerRecord<byte[], byte[]> record : log.read(config.topics().raw())) {
            raw.put(record.topic() + "-" + record.partition() + "-" + record.offset(), tree(record));
        }
        scored = log.read(config.topics().predictions()).stream()
                .map(record -> new Scored(tree(record), raw.get(header(record, "churn-origin"))))
                .toList();
        assertThat(scored).hasSize(7043).allMatch(customer -> customer.raw() != null);
    }

    private static Path beside(String ending) {
        return Path.of(markdown.toString().replace(".md", ending));
    }

    private static JsonNode tree(ConsumerRecord<byte[], byte[]> record) {
        try {
            return JSON.readTree(record.value());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void isValidAgainstItsSchema() {
        assertThat(JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                        .getSchema(RunFiguresTest.class.getResourceAsStream("/schemas/batch-report.schema.json"))
                        .validate(report))
                .isEmpty();
    }

    @Test
    void countsTiersBinsAndMoney() {
        assertThat(report.at("/success_rate").asDouble()).isEqualTo(100);
        Map<String, Integer> tiers = new TreeMap<>();
        scored.forEach(c -> tiers.merge(c.prediction().get("risk_tier").asText(), 1, Integer::sum));
        assertThat(report.get("tiers")).isEqualTo(JSON.<JsonNode>valueToTree(tiers));
        assertThat(report.get("distinct_customers").asInt()).isEqualTo(7043);
        assertThat(report.get("already_left").asLong())
                .isEqualTo(1869)
                .isEqualTo(scored.stream().filter(Scored::churned).count());
        assertThat(report.get("high_risk").asLong())
                .isEqualTo(scored.stream().filter(Scored::isHighAndStayed).count())
                .isLessThan(tiers.get("High"))
                .isPositive();
        double revenue = 0;
        for (Scored customer : scored) {
            revenue += customer.isHighAndStayed()
                    ? customer.raw().get("MonthlyCharges").asDouble()
                    : 0;
        }
        assertThat(report.get("revenue_at_risk").asDouble()).isCloseTo(revenue, within(0.005001));
        assertThat(report.get("revenue_unit").asText()).isEqualTo("$");
        for (int bin = 0; bin < 10; bin++) {
            double from = bin / 10.0;
            double to = (bin + 1) / 10.0;
            JsonNode reported = report.at("/probability_histogram/" + bin);
            assertThat(reported.get("from").asDouble()).isEqualTo(from);
            assertThat(reported.get("to").asDouble()).isEqualTo(to);
            assertThat(reported.get("customers").asInt()).isEqualTo((int) inBin(from, to));
        }
    }

    private static long inBin(double from, double to) {
        return scored.stream()
                .filter(c -> c.probability() >= from && (c.probability() < to || to == 1))
                .count();
    }

    @Test
    void measuresChurnByContractAndTenure() {
        assertThat(report.get("breakdowns").findValuesAsText("column")).containsExactly("Contract", "tenure");
        assertThat(report.get("breakdowns").findValuesAsText("title")).containsExactly("contract", "tenure");
        assertThat(report.get("breakdowns").findValuesAsText("unit")).containsExactly("", "months");
        JsonNode contracts = report.at("/breakdowns/0/segments");
        assertThat(contracts).hasSize(3);
        for (JsonNode segment : contracts) {
            String name = segment.get("name").asText();
            checkSegment(segment, c -> c.raw().get("Contract").asText().equals(name));
        }
        JsonNode tenures = report.at("/breakdowns/1/segments");
        assertThat(tenures).hasSize(4);
        int[][] bands = {{0, 12}, {13, 24}, {25, 48}, {49, 72}};
        for (int i = 0; i < bands.length; i++) {
            int[] band = bands[i];
            assertThat(tenures.get(i).get("name").asText()).isEqualTo(band[0] + "–" + band[1]);
            checkSegment(
                    tenures.get(i),
                    c -> c.raw().get("tenure").asInt() >= band[0]
                            && c.raw().get("tenure").asInt() <= band[1]);
        }
    }

    private static double meanProbability(List<Scored> members) {
        return members.stream().mapToDouble(Scored::probability).average().orElseThrow();
    }

    private static void checkSegment(JsonNode segment, Predicate<Scored> member) {
        List<Scored> members = scored.stream().filter(member).toList();
        assertThat(segment.get("customers").asInt()).isEqualTo(members.size()).isPositive();
        assertThat(segment.get("mean_probability").asDouble()).isCloseTo(meanProbability(members), EXACTLY);
        assertThat(segment.get("predicted_share").asDouble()).isCloseTo(share(members, Scored::predictedYes), EXACTLY);
        assertThat(segment.get("observed_share").asDouble()).isCloseTo(share(members, Scored::churned), EXACTLY);
    }

    private static double share(List<Scored> customers, Predicate<Scored> that) {
        return (double) customers.stream().filter(that).count() / customers.size();
    }

    @Test
    void measuresThroughputByProcessedTime() {
        JsonNode throughput = report.get("throughput");
        long first =
                scored.stream().mapToLong(RunFiguresTest::processedMs).min().orElseThrow();
        long last = scored.stream().mapToLong(RunFiguresTest::processedMs).max().orElseThrow();
        long bucketMs = throughput.get("bucket_ms").asLong();
        assertThat(Instant.parse(throughput.get("from").asText()).toEpochMilli())
                .isEqualTo(first);
        assertThat(Instant.parse(throughput.get("to").asText()).toEpochMilli()).isEqualTo(last);
        JsonNode buckets = throughput.get("buckets");
        assertThat(buckets.size()).isBetween(1, 40).isEqualTo((int) ((last - first) / bucketMs) + 1);
        for (int i = 0; i < buckets.size(); i++) {
            long start = first + i * bucketMs;
            long count = scored.stream()
                    .filter(c -> processedMs(c) >= start && processedMs(c) < start + bucketMs)
                    .count();
            assertThat(buckets.get(i).get("messages").asLong()).isEqualTo(count);
            assertThat(buckets.get(i).get("per_second").asDouble()).isCloseTo(1000.0 * count / bucketMs, EXACTLY);
        }
    }

    private static long processedMs(Scored customer) {
        return Instant.parse(customer.prediction().get("processed_ts").asText()).toEpochMilli();
    }

    @Test
    void measuresTheModelByItsLabels() {
        JsonNode quality = report.get("quality");
        long truePositives = count(true, true);
        long falsePositives = count(true, false);
        long falseNegatives = count(false, true);
        long trueNegatives = count(false, false);
        assertThat(quality.get("customers").asInt()).isEqualTo(7043);
        assertThat(quality.at("/confusion/true_positives").asLong()).isEqualTo(truePositives);
        assertThat(quality.at("/confusion/false_positives").asLong()).isEqualTo(falsePositives);
        assertThat(quality.at("/confusion/false_negatives").asLong()).isEqualTo(falseNegatives);
        assertThat(quality.at("/confusion/true_negatives").asLong()).isEqualTo(trueNegatives);
        assertThat(quality.get("accuracy").asDouble()).isCloseTo((truePositives + trueNegatives) / 7043.0, EXACTLY);
        assertThat(quality.get("precision").asDouble())
                .isCloseTo((double) truePositives / (truePositives + falsePositives), EXACTLY);
        assertThat(quality.get("recall").asDouble())
                .isCloseTo((double) truePositives / (truePositives + falseNegatives), EXACTLY);
        double squares = 0;
        for (Scored customer : scored) {
            squares += Math.pow(customer.probability() - (customer.churned() ? 1 : 0), 2);
        }
        assertThat(quality.get("brier").asDouble()).isCloseTo(squares / 7043, EXACTLY);
        assertThat(quality.get("auc").asDouble()).isCloseTo(aucByCountingPairs(), EXACTLY);
    }

    @Test
    void saysThatTheModelWasTrainedOnTheseCustomersAndGivesTheCrossValidatedFigures() throws IOException {
        JsonNode card = JSON.readTree(TestModels.shippedCard().toFile());
        assertThat(report.at("/quality/training_data").asBoolean()).isTrue();
        assertThat(report.at("/quality/cross_validation")).isEqualTo(card.get("cross_validation"));
        assertThat(report.get("model_version")).isEqualTo(card.get("version"));
        assertThat(report.at("/model_versions/" + card.get("version").asText()).asInt())
                .isEqualTo(7043);

        Document page = Jsoup.parse(beside(".html").toFile());
        String flatters = "The model was trained on this very file, so these figures flatter it;";
        assertThat(page.select("dl.figures").text())
                .contains("Model AUC 0.850 cross-validated; 0.853 on this file, which the model was trained on");
        assertThat(page.text())
                .contains(flatters, "AUC (1 is perfect, 0.5 is chance) 0.853 0.850", "1,869 have left already");
        assertThat(Files.readString(markdown))
                .contains(
                        flatters,
                        "0.850 cross-validated (0.853 on this file, which the model was trained on)",
                        "1,869 of the customers scored have left already",
                        "| cross-validated, threshold 0.5 | 0.850 |");
    }

    private static long count(boolean predicted, boolean churned) {
        return scored.stream()
                .filter(c -> c.predictedYes() == predicted && c.churned() == churned)
                .count();
    }

    private static double aucByCountingPairs() {
        double[] left = scored.stream()
                .filter(Scored::churned)
                .mapToDouble(Scored::probability)
                .toArray();
        double[] stayed = scored.stream()
                .filter(c -> !c.churned())
                .mapToDouble(Scored::probability)
                .toArray();
        double right = 0;
        for (double one : left) {
            for (double other : stayed) {
                right += one > other ? 1 : one == other ? 0.5 : 0;
            }
        }
        return right / left.length / stayed.length;
    }

    @Test
    void measuresCalibrationInTenBins() {
        for (JsonNode bin : report.at("/quality/calibration")) {
            double from = bin.get("from").asDouble();
            double to = bin.get("to").asDouble();
            List<Scored> members = scored.stream()
                    .filter(c -> c.probability() >= from && (c.probability() < to || to == 1))
                    .toList();
            assertThat(bin.get("customers").asInt()).isEqualTo(members.size());
            if (!members.isEmpty()) {
                assertThat(bin.get("mean_predicted").asDouble()).isCloseTo(meanProbability(members), EXACTLY);
                assertThat(bin.get("observed_share").asDouble()).isCloseTo(share(members, Scored::churned), EXACTLY);
            }
        }
    }

    @Test
    void findsNoDriftInTheDataThatTheModelWasTrainedOn() throws IOException {
        JsonNode drift = report.get("drift");
        assertThat(drift.get("customers").asInt()).isEqualTo(7043);
        assertThat(drift.get("columns"))
                .hasSize(19)
                .allSatisfy(column -> assertThat(column.get("verdict").asText()).isEqualTo("stable"));
        JsonNode expected = JSON.readTree(TestModels.shippedCard().toFile()).at("/baseline/score/shares");
        double psi = 0;
        for (int bin = 0; bin < 10; bin++) {
            // The baseline's bins include their upper bound.
            double from = bin / 10.0;
            double to = (bin + 1) / 10.0;
            double actual = share(scored, c -> c.probability() > from && c.probability() <= to);
            double before = expected.get(bin).asDouble();
            psi += (actual - before) * Math.log(actual / before);
        }
        assertThat(drift.at("/score/psi").asDouble()).isCloseTo(psi, EXACTLY);
    }

    /** By the defaults of churn.value.*. */
    private static double valueOf(Scored customer) {
        return customer.probability()
                        * 0.3
                        * 12
                        * customer.raw().get("MonthlyCharges").asDouble()
                - 50;
    }

    private static List<Scored> worthCalling() {
        return scored.stream()
                .filter(customer -> !customer.churned() && valueOf(customer) > 0)
                .sorted((a, b) -> valueOf(a) == valueOf(b)
                        ? Double.compare(b.probability(), a.probability())
                        : Double.compare(valueOf(b), valueOf(a)))
                .toList();
    }

    private static boolean isControl(Scored customer) {
        return new ControlGroup(10).contains(id(customer));
    }

    @Test
    void listsTheCustomersWhoHaveNotLeftWhoseCallIsWorthMost() {
        List<Scored> worth = worthCalling();
        assertThat(report.get("shown_columns").findValuesAsText("title"))
                .containsExactly("contract", "tenure", "monthly charges");
        JsonNode top = report.get("top_customers");
        assertThat(top).hasSize(20);
        for (int i = 0; i < 20; i++) {
            Scored customer = worth.get(i);
            assertThat(top.get(i).get("id").asText()).isEqualTo(id(customer));
            assertThat(top.get(i).get("churn_probability").asDouble()).isEqualTo(customer.probability());
            assertThat(top.get(i).get("expected_value").asDouble()).isCloseTo(valueOf(customer), EXACTLY);
            assertThat(top.get(i).get("control").asBoolean()).isEqualTo(isControl(customer));
            assertThat(top.get(i).at("/values/Contract"))
                    .isEqualTo(customer.raw().get("Contract"));
            assertThat(top.get(i).at("/values/tenure").asInt())
                    .isEqualTo(customer.raw().get("tenure").asInt());
            assertThat(top.get(i).at("/values/MonthlyCharges").asDouble())
                    .isEqualTo(customer.raw().get("MonthlyCharges").asDouble());
            int months = customer.raw().get("tenure").asInt();
            assertThat(top.get(i).get("shown"))
                    .extracting(JsonNode::asText)
                    .containsExactly(
                            customer.raw().get("Contract").asText(),
                            months == 1 ? "1 month" : months + " months",
                            String.format(
                                    Locale.ROOT,
                                    "$%.2f",
                                    customer.raw().get("MonthlyCharges").asDouble()));
        }
    }

    @Test
    void givesReasonsThatDifferAndThatAnAgentCanActOn() {
        List<String> common = report.get("common_reasons").findValuesAsText("reason");
        Set<JsonNode> different = new HashSet<>();
        for (JsonNode customer : report.get("top_customers")) {
            assertThat(customer.get("reasons").size()).isBetween(1, 3);
            assertThat(customer.get("reasons"))
                    .extracting(JsonNode::asText)
                    .doesNotContainAnyElementsOf(common)
                    .noneMatch(reason -> reason.startsWith("tenure") || reason.contains("senior"));
            different.add(customer.get("reasons"));
        }
        assertThat(common).isNotEmpty().noneMatch(reason -> reason.startsWith("tenure"));
        assertThat(different).hasSizeGreaterThanOrEqualTo(6);
    }

    @Test
    void keepsTheControlGroupOffTheCalls() throws IOException {
        List<Scored> worth = worthCalling();
        Map<Boolean, List<CSVRecord>> rows = new HashMap<>();
        for (boolean isControl : List.of(false, true)) {
            try (CSVParser csv = States.csv(beside(isControl ? "_control.csv" : "_calls.csv"))) {
                rows.put(isControl, csv.getRecords());
            }
            List<String> expected = worth.stream()
                    .filter(customer -> isControl(customer) == isControl)
                    .map(RunFiguresTest::id)
                    .toList();
            assertThat(rows.get(isControl))
                    .extracting(row -> row.get("customerID"))
                    .containsExactlyElementsOf(expected);
        }
        for (CSVRecord row : rows.get(false)) {
            Scored customer = worth.get(Integer.parseInt(row.get("rank")) - 1);
            assertThat(row.get("customerID")).isEqualTo(id(customer));
            assertThat(Double.parseDouble(row.get("expected_value"))).isCloseTo(valueOf(customer), within(0.00501));
            assertThat(row.get("MonthlyCharges"))
                    .isEqualTo(customer.raw().get("MonthlyCharges").asText());
            assertThat(row.get("reasons")).isNotEmpty();
        }
        assertThat(100.0 * rows.get(true).size() / worth.size()).isBetween(7.0, 13.0);
        assertThat(report.at("/calls/calls").asInt()).isEqualTo(rows.get(false).size());
        assertThat(report.at("/calls/control").asInt()).isEqualTo(rows.get(true).size());
    }

    @Test
    void expectsOfTheCallsWhatTheyAreWorthTogether() {
        List<Scored> calls =
                worthCalling().stream().filter(customer -> !isControl(customer)).toList();
        JsonNode best = report.at("/calls/value/best");
        assertThat(best.findValues("calls").stream().map(JsonNode::asInt))
                .startsWith(20, 50, 100, 200)
                .endsWith(calls.size());
        for (JsonNode some : best) {
            double expected = calls.stream()
                    .limit(some.get("calls").asInt())
                    .mapToDouble(RunFiguresTest::valueOf)
                    .sum();
            assertThat(some.get("expected").asDouble()).isCloseTo(expected, within(1e-6));
            assertThat(some.at("/interval/from").asDouble()).isLessThan(expected);
            assertThat(some.at("/interval/to").asDouble()).isGreaterThan(expected);
        }
        double most = report.at("/calls/value/curve").findValues("net_benefit").stream()
                .mapToDouble(JsonNode::asDouble)
                .max()
                .orElseThrow();
        double all = best.get(best.size() - 1).get("expected").asDouble();
        assertThat(most).isCloseTo(all, within(1e-6));
        double threshold = report.at("/calls/value/threshold/probability").asDouble();
        assertThat(threshold).isBetween(0.1, 0.4);
        assertThat(report.at("/calls/value/threshold/net_benefit").asDouble())
                .isCloseTo(
                        scored.stream()
                                .filter(c -> !c.churned() && !isControl(c) && c.probability() >= threshold)
                                .mapToDouble(RunFiguresTest::valueOf)
                                .sum(),
                        within(1e-6))
                .isLessThan(all);
    }

    private static String id(Scored customer) {
        return customer.prediction().get("customerID").asText();
    }

    @Test
    void listsEveryPredictionForSpreadsheets() throws IOException {
        Map<String, Scored> byId = new HashMap<>();
        scored.forEach(customer -> byId.put(id(customer), customer));
        List<String> shipped = Files.readAllLines(TestProject.SHIPPED_CSV);
        try (CSVParser csv = States.csv(beside("_predictions.csv"))) {
            List<CSVRecord> rows = csv.getRecords();
            assertThat(rows).hasSize(7043);
            for (CSVRecord row : rows) {
                Scored customer = byId.remove(row.get("customerID"));
                for (String field : List.of(
                        "churn_probability",
                        "prediction",
                        "confidence_score",
                        "risk_tier",
                        "event_ts",
                        "processed_ts",
                        "model_version")) {
                    assertThat(row.get(field))
                            .isEqualTo(customer.prediction().get(field).asText());
                }
                assertThat(row.get("Contract"))
                        .isEqualTo(customer.raw().get("Contract").asText());
                assertThat(row.get("tenure"))
                        .isEqualTo(customer.raw().get("tenure").asText());
                assertThat(row.get("MonthlyCharges"))
                        .isEqualTo(customer.raw().get("MonthlyCharges").asText());
                assertThat(row.get("Churn"))
                        .isEqualTo(customer.raw().get("Churn").asText());
                assertThat(shipped.get(Integer.parseInt(row.get("row"))))
                        .startsWith(row.get("customerID").replaceFirst("^'", "") + ",");
            }
        }
        assertThat(byId).isEmpty();
    }

    @Test
    void drawsSixChartsBesideTheReport() throws IOException {
        for (String chart : List.of("probability", "tiers", "by_contract", "by_tenure", "throughput", "calibration")) {
            assertThat(Files.readString(beside("_" + chart + ".svg")))
                    .startsWith("<svg")
                    .doesNotContain("rgb(1,2,", "var(");
            assertThat(Files.readString(markdown)).contains("_" + chart + ".svg)");
        }
    }
}
