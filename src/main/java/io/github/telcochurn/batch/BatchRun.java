package io.github.telcochurn.batch;

import io.github.telcochurn.ChurnBeans;
import io.github.telcochurn.config.ChurnConfig;
import io.github.telcochurn.ingest.CsvFile;
import io.github.telcochurn.ingest.IngestRun;
import io.github.telcochurn.kafka.BrokerAccess;
import io.github.telcochurn.kafka.KafkaTopics;
import io.github.telcochurn.pipeline.Drain;
import io.github.telcochurn.pipeline.IngestProgress;
import io.github.telcochurn.pipeline.LogFile;
import io.github.telcochurn.pipeline.Pipeline;
import io.github.telcochurn.pipeline.ScoreProgress;
import io.github.telcochurn.scoring.ChurnModel;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/** One batch run: a file is ingested and scored, and a report says what became of every row. */
public final class BatchRun {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final DateTimeFormatter RUN_ID =
            DateTimeFormatter.ofPattern("yyyyMMdd_HHmmss").withZone(ZoneOffset.UTC);

    private final ChurnConfig config;
    private final Path input;
    private final Instant startedAt;
    private final String runId;
    private final IngestProgress ingested;
    private final ScoreProgress scored;
    private final List<StepRecord> steps = new ArrayList<>();

    /**
     * A run that begins now.
     *
     * @param startedAt names the run: the same start is the same run
     */
    public BatchRun(ChurnConfig config, Path input, Instant startedAt) {
        this.config = config;
        this.input = input;
        this.startedAt = startedAt.truncatedTo(ChronoUnit.MILLIS);
        this.runId = RUN_ID.format(startedAt);
        this.ingested = new IngestProgress(config.checkpointsDir());
        this.scored = ScoreProgress.ofBatch(config.topics());
    }

    /**
     * What came of a run.
     *
     * @param headline one line for people
     * @param succeeded whether enough of the rows became predictions
     * @param balanced whether every row is accounted for
     */
    public record Result(String headline, Path report, boolean succeeded, boolean balanced) {}

    /** A step of the run; what it throws ends the run. */
    private interface Step<T> {
        T run() throws InterruptedException;
    }

    /** Runs all steps, one after the other. */
    public Result run() throws InterruptedException {
        ChurnModel model = ChurnModel.load(config.modelDir());
        CsvFile file = CsvFile.open(input);
        Path logs = config.logsDir().resolve("batch");
        try (LogFile ingestLog = LogFile.ofIngest(logs.resolve("producer_" + runId + ".log"));
                LogFile scoreLog = LogFile.ofScoring(logs.resolve("consumer_" + runId + ".log"));
                BrokerAccess broker = BrokerAccess.connect(config.kafka());
                KafkaTopics topics = new KafkaTopics(config.kafka().bootstrapServers())) {
            topics.createMissing(config.topics());
            try (Pipeline pipeline = pipeline(model)) {
                long rowsRead = timed("ingest", () -> ingest(pipeline, file));
                timed("score", () -> score(pipeline, topics));
                RunFigures figures = timed(
                        "summary", () -> RunFigures.read(config, topics, model.card(), runId, startedAt, rowsRead));
                return report(file, model.version(), figures);
            }
        }
    }

    private Pipeline pipeline(ChurnModel model) {
        ChurnBeans beans = new ChurnBeans(config).withIngest(ingested).withScoring(model, scored);
        return Pipeline.start(config, List.of("ingest-batch", "score"), beans.byName());
    }

    private long ingest(Pipeline pipeline, CsvFile file) throws InterruptedException {
        ingested.begin();
        pipeline.ingest(IngestRun.fromStart(runId, file, config.batch().batchSize(), Long.MAX_VALUE));
        ingested.finish();
        return ingested.rows();
    }

    private long score(Pipeline pipeline, KafkaTopics topics) throws InterruptedException {
        Drain drain = new Drain(topics, config.groupId(), PATIENCE);
        scored.expect(drain.lag(config.topics().raw()));
        pipeline.startRoute("score");
        drain.await(config.topics().raw());
        pipeline.stopRoute("score");
        scored.finish();
        return scored.summary().messages();
    }

    private <T> T timed(String step, Step<T> work) throws InterruptedException {
        Instant begin = Instant.now();
        T result = work.run();
        steps.add(new StepRecord(step, 1, begin, Instant.now(), StepRecord.Outcome.DONE, null));
        return result;
    }

    private Result report(CsvFile file, String modelVersion, RunFigures figures) {
        Books books = figures.books();
        RunStatus status = status(books);
        RunState state = new RunState(
                runId,
                status,
                RunState.Trigger.COMMAND,
                startedAt,
                Instant.now(),
                file.path().toString(),
                file.sha256(),
                modelVersion,
                steps,
                List.of(),
                config.batch().successThreshold(),
                books,
                figures.highRisk(),
                figures.revenueAtRisk(),
                books.isBalanced() ? null : "The books do not balance.");
        Path report = new BatchReport(config.reportsDir().resolve("batch")).write(state, figures);
        return new Result(books.headline(), report, status == RunStatus.SUCCEEDED, books.isBalanced());
    }

    private RunStatus status(Books books) {
        if (!books.isBalanced()) {
            return RunStatus.FAILED;
        }
        return books.successRate() >= config.batch().successThreshold()
                ? RunStatus.SUCCEEDED
                : RunStatus.BELOW_THRESHOLD;
    }
}
