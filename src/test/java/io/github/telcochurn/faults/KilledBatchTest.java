package io.github.telcochurn.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.telcochurn.ChildApp;
import io.github.telcochurn.LogReader;
import io.github.telcochurn.TestProject;
import io.github.telcochurn.batch.journal.RunJournal;
import io.github.telcochurn.batch.journal.RunState;
import io.github.telcochurn.batch.journal.RunStatus;
import io.github.telcochurn.batch.journal.StepRecord;
import io.github.telcochurn.config.ChurnConfig;
import io.github.telcochurn.kafka.TestBroker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A batch run is killed with kill -9, and {@code churn batch} is called again. */
class KilledBatchTest {
    private static final int KILLED = 137;
    private static final int ROWS = 2000;
    private static final List<String> STEPS =
            List.of("prerequisites", "ingest", "score", "summary", "report", "threshold", "notify", "clean-up");

    @TempDir
    private Path home;

    private Map<String, String> settings;
    private ChurnConfig config;
    private Path csv;

    @BeforeEach
    void configure() throws IOException {
        settings = TestProject.settings(TestBroker.port());
        settings.put("churn.batch.batch-size", "500");
        config = TestProject.config(home, settings);
        List<String> shipped = Files.readAllLines(TestProject.SHIPPED_CSV);
        csv = Files.write(home.resolve("customers.csv"), shipped.subList(0, ROWS + 1));
    }

    @ParameterizedTest(name = "killed {0} {1} of {2}")
    @CsvSource({
        // The second of four chunks, and the one poll that they all fit into.
        "BEFORE_COMMIT, 2, ingest",
        "AFTER_COMMIT, 2, ingest",
        "AFTER_OFFSETS, 1, score",
        "BEFORE_STEP_DONE, 1, prerequisites",
        "BEFORE_STEP_DONE, 2, ingest",
        "BEFORE_STEP_DONE, 3, score",
        "BEFORE_STEP_DONE, 4, summary",
        "BEFORE_STEP_DONE, 5, report",
        "BEFORE_STEP_DONE, 6, threshold",
        "BEFORE_STEP_DONE, 7, notify",
        "BEFORE_STEP_DONE, 8, clean-up"
    })
    void isResumedAndNothingIsDoneTwice(FaultPoint point, int pass, String step) throws Exception {
        try (FaultyChild killed = new FaultyChild(home, settings, List.of(), "batch", "--input", csv.toString())) {
            killed.order(point, FaultPoint.Action.KILL, pass);
            killed.start();
            assertThat(killed.app().waitFor()).as(killed.app().output()).isEqualTo(KILLED);
        }
        RunState interrupted = onlyRun();
        assertThat(interrupted.isOver()).isFalse();
        assertThat(last(interrupted.steps()).name()).isEqualTo(step);
        assertThat(last(interrupted.steps()).outcome()).isNull();

        try (ChildApp again = ChildApp.start(home, settings, "batch", "--input", csv.toString())) {
            assertThat(again.waitFor()).as(again.output()).isZero();
            assertThat(again.output())
                    .contains("Resuming the run " + interrupted.runId())
                    .contains("2,000 rows read = 2,000 predictions + 0 dead letters")
                    // The killed run's open transaction is rolled back at once, rather than when it expires.
                    .doesNotContain("Waiting");
        }
        RunState resumed = onlyRun();
        assertThat(resumed.runId()).isEqualTo(interrupted.runId());
        assertThat(resumed.status()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(resumed.steps()).extracting(StepRecord::name).isEqualTo(STEPS);
        assertThat(resumed.steps()).extracting(StepRecord::outcome).containsOnly(StepRecord.Outcome.DONE);
        LogReader log = new LogReader(config);
        assertThat(log.sources()).hasSize(ROWS).doesNotHaveDuplicates();
        assertThat(log.origins()).isEqualTo(log.rawPositions()).hasSize(ROWS);
        assertThat(log.read(config.topics().deadletter())).isEmpty();
        try (Stream<Path> reports = Files.list(home.resolve("reports/batch"))) {
            assertThat(reports.filter(file -> file.toString().endsWith(".md"))).hasSize(1);
        }
    }

    private RunState onlyRun() {
        List<RunState> runs = new RunJournal(config.checkpointsDir()).newestFirst();
        assertThat(runs).hasSize(1);
        return runs.get(0);
    }

    private static StepRecord last(List<StepRecord> steps) {
        return steps.get(steps.size() - 1);
    }
}
