package io.github.telcochurn.batch.journal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.telcochurn.batch.figures.Books;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunJournalTest {
    /** As the first versions wrote it, when the state of a run was one record. */
    private static final String ENDED = """
            {
              "run_id" : "20261125_100000",
              "status" : "BELOW_THRESHOLD",
              "trigger" : "SCHEDULE",
              "started_at" : "2026-11-25T10:00:00.123Z",
              "ended_at" : "2026-11-25T10:00:08Z",
              "input" : "/data/customers.csv",
              "input_sha256" : "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
              "model_version" : "logistic-18716d6b",
              "steps" : [ {
                "name" : "ingest",
                "attempts" : 2,
                "started_at" : "2026-11-25T10:00:01Z",
                "ended_at" : "2026-11-25T10:00:02Z",
                "outcome" : "DONE",
                "detail" : "100 rows committed"
              } ],
              "warnings" : [ "The file has 100 rows." ],
              "success_threshold" : 95.0,
              "books" : {
                "rows_read" : 100,
                "rows_rejected" : 10,
                "raw_messages" : 90,
                "predictions" : 90,
                "dead_messages" : 0,
                "balanced" : true,
                "dead_letters" : 10,
                "success_rate" : 90.0
              },
              "high_risk" : 7,
              "revenue_at_risk" : 512.35,
              "notified" : [ "email" ]
            }
            """;

    private static final String KILLED = """
            {
              "run_id" : "20261125_110000",
              "status" : "RUNNING",
              "trigger" : "COMMAND",
              "started_at" : "2026-11-25T11:00:00Z",
              "input" : "/data/customers.csv",
              "steps" : [ ],
              "warnings" : [ ],
              "success_threshold" : 95.0,
              "notified" : [ ]
            }
            """;

    @TempDir
    private Path dir;

    private RunJournal journal;

    @BeforeEach
    void open() {
        journal = new RunJournal(dir);
    }

    private RunState read(String runId, String json) throws IOException {
        Files.writeString(journal.fileOf(runId), json);
        return journal.find(runId).orElseThrow();
    }

    @Test
    void readsARunOfTheFirstVersions() throws IOException {
        Instant start = Instant.parse("2026-11-25T10:00:00.123Z");
        StepRecord ingest = new StepRecord(
                "ingest",
                2,
                Instant.parse("2026-11-25T10:00:01Z"),
                Instant.parse("2026-11-25T10:00:02Z"),
                StepRecord.Outcome.DONE,
                "100 rows committed");

        assertThat(read("20261125_100000", ENDED))
                .isEqualTo(new RunState(
                        new RunPlan("20261125_100000", RunState.Trigger.SCHEDULE, start, "/data/customers.csv", 95),
                        new RunProgress(
                                RunStatus.BELOW_THRESHOLD,
                                Instant.parse("2026-11-25T10:00:08Z"),
                                List.of(ingest),
                                null,
                                List.of("email")),
                        new RunBasis("0123456789abcdef".repeat(4), "logistic-18716d6b"),
                        List.of("The file has 100 rows."),
                        new RunResults(new Books(100, 10, 90, 90, 0), 7L, 512.35, null)));
    }

    @Test
    void readsAKilledRunOfTheFirstVersions() throws IOException {
        RunState killed = read("20261125_110000", KILLED);

        assertThat(killed.isOver()).isFalse();
        assertThat(killed)
                .isEqualTo(RunState.begun(new RunPlan(
                        "20261125_110000",
                        RunState.Trigger.COMMAND,
                        Instant.parse("2026-11-25T11:00:00Z"),
                        "/data/customers.csv",
                        95)));
    }

    @Test
    void writesTheFieldsOfTheFirstVersions() throws IOException {
        for (String json : List.of(ENDED, KILLED)) {
            JsonNode before = new ObjectMapper().readTree(json);
            String runId = before.get("run_id").asText();

            journal.save(read(runId, json));

            assertThat(new ObjectMapper().readTree(journal.fileOf(runId).toFile()))
                    .isEqualTo(before);
        }
    }

    @Test
    void ignoresFilesThatAreNotJournals() throws IOException {
        Files.writeString(journal.fileOf("20261125_120000"), "{}");
        Files.writeString(journal.fileOf("20261125_130000"), "no JSON");
        Files.writeString(journal.fileOf("20261125_110000"), KILLED);

        assertThat(journal.newestFirst()).extracting(RunState::runId).containsExactly("20261125_110000");
    }
}
