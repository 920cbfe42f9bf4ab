package io.github.telcochurn.cli;

import io.github.telcochurn.config.ChurnConfig;
import io.github.telcochurn.kafka.KafkaTopics;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
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

    @Command(
            name = "list",
            description = "Lists the configured topics, and says which are missing.",
            mixinStandardHelpOptions = true)
    void list(
            @Mixin ConfigOptions options,
            @Option(
                            names = "--json",
                            description = "Prints a JSON object: partitions by topic, 0 for one that is missing.")
                    boolean json) {
        options.connected((config, topics) -> {
            Map<String, Integer> partitions = new LinkedHashMap<>();
            topics.describe(config.topics())
                    .forEach(topic ->
                            partitions.put(topic.name(), topic.partitions().size()));
            topics.missing(config.topics()).forEach(name -> partitions.put(name, 0));
            if (json) {
                out().println(JsonOutput.of(partitions));
                return;
            }
            partitions.forEach(
                    (name, count) -> out().printf("%-28s %s%n", name, count == 0 ? "missing" : count + " partitions"));
        });
    }

    @Command(
            name = "create",
            description = "Creates the configured topics that are missing, and the named topics of your own routes.",
            mixinStandardHelpOptions = true)
    void create(
            @Mixin ConfigOptions options,
            @Parameters(paramLabel = "NAME", arity = "0..*", description = "A topic of your own.") List<String> own) {
        options.connected((config, topics) -> {
            List<String> created = topics.createMissing(config.topics(), own == null ? List.of() : own);
            out().println(created.isEmpty() ? "All topics exist." : "Created " + String.join(", ", created) + ".");
        });
    }

    /** What {@code describe} shows, lag by partition. */
    private record Description(List<KafkaTopics.TopicState> topics, String group, Map<Integer, Long> lag) {}

    @Command(
            name = "describe",
            description =
                    "Shows each partition's offsets, and the scorers' lag. Offsets include the markers of transactions.",
            mixinStandardHelpOptions = true)
    void describe(
            @Mixin ConfigOptions options, @Option(names = "--json", description = "Prints it as JSON.") boolean json) {
        options.connected((config, topics) -> {
            Description described =
                    new Description(topics.describe(config.topics()), config.groupId(), lag(config, topics));
            if (json) {
                out().println(JsonOutput.of(described));
            } else {
                print(described);
            }
        });
    }

    private static Map<Integer, Long> lag(ChurnConfig config, KafkaTopics topics) {
        Map<Integer, Long> byPartition = new LinkedHashMap<>();
        if (!topics.missing(config.topics()).contains(config.topics().raw())) {
            Map<TopicPartition, Long> lag =
                    topics.lag(config.groupId(), topics.ends(config.topics().raw()));
            lag.forEach((at, offsets) -> byPartition.put(at.partition(), offsets));
        }
        return byPartition;
    }

    private void print(Description described) {
        for (KafkaTopics.TopicState topic : described.topics()) {
            out().printf("%s, replication factor %d%n", topic.name(), topic.replicationFactor());
            topic.partitions().forEach(at -> out().printf(
                            "  partition %d: offsets %,d to %,d%n", at.partition(), at.start(), at.end()));
        }
        out().printf("group %s%n", described.group());
        described.lag().forEach((partition, offsets) -> out().printf("  partition %d: lag %,d%n", partition, offsets));
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }
}
