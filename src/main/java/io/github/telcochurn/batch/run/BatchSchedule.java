package io.github.telcochurn.batch.run;

import io.github.telcochurn.batch.journal.RunJournal;
import io.github.telcochurn.batch.journal.RunState;
import io.github.telcochurn.config.ChurnConfig;
import io.github.telcochurn.config.CronFirings;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns the firings of the schedule into requests for runs, including those that were missed while no service was up. */
public final class BatchSchedule {
    private static final Logger LOG = LoggerFactory.getLogger(BatchSchedule.class);

    private final ChurnConfig config;
    private final RunJournal journal;
    private final InstantSource clock;

    /** The configured schedule, for runs of the configured file. */
    public BatchSchedule(ChurnConfig config, InstantSource clock) {
        this.config = config;
        this.journal = new RunJournal(config.checkpointsDir());
        this.clock = clock;
    }

    /**
     * The run of a firing.
     *
     * @param scheduledFireTimeMs when the firing was due, in milliseconds of the epoch; also when it is late or repeated
     */
    public RunRequest requestOf(long scheduledFireTimeMs) {
        return scheduled(Instant.ofEpochMilli(scheduledFireTimeMs));
    }

    /**
     * The run of a firing, of another file than the configured one.
     *
     * @param input the file; relative to the project's folder unless it is absolute
     */
    public RunRequest requestOf(long scheduledFireTimeMs, String input) {
        return RunRequest.scheduled(
                Instant.ofEpochMilli(scheduledFireTimeMs), config.home().resolve(input));
    }

    /**
     * What to catch up on: the scheduled run that was interrupted within a day, or otherwise one run, named after the current
     * time, for all firings since the last scheduled run.
     *
     * @return null when nothing was missed, or when the schedule is kept in a database, which catches up by itself
     */
    public RunRequest missed() {
        if (config.schedule().store().isEnabled()) {
            return null;
        }
        Optional<RunState> last = journal.newestFirst().stream()
                .filter(state -> state.trigger() == RunState.Trigger.SCHEDULE)
                .findFirst();
        return last.map(this::missedSince).orElse(null);
    }

    private RunRequest missedSince(RunState last) {
        Instant now = clock.instant();
        if (BatchRuns.isRecentlyInterrupted(last, now)) {
            LOG.info("The scheduled run {} was interrupted.", last.runId());
            // With the file that it had, which need not be the configured one.
            return RunRequest.scheduled(RunRequest.dueAtOf(last.runId()), Path.of(last.input()));
        }
        Instant lastDueAt = RunRequest.dueAtOf(last.runId());
        Optional<Instant> next = CronFirings.of(
                        config.schedule().cron(), config.schedule().timezone())
                .after(lastDueAt);
        if (next.isEmpty() || !next.get().isBefore(now)) {
            return null;
        }
        LOG.info(
                "Scheduled runs were missed: the last run was due at {}, and the next one was due {} ago.",
                lastDueAt,
                Duration.ofSeconds(Duration.between(next.get(), now).toSeconds()));
        return scheduled(now);
    }

    private RunRequest scheduled(Instant dueAt) {
        return RunRequest.scheduled(dueAt, config.dataCsv());
    }
}
