package io.github.telcochurn.streaming;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.telcochurn.ChildApp;
import io.github.telcochurn.LogReader;
import io.github.telcochurn.TestProject;
import io.github.telcochurn.config.ChurnConfig;
import io.github.telcochurn.kafka.TestBroker;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Long-running commands, each in its own process: what they do together, and how they end. */
class StreamingCommandsTest {
    private static final Duration SOON = Duration.ofSeconds(90);
    /** The exit code of a program that SIGTERM ended. */
    private static final int TERMINATED = 143;

    @TempDir
    private Path home;

    private Map<String, String> settings;
    private ChurnConfig config;
    private LogReader log;

    @BeforeEach
    void configure() {
        settings = TestProject.settings(TestBroker.freePort());
        settings.put("churn.web.port", Integer.toString(TestBroker.freePort()));
        config = TestProject.config(home, settings);
        log = new LogReader(config);
    }

    @Test
    void scoreEveryStreamedEventOnceAndEndCleanlyOnASignal() throws Exception {
        try (ChildApp broker = ChildApp.startBroker(home, settings);
                ChildApp scorer = ChildApp.start(home, settings, "score", "--mode", "streaming")) {
            await().atMost(SOON).until(() -> scorer.output().contains("Scoring messages from"));
            try (ChildApp producer = ChildApp.start(
                    home, settings, "produce", "--mode", "streaming", "--events-per-sec", "500", "--duration", "4")) {
                assertThat(producer.waitFor()).as(producer.output()).isZero();
                assertThat(producer.output()).contains("2,000 events acknowledged");
            }
            await().atMost(SOON)
                    .until(() -> log.read(config.topics().predictions()).size() == 2000);
            scorer.terminate();

            assertThat(scorer.waitFor()).as(scorer.output()).isEqualTo(TERMINATED);
            assertThat(scorer.output()).contains("2,000 messages in", "= 2,000 predictions + 0 dead letters", "p99");
            assertThat(log.origins()).isEqualTo(log.rawPositions());
            assertThat(Files.readString(config.logsDir().resolve("streaming/streaming_consumer.log")))
                    .contains("at the end: 2,000 messages")
                    .doesNotContainPattern("\\d{4}-[A-Z]{5}");
            broker.terminate();
            assertThat(broker.waitFor()).isEqualTo(TERMINATED);
        }
    }

    @Test
    void accountForEveryAcknowledgedEventWhenTheProducerIsStopped() throws Exception {
        try (ChildApp broker = ChildApp.startBroker(home, settings);
                ChildApp producer =
                        ChildApp.start(home, settings, "produce", "--mode", "streaming", "--events-per-sec", "2000")) {
            await().atMost(SOON).until(() -> log.size(config.topics().raw()) > 3000);
            producer.terminate();

            assertThat(producer.waitFor()).as(producer.output()).isEqualTo(TERMINATED);
            Matcher summary = Pattern.compile("([\\d,]+) events acknowledged").matcher(producer.output());
            assertThat(summary.find()).as(producer.output()).isTrue();
            assertThat(log.size(config.topics().raw()))
                    .isEqualTo(Long.parseLong(summary.group(1).replace(",", "")));
            assertThat(broker.isAlive()).isTrue();
        }
    }

    @Test
    void resumeScoringByThemselvesWhenTheBrokerWasKilledAndIsBack() throws Exception {
        ChildApp broker = ChildApp.startBroker(home, settings);
        try (ChildApp service =
                ChildApp.start(home, settings, "run", "--with-streaming-ingest", "--events-per-sec", "100")) {
            await().atMost(SOON).until(() -> health() == 200);
            await().atMost(SOON).until(() -> log.size(config.topics().predictions()) > 0);
            broker.kill();
            await().atMost(SOON).until(() -> health() == 503);

            broker = ChildApp.startBroker(home, settings);
            long before = log.size(config.topics().predictions());
            await().atMost(SOON).until(() -> health() == 200);
            await().atMost(SOON).until(() -> log.size(config.topics().predictions()) > before);
            service.terminate();

            assertThat(service.waitFor()).as(service.output()).isEqualTo(TERMINATED);
            try (ChildApp rest = ChildApp.start(home, settings, "score")) {
                assertThat(rest.waitFor()).as(rest.output()).isZero();
            }
            assertThat(log.origins()).isEqualTo(log.rawPositions());
        } finally {
            broker.close();
        }
    }

    @Test
    void refuseAPortThatIsTaken() throws Exception {
        try (ChildApp broker = ChildApp.startBroker(home, settings)) {
            settings.put("churn.web.port", settings.get("churn.kafka.embedded.port"));
            try (ChildApp service = ChildApp.start(home, settings, "run")) {
                assertThat(service.waitFor()).as(service.output()).isEqualTo(3);
                assertThat(service.output()).contains("is in use by another program", "churn.web.port");
            }
            assertThat(broker.isAlive()).isTrue();
        }
    }

    private int health() throws InterruptedException {
        URI uri = URI.create("http://127.0.0.1:" + config.web().port() + "/observe/health");
        try {
            return HttpClient.newHttpClient()
                    .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        } catch (IOException e) {
            // not listening yet
            return 0;
        }
    }
}
