package io.github.telcochurn.cli;

import io.github.telcochurn.ChurnBeans;
import io.github.telcochurn.config.ChurnConfig;
import io.github.telcochurn.config.Overlay;
import io.github.telcochurn.kafka.BrokerAccess;
import io.github.telcochurn.kafka.KafkaTopics;
import io.github.telcochurn.pipeline.Drain;
import io.github.telcochurn.pipeline.LogFile;
import io.github.telcochurn.pipeline.Pipeline;
import io.github.telcochurn.progress.ScoreProgress;
import io.github.telcochurn.progress.ScoringSummary;
import io.github.telcochurn.scoring.ChurnModel;
import io.github.telcochurn.scoring.ModelFolder;
import io.github.telcochurn.scoring.ServingModel;
import io.github.telcochurn.scoring.Shadow;
import io.github.telcochurn.streaming.Rehearsal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code churn score}: turns raw messages into predictions. */
@Command(
        name = "score",
        description = "Scores the raw topic: each poll is one window and one transaction.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Several scorers may run at once: they share the topic's partitions as one consumer group.",
            "Latency is the time from a message's event_ts to the commit of its prediction. Messages that did not arrive live"
                    + " are left out and counted: their event_ts is before this scorer's start, more than an hour old, or more"
                    + " than a second ahead of this machine's clock."
        })
final class ScoreCommand extends ConfiguredCommand {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @Option(
            names = "--mode",
            defaultValue = "batch",
            description = "batch ends when the topic is drained, streaming at Ctrl-C; default ${DEFAULT-VALUE}.")
    private Mode mode;

    @Option(names = "--duration", paramLabel = "SECONDS", description = "For streaming: stops after this time.")
    private Long durationSeconds;

    @Option(
            names = "--window-size",
            paramLabel = "N",
            description = "The maximum number of records per transaction; default: churn.score.window-size.")
    private String windowSize;

    @Option(
            names = "--num-windows",
            paramLabel = "N",
            description = "For batch: stops after this many windows at the latest.")
    private Long numWindows;

    @Option(names = "--group-id", paramLabel = "G", description = "The consumer group; default: churn.group-id.")
    private String groupId;

    @Option(names = "--json", description = "Prints the summary as JSON, without a line for each window.")
    private boolean json;

    /** Waits until the scorer has done what it was started for. */
    private interface Work {
        void await(Pipeline pipeline) throws InterruptedException;
    }

    @Override
    public Integer call() throws InterruptedException {
        OptionCheck check = new OptionCheck(spec.commandLine());
        check.onlyInMode("--duration", durationSeconds, mode == Mode.STREAMING);
        check.onlyInMode("--num-windows", numWindows, mode == Mode.BATCH);
        check.oneOrMore("--duration", durationSeconds);
        check.oneOrMore("--num-windows", numWindows);
        return switch (mode) {
            case BATCH -> scoreBatch();
            case STREAMING -> scoreStreaming();
        };
    }

    private int scoreBatch() throws InterruptedException {
        ChurnConfig config = options.load(byOptions());
        ScoreProgress progress = json
                ? ScoreProgress.ofBatch()
                : ScoreProgress.ofWindows(
                        (window, number) -> out().printf("window %,d: %s%n", number, window.headline()));
        Path log = config.logsDir()
                .resolve("batch/consumer_" + ProcessHandle.current().pid() + ".log");
        try (KafkaTopics topics = connect(config)) {
            Drain drain = new Drain(topics, config.groupId(), PATIENCE);
            return score(config, progress, log, numWindows == null ? Long.MAX_VALUE : numWindows, pipeline -> {
                progress.expect(drain.lag(config.topics().raw()));
                pipeline.startRoute("score");
                drain.await(
                        config.topics().raw(),
                        () -> numWindows != null && progress.summary().windows() >= numWindows);
            });
        }
    }

    private int scoreStreaming() throws InterruptedException {
        ChurnConfig config = options.load(byOptions());
        Path log = config.logsDir().resolve("streaming/streaming_consumer.log");
        connect(config).close();
        return score(config, ScoreProgress.ofStream(), log, Long.MAX_VALUE, pipeline -> {
            pipeline.startRoute("score");
            // Standard output is for the summary.
            spec.commandLine()
                    .getErr()
                    .println("Scoring messages from " + config.topics().raw() + ". Ctrl-C stops it.");
            TimeUnit.SECONDS.sleep(durationSeconds == null ? Long.MAX_VALUE : durationSeconds);
        });
    }

    private static KafkaTopics connect(ChurnConfig config) {
        BrokerAccess.require(config.kafka());
        KafkaTopics topics = new KafkaTopics(config.kafka().bootstrapServers());
        topics.createMissing(config.topics());
        return topics;
    }

    private int score(ChurnConfig config, ScoreProgress progress, Path log, long maxWindows, Work work)
            throws InterruptedException {
        ChurnModel model = ModelFolder.of(config).champion();
        Shadow shadow = Shadow.of(config);
        ServingModel serving = new ServingModel(model, shadow);
        ChurnBeans beans = new ChurnBeans(config)
                .withScoring(serving, progress, maxWindows)
                .withReload(serving);
        if (mode == Mode.STREAMING) {
            new Rehearsal(config).ofScoring(model);
        }
        try (LogFile logFile = mode == Mode.STREAMING ? LogFile.ofStream(log) : LogFile.ofScoring(log)) {
            try (Pipeline pipeline = Pipeline.start(config, beans.assembly())) {
                work.await(pipeline);
            } finally {
                // Also when the scorer was interrupted: everything in flight is committed by now.
                progress.finish();
                ScoringSummary summary = progress.summary();
                out().println(json ? JsonOutput.of(summary) : summary.headline());
                out().flush();
                if (shadow.isActive()) {
                    spec.commandLine().getErr().println(shadow.summary());
                }
            }
        }
        return ExitCodes.DONE;
    }

    private List<Overlay> byOptions() {
        return List.of(
                new Overlay("--window-size", "churn.score.window-size", windowSize),
                new Overlay("--group-id", "churn.group-id", groupId));
    }
}
