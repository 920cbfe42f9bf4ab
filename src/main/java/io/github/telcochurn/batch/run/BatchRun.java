package io.github.telcochurn.batch.run;

import io.github.telcochurn.ChurnFailure;
import io.github.telcochurn.batch.figures.RunFigures;
import io.github.telcochurn.batch.journal.RunBasis;
import io.github.telcochurn.batch.journal.RunJournal;
import io.github.telcochurn.batch.journal.RunPlan;
import io.github.telcochurn.batch.journal.RunProgress;
import io.github.telcochurn.batch.journal.RunResults;
import io.github.telcochurn.batch.journal.RunState;
import io.github.telcochurn.batch.journal.RunStatus;
import io.github.telcochurn.batch.journal.StepRecord;
import io.github.telcochurn.ingest.CsvFile;
import io.github.telcochurn.ingest.IngestRun;
import io.github.telcochurn.pipeline.StepListener;
import io.github.telcochurn.scoring.ChurnModel;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A run in progress: what is known of it so far, written to the journal at every change. Thread-safe. */
public final class BatchRun implements StepListener {
    private static final Logger LOG = LoggerFactory.getLogger(BatchRun.class);

    private final RunJournal journal;
    private final InstantSource clock;
    private final RunPlan plan;
    private final List<StepRecord> steps;
    private final List<String> notified;
    private String inputSha256;
    private String modelVersion;
    private RunStatus status = RunStatus.RUNNING;
    private Instant endedAt;
    private List<String> warnings;
    private ChurnModel model;
    private RunFigures figures;
    private Throwable failure;
    private CsvFile file;
    private IngestRun ingest;
    private Map<TopicPartition, Long> firstOffsets = Map.of();
    private boolean journalLags;
    private volatile Path reportFile;
    private volatile boolean stopRequested;

    /**
     * Begins a run, or resumes one.
     *
     * @param clock which never goes back
     * @param before what is known of the run
     */
    BatchRun(RunJournal journal, InstantSource clock, RunState before) {
        this.journal = journal;
        this.clock = clock;
        this.plan = before.plan();
        this.inputSha256 = before.inputSha256();
        this.modelVersion = before.modelVersion();
        this.steps = new ArrayList<>(before.steps());
        this.warnings = before.warnings();
        this.notified = new ArrayList<>(before.notified());
        save();
    }

    /** All that is known of it. */
    public synchronized RunState state() {
        return state(status);
    }

    /** As {@link #state()}, with the verdict that {@link #judge} would settle. */
    synchronized RunState judgedState() {
        return state(verdict());
    }

    private RunState state(RunStatus as) {
        return new RunState(
                plan,
                new RunProgress(
                        as, endedAt, steps, failure == null ? null : ChurnFailure.userMessage(failure), notified),
                new RunBasis(inputSha256, scoredWith()),
                allWarnings(),
                figures == null
                        ? RunResults.NONE
                        : new RunResults(
                                figures.books(),
                                figures.customers().highRisk(),
                                figures.customers().revenueAtRisk(),
                                figures.customers().revenueUnit()));
    }

    private String scoredWith() {
        String scorers =
                figures == null ? null : figures.model().modelVersions().names();
        return scorers == null ? modelVersion : scorers;
    }

    private List<String> allWarnings() {
        List<String> all = new ArrayList<>(warnings);
        if (figures != null) {
            all.addAll(figures.model().warnings());
        }
        return all;
    }

    /** A run that the journal cannot record must not continue, unless its outcome is settled: then nothing changes it. */
    private void save() {
        try {
            journal.save(state());
        } catch (ChurnFailure e) {
            if (status == RunStatus.RUNNING) {
                throw e;
            }
            if (!journalLags) {
                LOG.warn("{} The run {} still ended as {}.", e.getMessage(), runId(), status.label());
            }
            journalLags = true;
        }
    }

    private RunStatus verdict() {
        return figures.books().successRate() >= plan.successThreshold()
                ? RunStatus.SUCCEEDED
                : RunStatus.BELOW_THRESHOLD;
    }

    public String runId() {
        return plan.runId();
    }

    Path input() {
        return Path.of(plan.input());
    }

    Instant startedAt() {
        return plan.startedAt();
    }

    @Override
    public synchronized void stepStarted(String step) {
        int known = indexOf(step);
        if (known < 0) {
            steps.add(StepRecord.started(step, now()));
        } else {
            steps.set(known, steps.get(known).retried(now(), null));
        }
        save();
    }

    @Override
    public synchronized void stepRetried(Throwable cause) {
        String why = ChurnFailure.userMessage(cause);
        changeCurrent(step -> {
            LOG.warn("The step {} failed and is retried: {}", step.name(), why);
            return step.retried(now(), "retried after: " + why);
        });
    }

    /** Records the result of the step that is in progress. */
    synchronized void note(String detail) {
        changeCurrent(step -> step.withDetail(detail));
    }

    @Override
    public synchronized void stepDone(String step) {
        int known = indexOf(step);
        // A step that failed for good has ended before Camel reports it.
        if (known >= 0 && steps.get(known).isInProgress()) {
            steps.set(known, steps.get(known).ended(now(), StepRecord.Outcome.DONE));
            save();
        }
    }

    /** Changes the step that is in progress; between two steps there is none. */
    private void changeCurrent(UnaryOperator<StepRecord> change) {
        for (int i = steps.size() - 1; i >= 0; i--) {
            if (steps.get(i).isInProgress()) {
                steps.set(i, change.apply(steps.get(i)));
                save();
                return;
            }
        }
    }

    private int indexOf(String step) {
        return steps.stream().map(StepRecord::name).toList().indexOf(step);
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    /** The input as it was found; a resumed run must find what it found before. */
    synchronized void inputRead(CsvFile found) {
        if (inputSha256 != null && !inputSha256.equals(found.sha256())) {
            throw new RunRefused(found.path() + " was changed since the run " + runId()
                    + " began. Restore the file, or begin a new run with ./churn batch --new.");
        }
        file = found;
        inputSha256 = found.sha256();
        save();
    }

    synchronized void modelLoaded(ChurnModel loaded) {
        model = loaded;
        modelVersion = loaded.version();
        save();
    }

    synchronized void warned(List<String> found) {
        warnings = List.copyOf(found);
        save();
    }

    synchronized void ingestBegun(IngestRun begun) {
        ingest = begun;
        if (stopRequested) {
            begun.requestStop();
        }
    }

    /** The run's records are at these offsets or later; for the partitions of all topics that it writes to, or for none. */
    synchronized void setFirstOffsets(Map<TopicPartition, Long> offsets) {
        firstOffsets = Map.copyOf(offsets);
    }

    /** Empty when they are not known, as in a resumed run. */
    synchronized Map<TopicPartition, Long> firstOffsets() {
        return firstOffsets;
    }

    synchronized void counted(RunFigures counted) {
        figures = counted;
        save();
    }

    /** Decides whether enough of the rows became predictions. */
    synchronized void judge() {
        RunStatus judged = verdict();
        journal.save(state(judged));
        status = judged;
    }

    synchronized void notified(String channel) {
        notified.add(channel);
        save();
    }

    /** Ends the current step as failed, and the run with it unless it was judged before: its verdict may have been reported. */
    synchronized void failed(Throwable cause) {
        if (status == RunStatus.RUNNING) {
            failure = cause;
            status = RunStatus.FAILED;
        }
        changeCurrent(step -> step.withDetail(ChurnFailure.userMessage(cause)).ended(now(), StepRecord.Outcome.FAILED));
        save();
    }

    /** Stops the run, which can be resumed. */
    synchronized void stopped() {
        status = RunStatus.STOPPED;
        save();
    }

    synchronized void ended() {
        Instant now = now();
        // The clock may have been set back since the run began, if it was resumed.
        endedAt = now.isBefore(startedAt()) ? startedAt() : now;
        save();
    }

    /** Makes it stop as soon as the current transaction is committed. */
    public synchronized void requestStop() {
        stopRequested = true;
        if (ingest != null) {
            ingest.requestStop();
        }
    }

    boolean isStopRequested() {
        return stopRequested;
    }

    /**
     * Interrupts the caller when the run is to stop.
     *
     * @throws RunStopped when it is
     */
    void requireNotStopped() {
        if (stopRequested) {
            throw new RunStopped(runId());
        }
    }

    synchronized CsvFile file() {
        return file;
    }

    synchronized IngestRun ingest() {
        return ingest;
    }

    synchronized ChurnModel model() {
        return model;
    }

    /** What was counted; null before the summary. */
    synchronized RunFigures figures() {
        return figures;
    }

    void reportWritten(Path markdown) {
        reportFile = markdown;
    }

    /** The Markdown file of the report; null where none was written. */
    public Path reportFile() {
        return reportFile;
    }

    /** What made it fail; null unless it did. */
    public synchronized Throwable failure() {
        return failure;
    }
}
