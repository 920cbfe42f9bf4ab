package io.github.telcochurn.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.telcochurn.ChildApp;
import io.github.telcochurn.Documents;
import io.github.telcochurn.LogReader;
import io.github.telcochurn.TestProject;
import io.github.telcochurn.config.ChurnConfig;
import io.github.telcochurn.ingest.CsvFile;
import io.github.telcochurn.ingest.IngestRun;
import io.github.telcochurn.kafka.KafkaTopics;
import io.github.telcochurn.kafka.RunHeaders;
import io.github.telcochurn.kafka.TestBroker;
import io.github.telcochurn.pipeline.Ingested;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The change in docs/customise.md that also sends High risk to a topic of its own, under kill -9. */
class HighRiskTopicTest {
    private static final int KILLED = 137;
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path home;

    private Map<String, String> settings;
    private ChurnConfig config;
    private String scored;
    private String highRisk;

    @BeforeEach
    void writeTheRoute() throws IOException {
        settings = TestProject.settings(TestBroker.port());
        Path ownRoutes = Files.createDirectory(home.resolve("my-routes"));
        settings.put("churn.routes.own-dir", ownRoutes.toString());
        config = TestProject.config(home, settings);
        scored = config.topics().predictions() + "-scored";
        highRisk = config.topics().predictions() + "-high-risk";
        String shipped = Files.readString(TestProject.ROOT.resolve("routes/score.camel.yaml"));
        String predictions = "topic: \"{{churn.topics.predictions}}\"";
        assertThat(shipped).containsOnlyOnce(predictions);
        String added = Documents.blocks(TestProject.ROOT.resolve("docs/customise.md"), "yaml").stream()
                .filter(block -> block.startsWith("# my-routes/score.camel.yaml, after the last step"))
                .findFirst()
                .orElseThrow();
        Files.writeString(
                ownRoutes.resolve("score.camel.yaml"),
                shipped.replace(predictions, "topic: " + scored) + added.replace("telco-high-risk", highRisk));
    }

    @Test
    void bothTopicsHaveWhatTheRouteSaysOnceEach() throws Exception {
        try (KafkaTopics topics = new KafkaTopics(config.kafka().bootstrapServers())) {
            topics.createMissing(config.topics(), List.of(scored, highRisk));
        }
        Ingested.by(
                config,
                IngestRun.fromStart(
                        "test", CsvFile.open(TestProject.SHIPPED_CSV, TestProject.SCHEMA), 1000, Long.MAX_VALUE));

        kill(FaultPoint.BEFORE_COMMIT, 2);
        kill(FaultPoint.AFTER_COMMIT, 2);
        kill(FaultPoint.AFTER_OFFSETS, 1);
        try (ChildApp whole = ChildApp.start(home, settings, "score", "--mode", "batch", "--window-size", "500")) {
            assertThat(whole.waitFor()).as(whole.output()).isZero();
        }

        LogReader log = new LogReader(config);
        assertThat(log.read(config.topics().predictions()))
                .as("the shipped topic")
                .isEmpty();
        assertThat(log.read(config.topics().deadletter())).isEmpty();
        List<ConsumerRecord<byte[], byte[]>> predictions = log.read(scored);
        assertThat(predictions)
                .extracting(HighRiskTopicTest::origin)
                .doesNotHaveDuplicates()
                .containsExactlyInAnyOrderElementsOf(log.rawPositions())
                .hasSize((int) TestProject.SHIPPED_ROWS);
        assertThat(log.read(highRisk))
                .extracting(HighRiskTopicTest::origin)
                .doesNotHaveDuplicates()
                .containsExactlyInAnyOrderElementsOf(predictions.stream()
                        .filter(HighRiskTopicTest::isHigh)
                        .map(HighRiskTopicTest::origin)
                        .toList())
                .isNotEmpty();
    }

    private void kill(FaultPoint point, int pass) throws Exception {
        try (FaultyChild killed =
                new FaultyChild(home, settings, List.of(), "score", "--mode", "batch", "--window-size", "500")) {
            killed.order(point, FaultPoint.Action.KILL, pass);
            killed.start();
            assertThat(killed.app().waitFor()).as(killed.app().output()).isEqualTo(KILLED);
        }
    }

    private static String origin(ConsumerRecord<byte[], byte[]> record) {
        return RunHeaders.text(record.headers(), RunHeaders.ORIGIN);
    }

    private static boolean isHigh(ConsumerRecord<byte[], byte[]> record) {
        try {
            return JSON.readTree(record.value()).get("risk_tier").asText().equals("High");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
