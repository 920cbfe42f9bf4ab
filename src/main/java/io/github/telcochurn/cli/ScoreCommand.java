package io.github.telcochurn.cli;

import io.github.telcochurn.ChurnBeans;
import io.github.telcochurn.config.ChurnConfig;
import io.github.telcochurn.kafka.BrokerAccess;
import io.github.telcochurn.kafka.KafkaTopics;
import io.github.telcochurn.pipeline.Drain;
import io.github.telcochurn.pipeline.Pipeline;
import io.github.telcochurn.pipeline.ScoreProgress;
import io.github.telcochurn.scoring.ChurnModel;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code churn score}: turns raw messages into predictions. */
@Command(
        name = "score",
        description = "Scores what is on the raw topic: each poll is one transaction. Ends when the topic is drained.",
        mixinStandardHelpOptions = true)
final class ScoreCommand implements Callable<Integer> {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

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

    @Option(
            names = "--window-size",
            paramLabel = "N",
            description = "The most records of one transaction; churn.score.window-size when not given.")
    private String windowSize;

    @Option(names = "--group-id", paramLabel = "G", description = "The consumer group; churn.group-id when not given.")
    private String groupId;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        return switch (mode) {
            case BATCH -> scoreBatch();
        };
    }

    private int scoreBatch() throws InterruptedException {
        ChurnConfig config = options.load(byOptions());
        ChurnModel model = ChurnModel.load(config.modelDir());
        BrokerAccess.require(config.kafka());
        ScoreProgress progress = new ScoreProgress(config.topics());
        try (KafkaTopics topics = new KafkaTopics(config.kafka().bootstrapServers())) {
            topics.createMissing(config.topics());
            Drain drain = new Drain(topics, config.groupId(), PATIENCE);
            try (Pipeline pipeline = Pipeline.start(
                    config,
                    List.of("score"),
                    new ChurnBeans(config).withScoring(model, progress).byName())) {
                progress.expect(drain.lag(config.topics().raw()));
                pipeline.startRoute("score");
                drain.await(config.topics().raw());
            }
        }
        progress.finish();
        spec.commandLine()
                .getOut()
                .printf(
                        "%,d messages scored in %,d windows: %,d predictions, %,d dead letters%n",
                        progress.messages(),
                        progress.windows(),
                        progress.predictions(),
                        progress.messages() - progress.predictions());
        return ExitCodes.DONE;
    }

    private Map<String, String> byOptions() {
        Map<String, String> byOptions = new LinkedHashMap<>();
        if (windowSize != null) {
            byOptions.put("churn.score.window-size", windowSize);
        }
        if (groupId != null) {
            byOptions.put("churn.group-id", groupId);
        }
        return byOptions;
    }
}
