package io.github.telcochurn.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.telcochurn.ChurnBeans;
import io.github.telcochurn.LogReader;
import io.github.telcochurn.TestProject;
import io.github.telcochurn.config.ChurnConfig;
import io.github.telcochurn.config.ConfigLoader;
import io.github.telcochurn.ingest.CsvFile;
import io.github.telcochurn.ingest.IngestRun;
import io.github.telcochurn.kafka.KafkaTopics;
import io.github.telcochurn.scoring.ModelFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Edits of the route {@code score} that end a poll's exchange without a commit: even without the check none loses a record. */
class EditedRouteTest {
    private static final Duration SOON = Duration.ofSeconds(60);

    @TempDir
    private Path home;

    private ChurnConfig config;
    private KafkaTopics topics;
    private LogReader log;

    @BeforeEach
    void createTopics() {
        config = ConfigLoader.override(TestProject.config(home), Map.of("churn.score.window-size", "300"));
        log = new LogReader(config);
        topics = new KafkaTopics(config.kafka().bootstrapServers());
        topics.createMissing(config.topics());
    }

    @AfterEach
    void closeTopics() {
        topics.close();
    }

    private static final String SEND = "        - to:\n            id: send-predictions\n";
    private static final String NO_ERROR_HANDLER = "    errorHandler:\n      noErrorHandler: {}\n";
    private static final String FAILING_STEP = "        - bean: {ref: unreliable, method: failNowAndThen}\n";

    /** An edit of the route. */
    enum Edit {
        /** The dead letter channel that all other routes share handles the failure. */
        ERROR_HANDLER_THAT_HANDLES(FAILING_STEP, Map.of(NO_ERROR_HANDLER, "")),
        ERRORS_THAT_ARE_PASSED_OVER(FAILING_STEP, Map.of("breakOnFirstError: true", "breakOnFirstError: false")),
        POLL_ERRORS_THAT_SKIP_A_RECORD(
                FAILING_STEP, Map.of("        pollOnError: RECONNECT\n", "", NO_ERROR_HANDLER, "")),
        FILTER_BEFORE_THE_SEND("""
                        - filter:
                            simple: {expression: "${bean:unreliable?method=isReliable} == false"}
                            steps:
                              - stop: {}
                """, Map.of()),
        TRY_THAT_CATCHES("""
                        - doTry:
                            steps:
                              - bean: {ref: unreliable, method: failNowAndThen}
                            doCatch:
                              - exception: [java.lang.Exception]
                                steps:
                                  - stop: {}
                """, Map.of());

        private final String stepBeforeTheSend;

        @SuppressWarnings("ImmutableEnumChecker") // made by Map.of
        private final Map<String, String> replaced;

        Edit(String stepBeforeTheSend, Map<String, String> replaced) {
            this.stepBeforeTheSend = stepBeforeTheSend;
            this.replaced = replaced;
        }

        String of(String shipped) {
            assertThat(shipped).contains(SEND);
            String edited = shipped.replace(SEND, stepBeforeTheSend + SEND);
            for (Map.Entry<String, String> each : replaced.entrySet()) {
                assertThat(shipped).contains(each.getKey());
                edited = edited.replace(each.getKey(), each.getValue());
            }
            return edited;
        }
    }

    @ParameterizedTest
    @EnumSource
    void losesNoRecordAndDuplicatesNone(Edit edit) throws Exception {
        Ingested.by(
                config,
                IngestRun.fromStart(
                        "test", CsvFile.open(TestProject.SHIPPED_CSV, TestProject.SCHEMA), 1000, Long.MAX_VALUE));
        Assembly beans = new ChurnBeans(config)
                .withScoring(new ModelFolder(config.modelDir(), config.schema()).champion(), poll -> {})
                .assembly();
        Unreliable unreliable = new Unreliable();
        beans = beans.with("unreliable", unreliable);

        try (Pipeline pipeline = Pipeline.startUnchecked(edited(edit), beans)) {
            pipeline.startRoute("score");
            await().atMost(SOON).until(() -> lag() == 0);
        }

        assertThat(unreliable.failures.get()).isGreaterThan(3);
        assertThat(log.origins()).isEqualTo(log.rawPositions()).hasSize((int) TestProject.SHIPPED_ROWS);
        assertThat(log.read(config.topics().deadletter())).isEmpty();
    }

    /** A step that fails for a third of the polls. */
    public static final class Unreliable {
        private final AtomicInteger calls = new AtomicInteger();
        private final AtomicInteger failures = new AtomicInteger();

        public boolean isReliable() {
            boolean fails = calls.incrementAndGet() % 3 == 0;
            if (fails) {
                failures.incrementAndGet();
            }
            return !fails;
        }

        public Object failNowAndThen(Object body) {
            if (!isReliable()) {
                throw new IllegalStateException("now and then");
            }
            return body;
        }
    }

    private ChurnConfig edited(Edit edit) throws IOException {
        Path own = Files.createDirectory(home.resolve("own-routes"));
        String shipped = Files.readString(config.routes().dir().resolve("score.camel.yaml"));
        Files.writeString(own.resolve("score.camel.yaml"), edit.of(shipped));
        return ConfigLoader.override(config, Map.of("churn.routes.own-dir", own.toString()));
    }

    private long lag() {
        return new Drain(topics, config.groupId(), SOON).lag(config.topics().raw());
    }
}
