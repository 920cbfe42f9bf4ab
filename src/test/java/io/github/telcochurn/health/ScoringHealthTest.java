package io.github.telcochurn.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.telcochurn.ChurnBeans;
import io.github.telcochurn.TestProject;
import io.github.telcochurn.config.ChurnConfig;
import io.github.telcochurn.health.ScoringHealth.Remedy;
import io.github.telcochurn.ingest.CsvFile;
import io.github.telcochurn.ingest.IngestRun;
import io.github.telcochurn.kafka.KafkaTopics;
import io.github.telcochurn.kafka.TestBroker;
import io.github.telcochurn.pipeline.Assembly;
import io.github.telcochurn.pipeline.Pipeline;
import io.github.telcochurn.prerequisites.TopicsExist;
import io.github.telcochurn.progress.ScoreProgress;
import io.github.telcochurn.scoring.ChurnModel;
import io.github.telcochurn.scoring.ModelFolder;
import io.github.telcochurn.scoring.ScoredPoll;
import io.github.telcochurn.scoring.ServingModel;
import io.github.telcochurn.scoring.Shadow;
import io.github.telcochurn.scoring.TestModels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.apache.camel.health.HealthCheck;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a look at scoring finds, on a real broker and with a clock that the test moves. */
class ScoringHealthTest {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final ChurnModel LOADED =
            new ModelFolder(TestProject.ROOT.resolve("models"), TestProject.SCHEMA).champion();

    @TempDir
    private Path home;

    private final ServingModel serving = new ServingModel(LOADED);
    private Instant now = Instant.parse("2026-11-24T12:00:00Z");
    private Duration passed = Duration.ZERO;
    private ChurnConfig config;
    private ScoreProgress progress;
    private ScoringHealth health;
    private Pipeline pipeline;

    @BeforeEach
    void configure() {
        useSettings(TestProject.settings(TestBroker.port()));
    }

    private void useSettings(Map<String, String> settings) {
        config = TestProject.config(home, settings);
        progress = ScoreProgress.ofService();
        createTopics();
        health = new ScoringHealth(config, serving, progress, () -> now, () -> passed.toNanos());
    }

    private void createTopics() {
        try (KafkaTopics topics = new KafkaTopics(config.kafka().bootstrapServers())) {
            topics.createMissing(config.topics());
        }
        // The controller has them; the broker may learn of it a moment later.
        await().atMost(SOON)
                .ignoreExceptions()
                .until(() -> !new TopicsExist(config, false).check().isEmpty());
    }

    @AfterEach
    void closePipeline() {
        if (pipeline != null) {
            pipeline.close();
        }
    }

    private void load(Object scorer) {
        Assembly beans = new ChurnBeans(config)
                .withIngest(chunk -> {})
                .withScoring(LOADED, progress)
                .assembly("score", "ingest-batch");
        beans = beans.with("scoringHealth", health);
        if (scorer != null) {
            beans = beans.with("scorer", scorer);
        }
        pipeline = Pipeline.start(config, beans);
    }

    @Test
    void wantsTheRouteStartedAndThenFindsAllWell() throws Exception {
        load(null);
        assertThat(health.isDue()).as("at the start").isTrue();
        assertThat(health.check().remedy()).isEqualTo(Remedy.START);
        assertThat(health.call().getState()).isEqualTo(HealthCheck.State.DOWN);

        pipeline.startRoute("score");
        ingest();
        await().atMost(SOON).until(() -> progress.summary().messages() == 100);

        ScoringHealth.Report report = health.check();
        assertThat(report.remedy()).isEqualTo(Remedy.NONE);
        assertThat(report.details()).containsKeys("broker", "topics", "model", "lag", "last-prediction-age-s");
        assertThat(report.details()).doesNotContainKey("degraded");
        assertThat(health.call().getState()).isEqualTo(HealthCheck.State.UP);
        pass(Duration.between(now, Instant.parse("2026-11-24T12:04:59.999Z")));
        assertThat(health.isDue())
                .as("before the next firing of churn.health.cron")
                .isFalse();
        pass(Duration.ofMillis(1));
        assertThat(health.isDue()).as("at the firing").isTrue();
    }

    private void pass(Duration time) {
        now = now.plus(time);
        passed = passed.plus(time);
    }

    @Test
    void staysUpAndSaysSoWhenTheModelOnDiskIsNoLongerTheOneThatScores() throws Exception {
        Map<String, String> settings = TestProject.settings(TestBroker.port());
        settings.put(
                "churn.model.dir", TestModels.renamed(home, "replaced-00000000").toString());
        useSettings(settings);
        load(null);
        pipeline.startRoute("score");

        HealthCheck.Result found = health.call();

        assertThat(found.getState()).isEqualTo(HealthCheck.State.UP);
        assertThat(found.getDetails().get("degraded"))
                .isEqualTo(
                        "Scoring uses the model " + LOADED.version() + ", but the champion is replaced-00000000 by now."
                                + " The route reload-model switches to it within churn.model.reload-ms; restart if it does not.");
        assertThat(found.getDetails().get("model"))
                .asString()
                .startsWith(LOADED.version() + ", cross-validated AUC 0.8");
    }

    @Test
    void staysUpAndSaysSoWhenTheShadowCannotBeUsed() throws Exception {
        Map<String, String> settings = TestProject.settings(TestBroker.port());
        settings.put("churn.model.shadow", "nowhere-1");
        useSettings(settings);
        ServingModel withShadow = new ServingModel(LOADED, Shadow.of(config));
        health = new ScoringHealth(config, withShadow, progress, () -> now, () -> passed.toNanos());
        load(null);
        pipeline.startRoute("score");

        HealthCheck.Result found = health.call();

        assertThat(found.getState()).isEqualTo(HealthCheck.State.UP);
        assertThat(found.getDetails().get("degraded"))
                .asString()
                .startsWith("The shadow nowhere-1 (churn.model.shadow) is not used: No model nowhere-1")
                .endsWith("The champion scores as ever.");
        assertThat(found.getDetails()).doesNotContainKey("shadow");
    }

    @Test
    void staysUpAndSaysSoWhenTheChampionOnDiskMustNotBeUsed() throws Exception {
        Path models = Files.createDirectory(home.resolve("models"));
        TestModels.copyShipped(models);
        Map<String, String> settings = TestProject.settings(TestBroker.port());
        settings.put("churn.model.dir", models.toString());
        useSettings(settings);
        load(null);
        pipeline.startRoute("score");
        assertThat(health.call().getDetails()).doesNotContainKey("degraded");

        Files.writeString(models.resolve(LOADED.card().file()), "altered");

        HealthCheck.Result found = health.call();
        assertThat(found.getState()).isEqualTo(HealthCheck.State.UP);
        assertThat(found.getDetails().get("degraded"))
                .asString()
                .startsWith("The champion on disk cannot be used: ")
                .contains("its SHA-256 is", "Scoring continues with the model " + LOADED.version());
        assertThat(health.check().remedy()).isEqualTo(Remedy.NONE);
    }

    /** A scorer that cannot score, so that its route runs and gets nowhere. */
    public static final class StuckScorer {
        @SuppressWarnings("DoNotCallSuggester") // the route calls it
        public ScoredPoll score(ConsumerRecords<byte[], byte[]> poll) {
            throw new IllegalStateException("stuck with " + poll.count());
        }
    }

    @Test
    void wantsARestartWhenTheLagStandsStillWhoeverElseAsksAndWheneverTheClockSaysItIs() throws Exception {
        load(new StuckScorer());
        ingest();
        pipeline.startRoute("score");
        assertThat(health.check().remedy()).as("not at once").isEqualTo(Remedy.NONE);
        now = now.minus(Duration.ofHours(1));
        pass(Duration.ofSeconds(29));
        assertThat(health.call().getState()).as("not yet").isEqualTo(HealthCheck.State.UP);

        pass(Duration.ofSeconds(2));
        assertThat(health.call().getState()).as("for a probe").isEqualTo(HealthCheck.State.DOWN);
        ScoringHealth.Report report = health.check();

        assertThat(report.remedy()).isEqualTo(Remedy.RESTART);
        assertThat(report.problem()).matches("The lag of \\d+ has not moved for 31 s\\.");
    }

    @Test
    void isDownUntilSomethingIsCommittedHoweverOftenScoringIsRestarted() throws Exception {
        load(new StuckScorer());
        ingest();
        pipeline.startRoute("score");
        health.check();
        pass(Duration.ofSeconds(31));
        assertThat(health.check().remedy()).isEqualTo(Remedy.RESTART);

        pass(Duration.ofSeconds(1));
        HealthCheck.Result down = health.call();
        assertThat(down.getState()).isEqualTo(HealthCheck.State.DOWN);
        assertThat(down.getMessage().orElseThrow()).contains("has not moved for 32 s");
        assertThat(health.isDue()).isTrue();
        assertThat(health.check().remedy()).as("no second restart at once").isEqualTo(Remedy.WAIT);
        pass(Duration.ofSeconds(30));
        assertThat(health.check().remedy()).isEqualTo(Remedy.RESTART);

        pipeline.close();
        load(null);
        pipeline.startRoute("score");
        await().atMost(SOON).until(() -> progress.summary().messages() == 100);
        assertThat(health.call().getState()).isEqualTo(HealthCheck.State.UP);
        assertThat(health.check().remedy()).isEqualTo(Remedy.NONE);
    }

    @Test
    void waitsWithGrowingPausesWhileATopicIsMissing() {
        config = TestProject.config(home, TestProject.settings(TestBroker.port()));
        health = new ScoringHealth(config, serving, progress, () -> now, () -> passed.toNanos());

        ScoringHealth.Report report = health.check();

        assertThat(report.remedy()).isEqualTo(Remedy.WAIT);
        assertThat(report.problem()).contains(config.topics().raw());
        for (int pauseSeconds : new int[] {1, 2, 4, 8, 16, 32, 60, 60}) {
            pass(Duration.ofSeconds(pauseSeconds).minusMillis(1));
            assertThat(health.isDue()).as("before " + pauseSeconds + " s").isFalse();
            pass(Duration.ofMillis(1));
            assertThat(health.isDue()).as("after " + pauseSeconds + " s").isTrue();
            health.check();
        }
    }

    private void ingest() throws InterruptedException {
        CsvFile file = CsvFile.open(TestProject.SHIPPED_CSV, TestProject.SCHEMA);
        pipeline.ingest(IngestRun.fromStart("test", file, 50, 100));
    }
}
