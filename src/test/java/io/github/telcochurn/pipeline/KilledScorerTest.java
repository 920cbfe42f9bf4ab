package io.github.telcochurn.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.telcochurn.ChildApp;
import io.github.telcochurn.LogReader;
import io.github.telcochurn.TestProject;
import io.github.telcochurn.config.ChurnConfig;
import io.github.telcochurn.kafka.TestBroker;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A scorer that is killed in the middle of draining and started again, with broker and scorer as processes of their own. */
class KilledScorerTest {
    private static final int COPIES = 20;
    private static final int KILLS = 3;

    @TempDir
    private Path home;

    @Test
    void leavesExactlyOneCommittedPredictionForEveryRawRecord() throws Exception {
        Map<String, String> settings = TestProject.settings(TestBroker.freePort());
        settings.put("churn.score.window-size", "500");
        ChurnConfig config = TestProject.config(home, settings);
        LogReader log = new LogReader(config);
        try (ChildApp broker = ChildApp.start(home, settings, "broker")) {
            await().atMost(Duration.ofSeconds(60)).until(() -> broker.output().contains("Kafka broker at"));
            try (ChildApp produce = ChildApp.start(
                    home, settings, "produce", "--input", manyCustomers().toString())) {
                assertThat(produce.waitFor()).as(produce.output()).isZero();
            }
            for (int kill = 0; kill < KILLS; kill++) {
                long before = log.size(config.topics().predictions());
                try (ChildApp scorer = ChildApp.start(home, settings, "score")) {
                    await().atMost(Duration.ofSeconds(60))
                            .pollInterval(Duration.ofMillis(20))
                            .until(() -> log.size(config.topics().predictions()) > before);
                    assertThat(scorer.isAlive()).as("killed while it drains").isTrue();
                    scorer.kill();
                }
            }
            assertThat(log.size(config.topics().predictions())).as("left to do").isLessThan(COPIES * 7043L);
            try (ChildApp scorer = ChildApp.start(home, settings, "score")) {
                assertThat(scorer.waitFor()).as(scorer.output()).isZero();
            }

            List<String> raw = log.read(config.topics().raw()).stream()
                    .map(record -> record.topic() + "-" + record.partition() + "-" + record.offset())
                    .toList();
            List<String> origins = log.read(config.topics().predictions()).stream()
                    .map(record -> LogReader.header(record, "churn-origin"))
                    .toList();
            assertThat(raw).hasSize(COPIES * 7043);
            assertThat(origins.stream().sorted().toList())
                    .isEqualTo(raw.stream().sorted().toList());
        }
    }

    private Path manyCustomers() throws IOException {
        List<String> shipped = Files.readAllLines(TestProject.SHIPPED_CSV);
        Path csv = home.resolve("many.csv");
        try (BufferedWriter writer = Files.newBufferedWriter(csv)) {
            writer.write(shipped.get(0) + "\n");
            for (int copy = 0; copy < COPIES; copy++) {
                for (String line : shipped.subList(1, shipped.size())) {
                    writer.write(line + "\n");
                }
            }
        }
        return csv;
    }
}
