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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

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
    private final Map<String, Duration> durations = new LinkedHashMap<>();

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

    /** What the run itself knows; everything else is read back from the topics. */
    record Facts(
            String runId,
            Instant startedAt,
            CsvFile file,
            String modelVersion,
            long rowsRead,
            Map<String, Duration> durations) {}

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
                RunRecords records = timed("count", () -> RunRecords.read(config, topics, runId, startedAt));
                return report(new Facts(runId, startedAt, file, model.version(), rowsRead, durations), records);
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
        durations.put(step, Duration.between(begin, Instant.now()));
        return result;
    }

    private Result report(Facts facts, RunRecords records) {
        BatchSummary summary = BatchSummary.of(facts, records, config.batch().successThreshold());
        Path report = new BatchReport(config.reportsDir().resolve("batch")).write(summary, records);
        Books books = summary.books();
        String headline = String.format(
                Locale.ROOT,
                "%,d rows read = %,d predictions + %,d dead letters",
                books.rowsRead(),
                books.predictions(),
                books.deadLetters());
        return new Result(headline, report, summary.status() == BatchSummary.Status.SUCCEEDED, books.isBalanced());
    }
}
