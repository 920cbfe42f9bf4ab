package io.github.telcochurn.batch.run;

import io.github.telcochurn.ChurnFailure;
import io.github.telcochurn.batch.journal.RunJournal;
import io.github.telcochurn.batch.journal.RunPlan;
import io.github.telcochurn.batch.journal.RunState;
import io.github.telcochurn.batch.journal.RunStatus;
import io.github.telcochurn.batch.report.HistoryIndex;
import io.github.telcochurn.config.ChurnConfig;
import io.github.telcochurn.files.ProcessLock;
import io.github.telcochurn.ingest.CsvFile;
import io.github.telcochurn.notification.Deliveries;
import io.github.telcochurn.pipeline.LogFile;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Begins and ends batch runs, one at a time among all processes of this folder. */
public final class BatchRuns implements Deliveries {
    private static final Logger LOG = LoggerFactory.getLogger(BatchRuns.class);
    private static final long POLL_INTERVAL_MS = 200;
    /** A run that was interrupted longer ago is resumed only on request: its messages may have expired on the topics. */
    private static final Duration RESUMED_WITHIN = Duration.ofDays(1);

    private final ChurnConfig config;
    private final RunJournal journal;
    private final InstantSource clock;
    private final RunReports reports;
    private volatile boolean stopped;
    private volatile Open open;

    public BatchRuns(ChurnConfig config, InstantSource clock) {
        this.config = config;
        this.journal = new RunJournal(config.checkpointsDir());
        this.clock = clock;
        this.reports = new RunReports(config.batchReportsDir());
    }

    /** A run and the resources that it holds until its end. */
    private record Open(BatchRun run, ProcessLock lock, LogFile ingestLog, LogFile scoreLog) implements AutoCloseable {
        @Override
        public void close() {
            try {
                scoreLog.close();
                ingestLog.close();
            } finally {
                lock.close();
            }
        }
    }

    /**
     * Begins the requested run, or resumes it.
     *
     * @return null when it has already ended
     * @throws RunRefused when another run is in progress, or there is no such run to resume
     * @throws RunStopped when the program ends while a scheduled run waits for its turn
     */
    public BatchRun begin(RunRequest request) throws InterruptedException {
        ProcessLock lock = acquireLock(request);
        try {
            Optional<RunState> before = before(request);
            if (before.isPresent() && before.get().isOver() && request.kind() != RunRequest.Kind.RESUME) {
                LOG.info(
                        "The run {} has already ended: {}",
                        before.get().runId(),
                        before.get().status().label());
                lock.close();
                return null;
            }
            return open(before.orElseGet(() -> fresh(request)), before.isPresent(), lock);
        } catch (RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    private ProcessLock acquireLock(RunRequest request) throws InterruptedException {
        Path file = lockFile(config);
        Optional<ProcessLock> lock = ProcessLock.tryTake(file);
        while (lock.isEmpty()) {
            if (request.kind() != RunRequest.Kind.SCHEDULED) {
                throw new RunRefused("Another batch run is in progress" + runInProgress()
                        + ". Wait until it has ended; ./churn batch --list shows how far it is.");
            }
            if (stopped) {
                throw new RunStopped(request.runId());
            }
            TimeUnit.MILLISECONDS.sleep(POLL_INTERVAL_MS);
            lock = ProcessLock.tryTake(file);
        }
        return lock.get();
    }

    private static Path lockFile(ChurnConfig config) {
        return config.stateDir().resolve("batch-run.lock");
    }

    private String runInProgress() {
        return journal.newestFirst().stream()
                .filter(state -> state.status() == RunStatus.RUNNING)
                .findFirst()
                .map(state -> ": " + state.runId() + ", since " + state.startedAt())
                .orElse("");
    }

    private Optional<RunState> before(RunRequest request) {
        return switch (request.kind()) {
            case SCHEDULED -> sameFiring(request);
            case NOW -> interrupted(request.input());
            case FRESH -> Optional.empty();
            case RESUME -> Optional.of(resumable(request.runId()));
        };
    }

    /** Two schedules may fire in one second; the run of another file is another run. */
    private Optional<RunState> sameFiring(RunRequest request) {
        Instant dueAt = request.dueAt();
        Optional<RunState> found = journal.find(RunRequest.idOf(dueAt));
        while (found.isPresent() && !found.get().input().equals(absolute(request.input()))) {
            dueAt = dueAt.plusSeconds(1);
            found = journal.find(RunRequest.idOf(dueAt));
        }
        return found;
    }

    /** Whether a run was interrupted so recently that the next one of its file resumes it. */
    static boolean isRecentlyInterrupted(RunState state, Instant now) {
        return !state.isOver() && state.startedAt().isAfter(now.minus(RESUMED_WITHIN));
    }

    private Optional<RunState> interrupted(Path input) {
        Instant now = clock.instant();
        return journal.newestFirst().stream()
                .filter(state -> isRecentlyInterrupted(state, now))
                .filter(state -> state.input().equals(absolute(input)))
                .findFirst()
                // A run whose input is unknown has sent nothing yet. The hash is computed only after an interruption.
                .filter(state -> state.inputSha256() == null
                        || state.inputSha256()
                                .equals(CsvFile.open(input, config.schema()).sha256()));
    }

    /**
     * Makes sure that there is something to resume, before anything is started for it.
     *
     * @throws RunRefused when there is no such run, or it has ended
     */
    public void requireResumable(RunRequest request) {
        if (request.kind() == RunRequest.Kind.RESUME) {
            resumable(request.runId());
        }
    }

    private RunState resumable(String runId) {
        RunState state = journal.find(runId)
                .orElseThrow(
                        () -> new RunRefused("There is no run " + runId + ". ./churn batch --list shows all runs."));
        if (state.isOver() && state.status() != RunStatus.FAILED) {
            throw new RunRefused(
                    "The run " + runId + " has ended (" + state.status().label()
                            + "): there is nothing to resume. Start a new one with ./churn batch --new.");
        }
        return state;
    }

    private RunState fresh(RunRequest request) {
        Instant dueAt = request.dueAt();
        while (journal.find(RunRequest.idOf(dueAt)).isPresent()) {
            // Two requests within a second are two runs.
            dueAt = dueAt.plusSeconds(1);
        }
        return RunState.begun(new RunPlan(
                RunRequest.idOf(dueAt),
                request.kind() == RunRequest.Kind.SCHEDULED ? RunState.Trigger.SCHEDULE : RunState.Trigger.COMMAND,
                clock.instant().truncatedTo(ChronoUnit.MILLIS),
                absolute(request.input()),
                config.batch().successThreshold()));
    }

    private static String absolute(Path input) {
        return input.toAbsolutePath().normalize().toString();
    }

    static Path ingestLog(ChurnConfig config, String runId) {
        return config.batchLogsDir().resolve("producer_" + runId + ".log");
    }

    static Path scoreLog(ChurnConfig config, String runId) {
        return config.batchLogsDir().resolve("consumer_" + runId + ".log");
    }

    private BatchRun open(RunState state, boolean resumed, ProcessLock lock) {
        BatchRun run = new BatchRun(journal, new SteadyClock(clock, System::nanoTime), state);
        open = new Open(
                run,
                lock,
                LogFile.ofIngest(ingestLog(config, state.runId())),
                LogFile.ofScoring(scoreLog(config, state.runId())));
        if (resumed) {
            LOG.warn("Resuming the run {}, which was interrupted.", state.runId());
        } else {
            LOG.info("The run {} begins: {}", state.runId(), state.input());
        }
        if (stopped) {
            run.requestStop();
        }
        return run;
    }

    /** Ends a run: completes its report with the last steps, and lists it in the history. Whatever fails, the next run can begin. */
    public BatchRun end(BatchRun run) {
        try {
            run.ended();
            if (run.figures() != null) {
                reports.write(run);
            }
            HistoryIndex.write(config.batchReportsDir(), journal.newestFirst());
        } catch (ChurnFailure e) {
            // This does not change the run, whose results are on the topics and in the journal.
            LOG.warn("{}", e.getMessage());
        } finally {
            closeOpen();
        }
        return run;
    }

    private void closeOpen() {
        Open ended = open;
        // Releases the figures, which hold a record for each customer.
        open = null;
        if (ended != null) {
            ended.close();
        }
    }

    /** Leaves a run as it is, to be resumed. */
    public BatchRun leave(BatchRun run) {
        try {
            run.stopped();
        } finally {
            closeOpen();
        }
        return run;
    }

    /** Makes the run in progress, and any that waits, stop as soon as the current transaction is committed. */
    public void stop() {
        stopped = true;
        Open now = open;
        if (now != null) {
            now.run().requestStop();
        }
    }

    @Override
    public boolean isDone(String channel) {
        return open.run().state().notified().contains(channel);
    }

    @Override
    public void done(String channel) {
        open.run().notified(channel);
    }

    @Override
    public void failed(String channel, String why) {
        open.run().note("not notified by " + channel + ": " + why);
    }

    /** Whether a run is in progress, here or in another process of this folder. */
    public static boolean isRunInProgress(ChurnConfig config) {
        Optional<ProcessLock> lock = ProcessLock.tryTake(lockFile(config));
        lock.ifPresent(ProcessLock::close);
        return lock.isEmpty();
    }
}
