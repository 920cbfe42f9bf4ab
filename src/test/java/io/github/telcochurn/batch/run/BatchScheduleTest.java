package io.github.telcochurn.batch.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.telcochurn.TestProject;
import io.github.telcochurn.batch.journal.RunJournal;
import io.github.telcochurn.batch.journal.RunState;
import io.github.telcochurn.batch.report.States;
import io.github.telcochurn.config.ChurnConfig;
import io.github.telcochurn.config.ConfigLoader;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a service that starts finds missed of its schedule. */
class BatchScheduleTest {
    @TempDir
    private Path home;

    private ChurnConfig config;

    @BeforeEach
    void scheduleRunsAtEachFullHour() {
        config = TestProject.config(home, Map.of("churn.batch.cron", "0 0 * * * ?"));
    }

    private RunRequest missedAt(String now) {
        return new BatchSchedule(config, () -> Instant.parse(now)).missed();
    }

    private void journal(String runId, RunState.Trigger trigger, String startedAt, String endedAt) {
        journal(runId, trigger, config.dataCsv().toString(), startedAt, endedAt);
    }

    private void journal(String runId, RunState.Trigger trigger, String input, String startedAt, String endedAt) {
        Instant end = endedAt == null ? null : Instant.parse(endedAt);
        new RunJournal(config.checkpointsDir()).save(States.of(runId, trigger, input, Instant.parse(startedAt), end));
    }

    @Test
    void missesNothingBeforeItsFirstRun() {
        journal("20261125_093000", RunState.Trigger.COMMAND, "2026-11-25T09:30:00Z", "2026-11-25T09:31:00Z");

        assertThat(missedAt("2026-11-25T12:20:00Z")).isNull();
    }

    @Test
    void missesNothingUntilTheNextFiring() {
        journal("20261125_090000", RunState.Trigger.SCHEDULE, "2026-11-25T09:00:00Z", "2026-11-25T09:01:00Z");

        assertThat(missedAt("2026-11-25T09:59:59Z")).isNull();
    }

    @Test
    void makesUpForAllMissedFiringsWithOneRunNow() {
        journal("20261125_090000", RunState.Trigger.SCHEDULE, "2026-11-25T09:00:00Z", "2026-11-25T09:01:00Z");

        assertThat(missedAt("2026-11-25T12:20:00Z"))
                .isEqualTo(RunRequest.scheduled(Instant.parse("2026-11-25T12:20:00Z"), config.dataCsv()));
    }

    @Test
    void resumesTheScheduledRunThatWasKilled() {
        journal("20261125_090000", RunState.Trigger.SCHEDULE, "2026-11-25T09:00:00Z", null);

        assertThat(missedAt("2026-11-25T09:20:00Z"))
                .isEqualTo(RunRequest.scheduled(Instant.parse("2026-11-25T09:00:00Z"), config.dataCsv()));
    }

    @Test
    void resumesWithTheFileOfTheRunThatWasKilled() {
        journal("20261125_023000", RunState.Trigger.SCHEDULE, "/data/nightly.csv", "2026-11-25T02:30:00Z", null);

        assertThat(missedAt("2026-11-25T02:40:00Z"))
                .isEqualTo(RunRequest.scheduled(Instant.parse("2026-11-25T02:30:00Z"), Path.of("/data/nightly.csv")));
    }

    @Test
    void doesNotResumeARunThatWasKilledDaysAgo() {
        journal("20261122_090000", RunState.Trigger.SCHEDULE, "2026-11-22T09:00:00Z", null);

        assertThat(missedAt("2026-11-25T09:20:00Z").runId()).isEqualTo("20261125_092000");
    }

    @Test
    void knowsTheFiringsOfItsTimeZone() {
        // At 6:45 in Kathmandu, which is 1:00 UTC.
        config = ConfigLoader.override(
                config, Map.of("churn.batch.cron", "0 45 6 * * ?", "churn.batch.timezone", "Asia/Kathmandu"));
        journal("20261124_010000", RunState.Trigger.SCHEDULE, "2026-11-24T01:00:00Z", "2026-11-24T01:01:00Z");

        assertThat(missedAt("2026-11-25T00:59:00Z")).isNull();
        assertThat(missedAt("2026-11-25T01:01:00Z").runId()).isEqualTo("20261125_010100");
    }

    @Test
    void makesUpForARunInAnHourThatTheClocksSkipped() {
        config = ConfigLoader.override(
                config, Map.of("churn.batch.cron", "0 30 2 * * ?", "churn.batch.timezone", "Europe/Berlin"));
        journal("20270327_013000", RunState.Trigger.SCHEDULE, "2027-03-27T01:30:00Z", "2027-03-27T01:31:00Z");

        assertThat(missedAt("2027-03-28T01:29:00Z")).isNull();
        assertThat(missedAt("2027-03-28T05:00:00Z").runId()).isEqualTo("20270328_050000");
    }

    @Test
    void leavesASharedScheduleToItsDatabase() {
        journal("20261125_090000", RunState.Trigger.SCHEDULE, "2026-11-25T09:00:00Z", null);
        config = ConfigLoader.override(
                config, Map.of("churn.schedule.jdbc.url", "jdbc:postgresql://127.0.0.1:5432/churn"));

        assertThat(missedAt("2026-11-25T12:20:00Z")).isNull();
    }
}
