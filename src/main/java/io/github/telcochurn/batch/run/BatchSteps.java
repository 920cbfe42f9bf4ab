package io.github.telcochurn.batch.run;

import io.github.telcochurn.ChurnFailure;
import io.github.telcochurn.MissingPrerequisite;
import io.github.telcochurn.batch.figures.Books;
import io.github.telcochurn.batch.figures.RunFigures;
import io.github.telcochurn.batch.journal.RunJournal;
import io.github.telcochurn.batch.journal.RunStatus;
import io.github.telcochurn.batch.report.BatchReport;
import io.github.telcochurn.batch.report.RunNotice;
import io.github.telcochurn.config.ChurnConfig;
import io.github.telcochurn.ingest.CheckpointLog;
import io.github.telcochurn.ingest.IngestPace;
import io.github.telcochurn.ingest.IngestRun;
import io.github.telcochurn.kafka.KafkaTopics;
import io.github.telcochurn.pipeline.Drain;
import io.github.telcochurn.prerequisites.CheckResult;
import io.github.telcochurn.prerequisites.Checklist;
import io.github.telcochurn.prerequisites.ModelLoads;
import io.github.telcochurn.prerequisites.TopicPolicies;
import io.github.telcochurn.progress.IngestProgress;
import io.github.telcochurn.progress.ScoreProgress;
import io.github.telcochurn.scoring.ModelFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The steps of {@code routes/batch-run.camel.yaml}. Each can be repeated, as a retry or a resumed run does. */
public final class BatchSteps {
    private static final Logger LOG = LoggerFactory.getLogger(BatchSteps.class);
    /** How long the lag may stay the same. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    /** Clocks of several machines differ a little. */
    private static final Duration CLOCK_SKEW = Duration.ofMinutes(1);

    private final ChurnConfig config;
    private final IngestProgress ingested;
    private final ScoreProgress scored;
    private final InstantSource clock;
    private final CheckpointLog checkpoints;
    private final RunJournal journal;
    private final RunReports reports;
    private final RunComparison runComparison;

    /**
     * The steps of all runs of a process.
     *
     * @param ingested follows the ingest
     * @param scored follows the scoring
     */
    public BatchSteps(ChurnConfig config, IngestProgress ingested, ScoreProgress scored, InstantSource clock) {
        this.config = config;
        this.ingested = ingested;
        this.scored = scored;
        this.clock = clock;
        this.checkpoints = new CheckpointLog(config);
        this.journal = new RunJournal(config.checkpointsDir());
        this.reports = new RunReports(config.batchReportsDir());
        this.runComparison = new RunComparison(journal, config.batchReportsDir());
    }

    /**
     * Step 1: is everything there that a run needs, and is the file fit to be sent?
     *
     * @throws MissingPrerequisite with all that is missing
     * @throws RunRefused when a bound of the data-quality gate is exceeded
     */
    public void checkPrerequisites(BatchRun run) {
        run.requireNotStopped();
        // The model on disk, which need not be the one that a service has loaded to score with: the report compares
        // both.
        ModelLoads model = new ModelLoads(ModelFolder.of(config));
        TopicPolicies policies = new TopicPolicies(config, run.input());
        List<CheckResult> findings =
                Checklist.ofBatch(config, run.input(), model, policies).check(finding -> {});
        String missing = findings.stream()
                .filter(finding -> !finding.holds())
                .map(finding -> finding.name() + ": " + finding.detail())
                .collect(Collectors.joining(" "));
        if (!missing.isEmpty()) {
            throw new MissingPrerequisite(missing);
        }
        run.modelLoaded(model.model());
        DataQuality.Findings quality =
                DataQuality.of(run.input(), config.validator(), model.model().card(), config.quality());
        run.inputRead(quality.file());
        List<String> warnings = Stream.concat(policies.warnings().stream(), quality.warnings().stream())
                .toList();
        run.warned(warnings);
        warnings.forEach(warning -> LOG.warn("{}", warning));
        if (!quality.refusals().isEmpty()) {
            throw new RunRefused(quality.refusal(run.input()));
        }
        run.note(String.format(Locale.ROOT, "%,d rows, %,d of them broken", quality.rows(), quality.broken())
                + (quality.repeated() == 0
                        ? ""
                        : String.format(Locale.ROOT, ", %,d repeat a customer", quality.repeated())));
    }

    /** Step 2 begins: what is to be ingested. */
    public IngestRun ingest(BatchRun run) {
        run.requireNotStopped();
        int chunkRows = IngestPace.of(config.batch()).chunkRows();
        IngestRun ingest = IngestRun.ofBatch(run.runId(), run.file(), chunkRows);
        // It is not yet known whether some of its rows were already sent. What a killed predecessor left open is rolled
        // back only when the route takes over its transactional id; reading the checkpoints now would wait until that
        // transaction expires.
        run.setFirstOffsets(ends());
        run.ingestBegun(ingest);
        ingested.begin();
        return ingest;
    }

    private Map<TopicPartition, Long> ends() {
        ChurnConfig.Topics names = config.topics();
        Map<TopicPartition, Long> ends = new HashMap<>();
        try (KafkaTopics topics = topics()) {
            Stream.of(names.raw(), names.predictions(), names.deadletter())
                    .forEach(topic -> ends.putAll(topics.ends(topic)));
        }
        return ends;
    }

    /**
     * Step 2 ends.
     *
     * @throws RunStopped when the ingest may have been interrupted
     */
    public void ingested(BatchRun run) {
        run.requireNotStopped();
        ingested.finish();
        if (run.ingest().hasResumed()) {
            run.setFirstOffsets(Map.of());
        }
        run.note(String.format(Locale.ROOT, "%,d rows committed", checkpoints.rowsIngested(run.ingest())));
    }

    /** Step 3: waits until all that was ingested is scored. */
    public void awaitScored(BatchRun run) throws InterruptedException {
        run.requireNotStopped();
        try (KafkaTopics topics = topics()) {
            Drain drain = new Drain(topics, config.groupId(), PATIENCE);
            scored.drainBegins(drain.lag(config.topics().raw()));
            drain.await(config.topics().raw(), run::isStopRequested);
        }
        run.requireNotStopped();
        scored.drainEnds();
    }

    /**
     * Step 4: counts the results of the run on the topics.
     *
     * @throws ChurnFailure when the books do not balance
     */
    public void summarise(BatchRun run) {
        run.requireNotStopped();
        try (KafkaTopics topics = topics()) {
            RunFigures figures = count(run, topics, topic -> firstOffsets(run, topics, topic));
            if (!figures.books().isBalanced() && run.firstOffsets().isEmpty()) {
                // The search by time may have missed some, as when the clock was set back.
                figures = count(run, topics, topics::starts);
            }
            run.counted(runComparison.compare(figures, run.state()));
            figures.model().warnings().forEach(warning -> LOG.warn("{}", warning));
            Books books = figures.books();
            if (!books.isBalanced()) {
                throw new ChurnFailure(String.format(
                        Locale.ROOT,
                        "The books do not balance: %,d rows read, but %,d rejected + %,d raw messages; of these %,d"
                                + " predictions + %,d dead letters. The topics were changed meanwhile, or records were lost.",
                        books.rowsRead(),
                        books.rowsRejected(),
                        books.rawMessages(),
                        books.predictions(),
                        books.deadMessages()));
            }
            run.note(books.headline());
        }
    }

    private RunFigures count(BatchRun run, KafkaTopics topics, Function<String, Map<TopicPartition, Long>> from) {
        return RunFigures.read(
                config,
                topics,
                new RunFigures.Ingested(run.runId(), run.file().sha256(), checkpoints.rowsIngested(run.ingest())),
                from,
                run.model());
    }

    private static Map<TopicPartition, Long> firstOffsets(BatchRun run, KafkaTopics topics, String topic) {
        Map<TopicPartition, Long> known = run.firstOffsets().entrySet().stream()
                .filter(entry -> entry.getKey().topic().equals(topic))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        return known.isEmpty() ? topics.firstSince(topic, since(run).toEpochMilli()) : known;
    }

    /** A run that another machine recovered has messages from before its own start. */
    private static Instant since(BatchRun run) {
        Instant dueAt = RunRequest.dueAtOf(run.runId());
        return (dueAt.isBefore(run.startedAt()) ? dueAt : run.startedAt()).minus(CLOCK_SKEW);
    }

    /** Step 5: writes the report. */
    public void report(BatchRun run) {
        run.requireNotStopped();
        reports.writeJudged(run);
        run.note(run.reportFile().getFileName().toString());
    }

    /** Step 6: did enough of the rows become predictions? */
    public void judge(BatchRun run) {
        run.requireNotStopped();
        run.judge();
        double rate = run.figures().books().successRate();
        run.note(String.format(
                Locale.ROOT,
                "%.2f %% of the rows; the threshold is %.2f %%",
                rate,
                run.state().successThreshold()));
    }

    /** Step 7: what to report about the run. */
    public RunNotice notice(BatchRun run) {
        Path html = BatchReport.htmlFile(config.batchReportsDir(), run.runId());
        return new RunNotice(run.state(), run.reportFile(), Files.exists(html) ? html : null);
    }

    /** Step 8: deletes what old runs left. */
    public void cleanUp(BatchRun run) {
        try {
            int deleted = new Retention(config, journal).apply(clock.instant());
            run.note(deleted == 0 ? "nothing to delete" : String.format(Locale.ROOT, "%,d old runs deleted", deleted));
        } catch (ChurnFailure e) {
            // Old files must not fail this run; the next one tries again.
            LOG.warn("{}", e.getMessage());
            run.note(e.getMessage());
        }
    }

    /**
     * Ends a run whose step failed in all attempts, with a report that says so. A run that was judged before keeps its verdict.
     *
     * @param cause what the last attempt threw
     */
    public void fail(BatchRun run, Throwable cause) {
        run.failed(cause);
        LOG.debug("The run {} failed", run.runId(), cause);
        RunStatus status = run.state().status();
        if (status != RunStatus.FAILED) {
            LOG.warn(
                    "The run {} ended as {}, but a step after its verdict failed: {}",
                    run.runId(),
                    status.label(),
                    ChurnFailure.userMessage(cause));
            return;
        }
        // The notification reports the failure.
        try {
            reports.write(run);
        } catch (ChurnFailure e) {
            // The failure itself matters more, and is in the journal.
            LOG.warn("{}", e.getMessage());
        }
    }

    private KafkaTopics topics() {
        return new KafkaTopics(config.kafka().bootstrapServers());
    }
}
