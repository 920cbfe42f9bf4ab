package io.github.telcochurn.batch.report;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.github.telcochurn.batch.figures.RunFigures;
import io.github.telcochurn.batch.journal.RunPlan;
import io.github.telcochurn.batch.journal.RunProgress;
import io.github.telcochurn.batch.journal.RunResults;
import io.github.telcochurn.batch.journal.RunState;
import io.github.telcochurn.batch.journal.RunStatus;
import io.github.telcochurn.batch.journal.StepRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;

/** States of runs for tests of what is written about them. */
public final class States {
    private static final JsonMapper JSON = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private States() {}

    /** The state that a report's JSON begins with. */
    static RunState read(Path json) throws IOException {
        return JSON.readValue(json.toFile(), RunState.class);
    }

    /** The rows of a CSV file by the names in its header. */
    public static CSVParser csv(Path file) throws IOException {
        return CSVParser.parse(
                Files.newBufferedReader(file),
                CSVFormat.RFC4180
                        .builder()
                        .setHeader()
                        .setSkipHeaderRecord(true)
                        .get());
    }

    /** A run that failed in its second step. */
    static RunState failed(String runId) {
        Instant start = Instant.parse("2026-01-02T03:04:05Z");
        List<StepRecord> steps = List.of(
                new StepRecord("prerequisites", 1, start, start.plusMillis(350), StepRecord.Outcome.DONE, "6 checks"),
                new StepRecord(
                        "ingest",
                        3,
                        start.plusSeconds(1),
                        start.plusSeconds(95),
                        StepRecord.Outcome.FAILED,
                        "the broker went away"));
        String failure =
                "Step ingest failed three times: the broker went away. Check that it runs, then run ./churn batch again.";
        RunState begun =
                RunState.begun(new RunPlan(runId, RunState.Trigger.SCHEDULE, start, "/data/customers.csv", 95));
        return with(begun, new RunProgress(RunStatus.FAILED, start.plusSeconds(95), steps, failure, List.of()));
    }

    /**
     * A run of which only the times matter.
     *
     * @param endedAt null when it was killed
     */
    public static RunState of(
            String runId, RunState.Trigger trigger, String input, Instant startedAt, Instant endedAt) {
        RunState begun = RunState.begun(new RunPlan(runId, trigger, startedAt, input, 95));
        RunStatus status = endedAt == null ? RunStatus.RUNNING : RunStatus.SUCCEEDED;
        return with(begun, new RunProgress(status, endedAt, List.of(), null, List.of()));
    }

    /** A run of one minute with these figures. */
    static RunState succeeded(String runId, RunFigures figures) {
        Instant start = Instant.parse("2026-01-02T03:04:05Z");
        RunState run = of(runId, RunState.Trigger.COMMAND, "/data/customers.csv", start, start.plusSeconds(60));
        RunResults results = new RunResults(
                figures.books(),
                figures.customers().highRisk(),
                figures.customers().revenueAtRisk(),
                figures.customers().revenueUnit());
        return new RunState(run.plan(), run.progress(), run.basis(), run.warnings(), results);
    }

    private static RunState with(RunState run, RunProgress progress) {
        return new RunState(run.plan(), progress, run.basis(), run.warnings(), run.results());
    }
}
