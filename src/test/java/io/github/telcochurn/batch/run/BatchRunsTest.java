package io.github.telcochurn.batch.run;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import io.github.telcochurn.TestProject;
import io.github.telcochurn.batch.journal.RunState;
import io.github.telcochurn.batch.journal.RunStatus;
import io.github.telcochurn.config.ChurnConfig;
import io.github.telcochurn.progress.IngestProgress;
import io.github.telcochurn.progress.ScoreProgress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** What a run holds is released at its end, even when nothing can be written any more. */
class BatchRunsTest {
    private static final Instant NOON = Instant.parse("2026-11-25T12:00:00Z");

    @TempDir
    private Path home;

    private Instant clock = NOON;
    private ChurnConfig config;
    private BatchRuns runs;
    private BatchRun run;

    @BeforeEach
    void begin() throws Exception {
        config = TestProject.config(home, Map.of());
        runs = new BatchRuns(config, () -> clock);
        run = runs.begin(RunRequest.fresh(NOON, TestProject.SHIPPED_CSV));
        assertThat(BatchRuns.isRunInProgress(config)).isTrue();
        assertThat(logFiles()).hasSize(2);
    }

    /** As on a full disk. */
    private void noJournalCanBeWritten() throws IOException {
        Files.createDirectory(config.checkpointsDir().resolve("batch_run_" + run.runId() + ".json.new"));
    }

    private static List<Appender<ILoggingEvent>> logFiles() {
        return Stream.of(IngestProgress.class, ScoreProgress.class)
                .map(logger -> ((Logger) LoggerFactory.getLogger(logger)).iteratorForAppenders())
                .flatMap(appenders -> StreamSupport.stream(
                        Spliterators.spliteratorUnknownSize(appenders, Spliterator.ORDERED), false))
                .toList();
    }

    @Test
    void endsFailedRunWhoseJournalCannotBeWritten() throws Exception {
        noJournalCanBeWritten();
        ScoreProgress scored = ScoreProgress.ofBatch();
        IngestProgress ingested = new IngestProgress(config.checkpointsDir());

        new BatchSteps(config, ingested, scored, InstantSource.fixed(NOON)).fail(run, new IOException("disk full"));
        runs.end(run);

        assertThat(run.state().status()).isEqualTo(RunStatus.FAILED);
        assertThat(run.state().failure()).contains("disk full");
        requireAllFree();
    }

    @Test
    void measuresElapsedTimeWhenTheClockIsSetBackDuringTheRun() {
        run.stepStarted("ingest");
        clock = NOON.minus(Duration.ofHours(1));
        run.stepDone("ingest");
        runs.end(run);

        RunState state = run.state();
        assertThat(state.steps().get(0).duration()).isBetween(Duration.ZERO, Duration.ofMinutes(1));
        assertThat(Duration.between(state.startedAt(), state.endedAt()))
                .isBetween(Duration.ZERO, Duration.ofMinutes(1));
    }

    @Test
    void takesNoNegativeTimeWhenItIsResumedAfterTheClockWasSetBack() throws Exception {
        runs.leave(run);
        clock = NOON.minus(Duration.ofHours(1));

        RunState state =
                runs.end(runs.begin(RunRequest.resume(clock, run.runId()))).state();

        assertThat(state.endedAt()).isEqualTo(state.startedAt());
    }

    @Test
    void leavesRunWhoseJournalCannotBeWritten() throws Exception {
        noJournalCanBeWritten();

        runs.leave(run);

        assertThat(run.state().status()).isEqualTo(RunStatus.STOPPED);
        requireAllFree();
    }

    private void requireAllFree() throws InterruptedException {
        assertThat(BatchRuns.isRunInProgress(config)).isFalse();
        assertThat(logFiles()).isEmpty();
        BatchRun next = runs.begin(RunRequest.scheduled(NOON.plusSeconds(60), TestProject.SHIPPED_CSV));
        assertThat(next.runId()).isEqualTo("20261125_120100");
        runs.end(next);
        assertThat(BatchRuns.isRunInProgress(config)).isFalse();
    }
}
