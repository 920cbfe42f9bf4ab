package io.github.telcochurn.cli;

import io.github.telcochurn.ChurnBeans;
import io.github.telcochurn.config.ChurnConfig;
import io.github.telcochurn.config.Overlay;
import io.github.telcochurn.ingest.CsvFile;
import io.github.telcochurn.ingest.CustomerSampler;
import io.github.telcochurn.ingest.IngestPace;
import io.github.telcochurn.ingest.IngestRun;
import io.github.telcochurn.kafka.BrokerAccess;
import io.github.telcochurn.kafka.KafkaTopics;
import io.github.telcochurn.pipeline.Pipeline;
import io.github.telcochurn.progress.IngestProgress;
import io.github.telcochurn.progress.Progress;
import io.github.telcochurn.streaming.Rehearsal;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code churn produce}: feeds the raw topic. */
@Command(
        name = "produce",
        description = {
            "Feeds the raw topic from a CSV file.",
            "batch: every row once; each chunk of rows and its checkpoint are one transaction.",
            "streaming: customers drawn at random, with replacement, at a steady rate."
        },
        mixinStandardHelpOptions = true)
final class ProduceCommand extends ConfiguredCommand {
    /** A year: longer than anybody waits, and short enough that no calculation overflows. */
    private static final long MAX_SECONDS = TimeUnit.DAYS.toSeconds(365);

    @Option(names = "--mode", defaultValue = "batch", description = "batch or streaming; default ${DEFAULT-VALUE}.")
    private Mode mode;

    @Option(
            names = "--input",
            paramLabel = "FILE",
            description = "The CSV file, a regular file; default: churn.data.csv.")
    private Path input;

    @Option(
            names = "--batch-size",
            paramLabel = "N",
            description = "Rows per transaction; default: churn.batch.batch-size.")
    private String batchSize;

    @Option(names = "--limit", paramLabel = "N", description = "Reads at most N rows.")
    private Long limit;

    @Option(
            names = "--resume",
            description = "Resumes the interrupted run of this content after its last committed row.")
    private boolean resume;

    @Option(
            names = "--events-per-sec",
            paramLabel = "N",
            description = "For streaming: the rate; default: churn.streaming.events-per-sec.")
    private String eventsPerSecond;

    @Option(
            names = "--duration",
            paramLabel = "SECONDS",
            description = "For streaming: stops after this time; otherwise at Ctrl-C.")
    private Long durationSeconds;

    @Option(names = "--seed", paramLabel = "N", description = "For streaming: the same seed draws the same customers.")
    private Long seed;

    @Override
    public Integer call() throws InterruptedException {
        OptionCheck check = new OptionCheck(spec.commandLine());
        check.onlyInMode("--batch-size", batchSize, mode == Mode.BATCH);
        check.onlyInMode("--limit", limit, mode == Mode.BATCH);
        check.onlyInMode("--resume", resume ? true : null, mode == Mode.BATCH);
        check.onlyInMode("--events-per-sec", eventsPerSecond, mode == Mode.STREAMING);
        check.onlyInMode("--duration", durationSeconds, mode == Mode.STREAMING);
        check.onlyInMode("--seed", seed, mode == Mode.STREAMING);
        check.oneOrMore("--limit", limit);
        check.oneTo("--duration", durationSeconds, MAX_SECONDS);
        return switch (mode) {
            case BATCH -> produceBatch();
            case STREAMING -> produceStreaming();
        };
    }

    private int produceBatch() throws InterruptedException {
        ChurnConfig config = options.load(List.of(new Overlay("--batch-size", "churn.batch.batch-size", batchSize)));
        CsvFile file = CsvFile.open(input == null ? config.dataCsv() : input, config.schema());
        BrokerAccess.require(config.kafka());
        IngestProgress progress = new IngestProgress(config.checkpointsDir());
        try (KafkaTopics topics = new KafkaTopics(config.kafka().bootstrapServers())) {
            topics.createMissing(config.topics());
            IngestRun run = ingestRun(config, file);
            try (Pipeline pipeline = Pipeline.start(
                    config, new ChurnBeans(config).withIngest(progress).assembly())) {
                progress.begin();
                pipeline.ingest(run);
            } finally {
                progress.finish();
            }
            spec.commandLine()
                    .getOut()
                    .printf("%,d rows of %s committed, run %s%n", progress.rows(), file.path(), run.runId());
        }
        return ExitCodes.DONE;
    }

    private int produceStreaming() throws InterruptedException {
        ChurnConfig config = options.load(
                List.of(new Overlay("--events-per-sec", "churn.streaming.events-per-sec", eventsPerSecond)));
        CustomerSampler sampler = CustomerSampler.of(
                config,
                input == null ? config.dataCsv() : input,
                durationSeconds == null ? Long.MAX_VALUE : config.streaming().eventsPerSecond() * durationSeconds,
                seed == null ? System.nanoTime() : seed);
        BrokerAccess.require(config.kafka());
        try (KafkaTopics topics = new KafkaTopics(config.kafka().bootstrapServers())) {
            topics.createMissing(config.topics());
        }
        new Rehearsal(config).ofIngest();
        ChurnBeans beans = new ChurnBeans(config).withStreamingIngest(sampler);
        try (Pipeline pipeline = Pipeline.start(config, beans.assembly())) {
            Progress progress = Progress.everySecond("events");
            try {
                pipeline.startRoute("ingest-streaming");
                while (!sampler.isDone()) {
                    TimeUnit.MILLISECONDS.sleep(5);
                    progress.update(sampler.acknowledged(), sampler.fractionDone());
                }
            } finally {
                progress.finish(sampler.acknowledged());
            }
        } finally {
            spec.commandLine()
                    .getOut()
                    .printf("%,d events acknowledged, run %s%n", sampler.acknowledged(), sampler.runId());
            out().flush();
        }
        return ExitCodes.DONE;
    }

    private IngestRun ingestRun(ChurnConfig config, CsvFile file) {
        String newRun = "produce-" + Instant.now();
        int chunkRows = IngestPace.of(config.batch()).chunkRows();
        long maxRows = limit == null ? Long.MAX_VALUE : limit;
        return resume
                ? IngestRun.resuming(newRun, file, chunkRows, maxRows)
                : IngestRun.fromStart(newRun, file, chunkRows, maxRows);
    }
}
