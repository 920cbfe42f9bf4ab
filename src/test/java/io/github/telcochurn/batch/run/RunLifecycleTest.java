package io.github.telcochurn.batch.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.telcochurn.ChurnFailure;
import io.github.telcochurn.LogReader;
import io.github.telcochurn.TestProject;
import io.github.telcochurn.batch.journal.RunJournal;
import io.github.telcochurn.batch.journal.RunProgress;
import io.github.telcochurn.batch.journal.RunResults;
import io.github.telcochurn.batch.journal.RunState;
import io.github.telcochurn.batch.journal.RunStatus;
import io.github.telcochurn.batch.journal.StepRecord;
import io.github.telcochurn.batch.report.States;
import io.github.telcochurn.cli.StandaloneRun;
import io.github.telcochurn.config.ChurnConfig;
import io.github.telcochurn.config.ConfigLoader;
import io.github.telcochurn.files.ProcessLock;
import io.github.telcochurn.files.WholeFile;
import io.github.telcochurn.kafka.KafkaTopics;
import io.github.telcochurn.kafka.OtherProducer;
import io.github.telcochurn.kafka.RawRecords;
import io.github.telcochurn.kafka.TestBroker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How runs begin, fail, are retried and end, with real routes and a real broker. */
class RunLifecycleTest {
    private static final Instant TEN_O_CLOCK = Instant.parse("2026-11-25T10:00:00Z");
    private static final Duration LONG = Duration.ofMinutes(1);

    @TempDir
    private Path home;

    private ChurnConfig config;
    private Path csv;

    @BeforeEach
    void configure() throws IOException {
        config = TestProject.config(home);
        csv = rows(200);
    }

    private Path rows(int count) throws IOException {
        List<String> shipped = Files.readAllLines(TestProject.SHIPPED_CSV).subList(0, count + 1);
        Path file = home.resolve("customers.csv");
        // All at once: a run that reads it meanwhile must not see half of it.
        WholeFile.replace(file, (String.join("\n", shipped) + "\n").getBytes(UTF_8));
        return file;
    }

    private BatchRun runNow() throws InterruptedException {
        return new StandaloneRun(config).run(RunRequest.now(Instant.now(), csv));
    }

    private List<RunState> journal() {
        return new RunJournal(config.checkpointsDir()).newestFirst();
    }

    private ProcessLock anotherRun() {
        return ProcessLock.tryTake(config.stateDir().resolve("batch-run.lock")).orElseThrow();
    }

    @Test
    void refusesToResumeARunThatIsOverBeforeAnythingIsStarted() {
        RunState over = States.of(
                "20261125_100000", RunState.Trigger.COMMAND, csv.toString(), TEN_O_CLOCK, TEN_O_CLOCK.plusSeconds(5));
        new RunJournal(config.checkpointsDir()).save(over);
        ChurnConfig nowhere =
                ConfigLoader.override(config, Map.of("churn.kafka.brokers", "127.0.0.1:" + TestBroker.freePort()));

        assertThatThrownBy(() -> new StandaloneRun(nowhere).run(RunRequest.resume(Instant.now(), over.runId())))
                .isInstanceOf(RunRefused.class)
                .hasMessageContaining("has ended");
        assertThatThrownBy(() -> new StandaloneRun(nowhere).run(RunRequest.resume(Instant.now(), "20000101_000000")))
                .isInstanceOf(RunRefused.class)
                .hasMessageContaining("There is no run 20000101_000000");
    }

    @Test
    void refusesToRunBesideAnotherRun() {
        try (ProcessLock other = anotherRun()) {
            assertThatThrownBy(this::runNow)
                    .isInstanceOf(ChurnFailure.class)
                    .hasMessageContaining("Another batch run is in progress")
                    .hasMessageContaining("--list");
            assertThat(BatchRuns.isRunInProgress(config)).isTrue();
            assertThat(other).isNotNull();
        }
        assertThat(BatchRuns.isRunInProgress(config)).isFalse();
        assertThat(journal()).isEmpty();
    }

    @Test
    void aScheduledRunWaitsForTheOneInProgress() {
        CompletableFuture<BatchRun> scheduled;
        try (ProcessLock other = anotherRun()) {
            scheduled = CompletableFuture.supplyAsync(() -> runAt(TEN_O_CLOCK));
            // It waits once its routes are up, which the lock of the instance's slot shows.
            await().atMost(LONG).until(() -> Files.exists(home.resolve("var/instances/instance-1.lock")));
            assertThat(scheduled).isNotDone();
            assertThat(journal()).isEmpty();
            assertThat(other).isNotNull();
        }
        BatchRun run = scheduled.orTimeout(60, TimeUnit.SECONDS).join();
        assertThat(run.state().status()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(run.runId()).isEqualTo("20261125_100000");
    }

    @Test
    void failedSinkDeliveriesCountInNoRunsBooks() {
        try (KafkaTopics topics = new KafkaTopics(config.kafka().bootstrapServers())) {
            topics.createMissing(config.topics());
        }
        long duringTheRun = Instant.now().plusSeconds(60).toEpochMilli();
        ProducerRecord<byte[], byte[]> letter =
                new ProducerRecord<>(config.topics().deadletter(), null, duringTheRun, null, "{}".getBytes(UTF_8));
        Map.of(
                        "churn-run-id", RunRequest.scheduled(TEN_O_CLOCK, csv).runId(),
                        "__connect.errors.stage", "route",
                        "churn-error-reason", "route-failed")
                .forEach((name, value) -> letter.headers().add(name, value.getBytes(UTF_8)));
        new RawRecords(config).send(List.of(letter));

        assertThat(runAt(TEN_O_CLOCK).state().status()).isEqualTo(RunStatus.SUCCEEDED);
    }

    @Test
    void twoFilesDueInTheSameSecondAreTwoRuns() throws Exception {
        Path other = Files.copy(csv, home.resolve("other.csv"));
        assertThat(runAt(TEN_O_CLOCK).state().status()).isEqualTo(RunStatus.SUCCEEDED);

        RunRequest ofTheOther = RunRequest.scheduled(TEN_O_CLOCK, other);
        assertThat(new StandaloneRun(config).run(ofTheOther).state().runId()).isEqualTo("20261125_100001");
        assertThat(new StandaloneRun(config).run(ofTheOther)).isNull();
    }

    private BatchRun runAt(Instant dueAt) {
        try {
            return new StandaloneRun(config).run(RunRequest.scheduled(dueAt, csv));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aFiringThatHappensTwiceIsOneRun() {
        assertThat(runAt(TEN_O_CLOCK).state().status()).isEqualTo(RunStatus.SUCCEEDED);

        assertThat(runAt(TEN_O_CLOCK)).isNull();

        assertThat(journal()).hasSize(1);
        assertThat(new LogReader(config).sources()).hasSize(200);
    }

    @Test
    void aFiringThatHappensOnAnotherMachineTooIsOneRun() throws Exception {
        runAt(TEN_O_CLOCK);
        // The other machine shares the topics, but has no journal.
        Files.delete(new RunJournal(config.checkpointsDir()).fileOf("20261125_100000"));

        BatchRun again = runAt(TEN_O_CLOCK);

        assertThat(again.state().status()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(again.state().books().rowsRead()).isEqualTo(200);
        assertThat(new LogReader(config).sources()).hasSize(200).doesNotHaveDuplicates();
    }

    @Test
    void twoRunsOfOneFileAreTwoRuns() throws Exception {
        BatchRun first = runNow();
        BatchRun second = runNow();

        assertThat(second.runId()).isNotEqualTo(first.runId());
        assertThat(new LogReader(config).sources()).hasSize(400);
    }

    @Test
    void aStepThatFailsIsRetriedTwiceAndThenTheRunFailsWithAReport() throws Exception {
        Files.delete(csv);

        BatchRun run = runNow();

        RunState state = run.state();
        assertThat(state.status()).isEqualTo(RunStatus.FAILED);
        assertThat(state.isOver()).isTrue();
        StepRecord step = state.steps().get(0);
        assertThat(step.name()).isEqualTo("prerequisites");
        assertThat(step.attempts()).isEqualTo(3);
        assertThat(step.outcome()).isEqualTo(StepRecord.Outcome.FAILED);
        assertThat(state.failure()).contains("No file at").contains("customers.csv");
        assertThat(Files.readString(run.reportFile())).contains("No file at");
        assertThat(journal()).containsExactly(state);
    }

    @Test
    void aStepThatFailsOnceSucceedsAtTheNextAttempt() throws Exception {
        Path inTheWay = Files.createDirectories(home.resolve("reports")).resolve("batch");
        Files.writeString(inTheWay, "no folder");
        CompletableFuture<BatchRun> running = runAsync();
        await().atMost(LONG).until(() -> attempts("report") == 2);
        Files.delete(inTheWay);

        BatchRun run = running.orTimeout(60, TimeUnit.SECONDS).join();

        assertThat(run.state().status()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(attempts("report")).isBetween(2, 3);
        assertThat(attempts("ingest")).isEqualTo(1);
        assertThat(run.reportFile()).exists();
    }

    private CompletableFuture<BatchRun> runAsync() {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return runNow();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    @Test
    void waitsInStepsThreeAndFourForTransactionsOfOthersThatHideItsRecords() {
        try (KafkaTopics topics = new KafkaTopics(config.kafka().bootstrapServers())) {
            topics.createMissing(config.topics());
        }
        String raw = config.topics().raw();
        String predictions = config.topics().predictions();
        try (OtherProducer ofRaw = new OtherProducer(config, "other-" + raw);
                OtherProducer ofPredictions = new OtherProducer(config, "other-" + predictions)) {
            ofRaw.open(raw, TestProject.firstCustomerAsJson().getBytes(UTF_8));
            ofPredictions.open(predictions, "{}".getBytes(UTF_8));
            CompletableFuture<BatchRun> running = runAsync();
            await().atMost(LONG).until(() -> isRunning("score"));
            await().during(Duration.ofSeconds(1)).atMost(LONG).until(() -> isRunning("score"));

            ofRaw.end(true);

            await().atMost(LONG).until(() -> isRunning("summary"));
            await().during(Duration.ofSeconds(1)).atMost(LONG).until(() -> isRunning("summary"));

            ofPredictions.end(true);

            RunState state = running.orTimeout(60, TimeUnit.SECONDS).join().state();
            assertThat(state.status()).isEqualTo(RunStatus.SUCCEEDED);
            assertThat(state.books().headline()).isEqualTo("200 rows read = 200 predictions + 0 dead letters");
            assertThat(attempts("score") + attempts("summary")).isEqualTo(2);
        }
    }

    private boolean isRunning(String step) {
        return journal().stream()
                .flatMap(run -> run.steps().stream())
                .anyMatch(record -> record.name().equals(step) && record.isInProgress());
    }

    private int attempts(String step) {
        return journal().stream()
                .flatMap(run -> run.steps().stream())
                .filter(record -> record.name().equals(step))
                .mapToInt(StepRecord::attempts)
                .sum();
    }

    @Test
    void aFailedRunIsResumedOnRequest() throws Exception {
        List<String> rows = Files.readAllLines(csv);
        Files.delete(csv);
        String failed = runNow().runId();
        Files.write(csv, rows);

        BatchRun run = new StandaloneRun(config).run(RunRequest.resume(Instant.now(), failed));

        assertThat(run.runId()).isEqualTo(failed);
        assertThat(run.state().status()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(run.state().failure()).isNull();
        assertThatThrownBy(() -> new StandaloneRun(config).run(RunRequest.resume(Instant.now(), failed)))
                .hasMessageContaining("has ended (succeeded)");
        assertThatThrownBy(() -> new StandaloneRun(config).run(RunRequest.resume(Instant.now(), "20200101_000000")))
                .hasMessageContaining("There is no run 20200101_000000")
                .hasMessageContaining("--list");
    }

    @Test
    void aRunIsNotResumedWithAChangedFile() throws Exception {
        BatchRun first = runNow();
        RunState killed = first.state();
        new RunJournal(config.checkpointsDir()).save(interrupted(killed));
        rows(150);

        BatchRun next = runNow();
        assertThat(next.runId()).isNotEqualTo(first.runId());
        assertThat(next.state().books().rowsRead()).isEqualTo(150);

        BatchRun forced = new StandaloneRun(config).run(RunRequest.resume(Instant.now(), first.runId()));
        assertThat(forced.state().status()).isEqualTo(RunStatus.FAILED);
        assertThat(forced.state().failure())
                .contains("was changed since the run")
                .contains("--new");
        assertThat(forced.state().steps().get(0).attempts())
                .as("retrying would not help")
                .isLessThanOrEqualTo(2);
    }

    @Test
    void aFileThatIsChangedWhileItIsIngestedFailsTheRunWithBothFigures() throws Exception {
        config = ConfigLoader.override(config, Map.of("churn.batch.batch-size", "1"));
        rows(7000);
        long size = Files.size(csv);
        CompletableFuture<BatchRun> running = CompletableFuture.supplyAsync(() -> runAt(TEN_O_CLOCK));
        await().atMost(LONG)
                .until(() -> Files.exists(config.checkpointsDir().resolve("producer_checkpoint_customers.csv.txt")));
        rows(6000);

        BatchRun run = running.orTimeout(60, TimeUnit.SECONDS).join();

        assertThat(run.state().status()).isEqualTo(RunStatus.FAILED);
        assertThat(run.state().failure())
                .contains("customers.csv was changed while it was read")
                .contains(String.format(Locale.ROOT, "%,d bytes (SHA-256 ", size))
                .contains(String.format(Locale.ROOT, "%,d bytes (SHA-256 ", Files.size(csv)));
        assertThat(run.state().failedStep().name()).isEqualTo("ingest");
        assertThat(run.state().failedStep().attempts())
                .as("retrying would not help")
                .isEqualTo(1);
        assertThat(Files.readString(run.reportFile())).contains("was changed while it was read");
        assertThat(new LogReader(config).sources()).hasSizeLessThan(6000);
    }

    private static RunState interrupted(RunState state) {
        return new RunState(
                state.plan(),
                new RunProgress(RunStatus.RUNNING, null, state.steps().subList(0, 2), null, List.of()),
                state.basis(),
                List.of(),
                RunResults.NONE);
    }

    @Test
    void stopsBeforeAnythingIsSentWhenABoundOfQualityIsBroken() throws Exception {
        config = ConfigLoader.override(config, Map.of("churn.quality.min-rows", "1000"));

        BatchRun run = runNow();

        assertThat(run.state().status()).isEqualTo(RunStatus.FAILED);
        assertThat(run.state().failure()).contains("it has 200 rows; churn.quality.min-rows is 1,000");
        assertThat(run.state().steps())
                .extracting(StepRecord::name)
                .containsExactly("prerequisites", "notify-of-failure");
        assertThat(run.state().steps().get(0).attempts()).isEqualTo(1);
        assertThat(new LogReader(config).sources()).isEmpty();
        assertThat(new LogReader(config).read(config.topics().deadletter())).isEmpty();
    }

    @Test
    void sendsNothingToATopicThatWouldNotKeepIt() throws Exception {
        String topic = config.topics().predictions();
        try (KafkaTopics topics = new KafkaTopics(config.kafka().bootstrapServers());
                Admin admin =
                        Admin.create(Map.of("bootstrap.servers", config.kafka().bootstrapServers()))) {
            topics.createMissing(config.topics());
            admin.incrementalAlterConfigs(Map.of(
                            new ConfigResource(ConfigResource.Type.TOPIC, topic),
                            List.of(new AlterConfigOp(
                                    new ConfigEntry("cleanup.policy", "compact"), AlterConfigOp.OpType.SET))))
                    .all()
                    .get();
        }

        BatchRun run = runNow();

        assertThat(run.state().status()).isEqualTo(RunStatus.FAILED);
        assertThat(run.state().failure())
                .contains("The topic " + topic + " keeps only the newest message of each customer")
                .contains("--topic " + topic + " --add-config cleanup.policy=delete");
        assertThat(new LogReader(config).sources()).isEmpty();
    }

    @Test
    void deletesWhatOldRunsLeft() throws Exception {
        config = ConfigLoader.override(config, Map.of("churn.retention.runs", "2", "churn.retention.days", "3650"));
        Path mine = Files.createDirectories(home.resolve("reports/batch")).resolve("my-notes.md");
        Files.writeString(mine, "not of a run");
        FileTime longAgo = FileTime.from(Instant.parse("2000-01-01T00:00:00Z"));
        Path logs = Files.createDirectories(config.batchLogsDir());
        Path oldLog = Files.setLastModifiedTime(Files.createFile(logs.resolve("consumer_4711.log")), longAgo);
        Path freshLog = Files.createFile(logs.resolve("consumer_4712.log"));
        Path done = Files.createDirectories(config.inboxDir().resolve(".done"));
        Path oldDone = Files.createFile(done.resolve("20000101-000000000-march.csv"));
        Path freshDone =
                Files.setLastModifiedTime(Files.createFile(done.resolve("20261125-000000000-march.csv")), longAgo);
        Path kept = Files.createDirectories(config.keptValuesDir());
        Path oldValue = Files.setLastModifiedTime(Files.createFile(kept.resolve("0".repeat(64))), longAgo);
        Path freshValue = Files.createFile(kept.resolve("1".repeat(64)));
        String first = runAt(TEN_O_CLOCK).runId();
        runAt(TEN_O_CLOCK.plusSeconds(3600));
        runAt(TEN_O_CLOCK.plusSeconds(7200));

        assertThat(oldValue).doesNotExist();
        assertThat(freshValue).exists();
        assertThat(journal()).extracting(RunState::runId).containsExactly("20261125_120000", "20261125_110000");
        try (Stream<Path> left = Files.walk(home)) {
            assertThat(left.filter(file -> file.toString().contains(first))).isEmpty();
        }
        assertThat(mine).exists();
        assertThat(oldLog).doesNotExist();
        assertThat(freshLog).exists();
        assertThat(oldDone).doesNotExist();
        assertThat(freshDone).exists();
    }

    @Test
    void countsEveryRecordThoughTheClockWasSetBackAfterTheRunsBegin() throws Exception {
        Instant inAnHour = Instant.now().plus(Duration.ofHours(1));
        InstantSource hourAhead = () -> Instant.now().plus(Duration.ofHours(1));

        RunState state = new StandaloneRun(config, hourAhead)
                .run(RunRequest.fresh(inAnHour, csv))
                .state();

        assertThat(state.failure()).isNull();
        assertThat(state.status()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(state.books().predictions()).isEqualTo(200);

        new RunJournal(config.checkpointsDir()).save(interrupted(state));
        RunState resumed = new StandaloneRun(config)
                .run(RunRequest.resume(Instant.now(), state.runId()))
                .state();

        assertThat(resumed.failure()).isNull();
        assertThat(resumed.status()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(resumed.books()).isEqualTo(state.books());
    }

    @Test
    void runReportedAsSucceededStaysSoWhenOldRunsCannotBeDeleted() throws Exception {
        config = ConfigLoader.override(config, Map.of("churn.retention.runs", "1", "churn.retention.days", "3650"));
        String first = runAt(TEN_O_CLOCK).runId();
        Path log = BatchRuns.scoreLog(config, first);
        Files.delete(log);
        Files.createFile(Files.createDirectory(log).resolve("cannot-be-deleted-with-its-folder"));

        RunState state = runAt(TEN_O_CLOCK.plusSeconds(3600)).state();

        assertThat(state.status()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(state.failure()).isNull();
        StepRecord cleanUp = state.steps().get(state.steps().size() - 1);
        assertThat(cleanUp.name()).isEqualTo("clean-up");
        assertThat(cleanUp.attempts()).isEqualTo(1);
        assertThat(cleanUp.detail()).contains("What the old run " + first + " left cannot be deleted");
    }

    @Test
    void judgedRunKeepsItsVerdictWhenAUsersOwnNotificationFails() throws Exception {
        breakRoute("notify-success");

        RunState state = runNow().state();

        assertThat(state.status()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(state.failedStep().name()).isEqualTo("notify");
        assertThat(state.failedStep().detail()).contains("broken on purpose");
        assertThat(state.steps()).extracting(StepRecord::name).doesNotContain("notify-of-failure");
        assertThat(BatchRuns.isRunInProgress(config)).isFalse();
        assertThat(journal()).containsExactly(state);
    }

    @Test
    void failedRunEndsEvenWhenItsFailureCannotBeReported() throws Exception {
        breakRoute("notify-failure");
        config = ConfigLoader.override(config, Map.of("churn.quality.min-rows", "1000"));

        RunState state = runNow().state();

        assertThat(state.status()).isEqualTo(RunStatus.FAILED);
        assertThat(state.failure()).contains("it has 200 rows");
        assertThat(BatchRuns.isRunInProgress(config)).isFalse();
        assertThat(journal()).containsExactly(state);
    }

    private void breakRoute(String id) throws IOException {
        Path own = Files.createDirectories(home.resolve("my-routes"));
        Files.writeString(own.resolve(id + ".camel.yaml"), """
                - route:
                    id: %s
                    description: Fails. Touches no message.
                    errorHandler:
                      noErrorHandler: {}
                    from:
                      uri: direct
                      parameters:
                        name: %s
                      steps:
                        - throwException:
                            exceptionType: java.lang.IllegalStateException
                            message: broken on purpose
                """.formatted(id, id));
        config = ConfigLoader.override(config, Map.of("churn.routes.own-dir", own.toString()));
    }
}
