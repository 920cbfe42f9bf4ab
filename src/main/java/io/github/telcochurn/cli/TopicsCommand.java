package io.github.telcochurn.cli;

import io.github.telcochurn.config.ChurnConfig;
import io.github.telcochurn.kafka.BrokerAccess;
import io.github.telcochurn.kafka.KafkaTopics;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code churn topics}: the topics on the broker. */
@Command(
        name = "topics",
        description = "Lists, creates and describes the topics.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND")
final class TopicsCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Which command: list, create or describe?");
    }

    private interface Work {
        void on(ChurnConfig config, KafkaTopics topics);
    }

    private static void connected(ConfigOptions options, Work work) {
        ChurnConfig config = options.load();
        BrokerAccess.require(config.kafka());
        try (KafkaTopics topics = new KafkaTopics(config.kafka().bootstrapServers())) {
            work.on(config, topics);
        }
    }

    @Command(
            name = "list",
            description = "Lists the configured topics, and says which are missing.",
            mixinStandardHelpOptions = true)
    void list(@Mixin ConfigOptions options) {
        PrintWriter out = spec.commandLine().getOut();
        connected(options, (config, topics) -> {
            topics.describe(config.topics())
                    .forEach(topic -> out.printf(
                            "%-28s %d partitions%n",
                            topic.name(), topic.partitions().size()));
            topics.missing(config.topics()).forEach(name -> out.printf("%-28s missing%n", name));
        });
    }

    @Command(
            name = "create",
            description = "Creates the configured topics that are missing.",
            mixinStandardHelpOptions = true)
    void create(@Mixin ConfigOptions options) {
        PrintWriter out = spec.commandLine().getOut();
        connected(options, (config, topics) -> {
            List<String> created = topics.createMissing(config.topics());
            out.println(created.isEmpty() ? "All topics are there." : "Created " + String.join(", ", created) + ".");
        });
    }

    @Command(
            name = "describe",
            description =
                    "Shows each partition's offsets, and the scorers' lag. Offsets count the markers of transactions too.",
            mixinStandardHelpOptions = true)
    void describe(@Mixin ConfigOptions options) {
        PrintWriter out = spec.commandLine().getOut();
        connected(options, (config, topics) -> {
            for (KafkaTopics.TopicState topic : topics.describe(config.topics())) {
                out.printf("%s, replication factor %d%n", topic.name(), topic.replicationFactor());
                topic.partitions()
                        .forEach(at -> out.printf(
                                "  partition %d: offsets %,d to %,d%n", at.partition(), at.start(), at.end()));
            }
            if (!topics.missing(config.topics()).contains(config.topics().raw())) {
                describeLag(out, config, topics);
            }
        });
    }

    private static void describeLag(PrintWriter out, ChurnConfig config, KafkaTopics topics) {
        Map<TopicPartition, Long> lag =
                topics.lag(config.groupId(), topics.ends(config.topics().raw()));
        out.printf("group %s%n", config.groupId());
        lag.forEach((at, offsets) -> out.printf("  partition %d: lag %,d%n", at.partition(), offsets));
    }
}
