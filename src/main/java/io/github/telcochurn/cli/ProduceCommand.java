package io.github.telcochurn.cli;

import io.github.telcochurn.ChurnBeans;
import io.github.telcochurn.config.ChurnConfig;
import io.github.telcochurn.ingest.Checkpoint;
import io.github.telcochurn.ingest.CheckpointLog;
import io.github.telcochurn.ingest.CsvFile;
import io.github.telcochurn.ingest.CsvPosition;
import io.github.telcochurn.ingest.IngestRun;
import io.github.telcochurn.kafka.BrokerAccess;
import io.github.telcochurn.kafka.KafkaTopics;
import io.github.telcochurn.pipeline.IngestProgress;
import io.github.telcochurn.pipeline.Pipeline;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code churn produce}: feeds the raw topic. */
@Command(
        name = "produce",
        description = "Feeds the raw topic from a CSV file: each chunk of rows and its checkpoint are one transaction.",
        mixinStandardHelpOptions = true)
final class ProduceCommand implements Callable<Integer> {
    enum Mode {
        BATCH
    }

    @Mixin
    private ConfigOptions options;

    @Option(
            names = "--mode",
            defaultValue = "batch",
            description = "${COMPLETION-CANDIDATES}; default ${DEFAULT-VALUE}.")
    private Mode mode;

    @Option(names = "--input", paramLabel = "FILE", description = "The CSV file; churn.data.csv when not given.")
    private Path input;

    @Option(
            names = "--batch-size",
            paramLabel = "N",
            description = "Rows per transaction; churn.batch.batch-size when not given.")
    private String batchSize;

    @Option(names = "--limit", paramLabel = "N", description = "Reads no more than N rows.")
    private Long limit;

    @Option(
            names = "--resume",
            description = "Goes on after the last committed row of this file, in the run that was broken off.")
    private boolean resume;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        return switch (mode) {
            case BATCH -> produceBatch();
        };
    }

    private int produceBatch() throws InterruptedException {
        if (limit != null && limit < 1) {
            throw new ParameterException(spec.commandLine(), "--limit must be 1 or more, but is " + limit);
        }
        Map<String, String> byOptions = new LinkedHashMap<>();
        if (batchSize != null) {
            byOptions.put("churn.batch.batch-size", batchSize);
        }
        ChurnConfig config = options.load(byOptions);
        CsvFile file = CsvFile.open(input == null ? config.dataCsv() : input);
        BrokerAccess.require(config.kafka());
        IngestProgress progress = new IngestProgress(config.checkpointsDir());
        try (KafkaTopics topics = new KafkaTopics(config.kafka().bootstrapServers())) {
            topics.createMissing(config.topics());
            IngestRun run = ingestRun(config, topics, file);
            try (Pipeline pipeline = Pipeline.start(
                    config,
                    List.of("ingest-batch"),
                    new ChurnBeans(config).withIngest(progress).byName())) {
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

    private IngestRun ingestRun(ChurnConfig config, KafkaTopics topics, CsvFile file) {
        Optional<Checkpoint> last = resume
                ? new CheckpointLog(config, topics)
                        .latest(file.path().getFileName().toString())
                : Optional.empty();
        // A file that was changed is another file, and begins at its beginning.
        Optional<Checkpoint> valid =
                last.filter(checkpoint -> checkpoint.sha256().equals(file.sha256()));
        String runId = valid.map(Checkpoint::runId).orElseGet(() -> "produce-" + Instant.now());
        CsvPosition from = valid.map(Checkpoint::position).orElse(file.firstRow());
        return new IngestRun(runId, file, from, config.batch().batchSize(), limit == null ? Long.MAX_VALUE : limit);
    }
}
