package io.github.telcochurn.batch.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.github.telcochurn.batch.figures.Books;
import io.github.telcochurn.batch.journal.RunBasis;
import io.github.telcochurn.batch.journal.RunPlan;
import io.github.telcochurn.batch.journal.RunProgress;
import io.github.telcochurn.batch.journal.RunResults;
import io.github.telcochurn.batch.journal.RunState;
import io.github.telcochurn.batch.journal.RunStatus;
import io.github.telcochurn.batch.journal.StepRecord;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/** Runs as they end, and the notices about them. */
public final class TestNotices {
    private static final Instant START = Instant.parse("2026-11-25T10:00:00Z");

    private TestNotices() {}

    /** All is well. */
    public static RunNotice succeeded(Path html) {
        Books books = new Books(7043, 0, 7043, 7043, 0);
        return new RunNotice(
                run(RunStatus.SUCCEEDED, books, null, step("ingest", 1, StepRecord.Outcome.DONE, "7,043 rows")),
                Path.of("/reports/batch_report_20261125_100000.md"),
                html);
    }

    /** 43 of 7,043 rows are dead letters. */
    static RunNotice belowThreshold() {
        Books books = new Books(7043, 40, 7003, 7000, 3);
        return new RunNotice(
                run(RunStatus.BELOW_THRESHOLD, books, null), Path.of("/reports/batch_report_20261125_100000.md"), null);
    }

    /** Scoring failed three times. */
    public static RunNotice failed() {
        return new RunNotice(
                run(
                        RunStatus.FAILED,
                        null,
                        "No broker answers at 127.0.0.1:29092.\nStart it: ./churn broker",
                        step("ingest", 1, StepRecord.Outcome.DONE, null),
                        step("score", 3, StepRecord.Outcome.FAILED, "No broker")),
                null,
                null);
    }

    /** What a webhook is sent. */
    public static String json(RunNotice notice) throws JsonProcessingException {
        return JsonMapper.builder()
                .addModule(new JavaTimeModule())
                .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
                .build()
                .writeValueAsString(notice);
    }

    private static RunState run(RunStatus status, Books books, String failure, StepRecord... steps) {
        return new RunState(
                new RunPlan("20261125_100000", RunState.Trigger.SCHEDULE, START, "/data/küsten.csv", 95.0),
                new RunProgress(status, START.plusSeconds(8), List.of(steps), failure, List.of()),
                new RunBasis("0123456789abcdef".repeat(4), "logistic-18716d6b"),
                List.of("tenure has moved (PSI 0.31): “wärmer” als sonst"),
                books == null ? RunResults.NONE : new RunResults(books, 690L, 54_000.4, "$"));
    }

    private static StepRecord step(String name, int attempts, StepRecord.Outcome outcome, String detail) {
        return new StepRecord(name, attempts, START, START.plusSeconds(2), outcome, detail);
    }
}
