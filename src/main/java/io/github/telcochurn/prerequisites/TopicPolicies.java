package io.github.telcochurn.prerequisites;

import io.github.telcochurn.ChurnFailure;
import io.github.telcochurn.MissingPrerequisite;
import io.github.telcochurn.config.ChurnConfig;
import io.github.telcochurn.kafka.BrokerAccess;
import io.github.telcochurn.kafka.KafkaTopics;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The topics that are there keep each message until a run has counted it, and take what producers may send.
 *
 * @param input the file of the run; it need not be there
 */
public record TopicPolicies(ChurnConfig config, Path input) implements Prerequisite {
    @Override
    public String name() {
        return "policies";
    }

    @Override
    public String check() {
        List<TopicPolicy.Fault> faults = faults();
        String fatal = texts(faults, true).collect(Collectors.joining(" "));
        if (!fatal.isEmpty()) {
            throw new MissingPrerequisite(fatal);
        }
        String odd = texts(faults, false).collect(Collectors.joining(" "));
        return odd.isEmpty() ? "keep what a run needs" : "a warning: " + odd;
    }

    /** What may go wrong with a run that can begin, a sentence each. */
    public List<String> warnings() {
        return texts(faults(), false).toList();
    }

    private static Stream<String> texts(List<TopicPolicy.Fault> faults, boolean fatal) {
        return faults.stream().filter(fault -> fault.fatal() == fatal).map(TopicPolicy.Fault::text);
    }

    private List<TopicPolicy.Fault> faults() {
        BrokerAccess.require(config.kafka());
        try (KafkaTopics topics = new KafkaTopics(config.kafka().bootstrapServers())) {
            return TopicPolicy.faults(
                    config.topics(),
                    topics.settings(config.topics()),
                    config.kafka().bootstrapServers(),
                    input.toFile().length());
        } catch (ChurnFailure e) {
            // A user who may use the topics need not be allowed to see their settings.
            return List.of(
                    new TopicPolicy.Fault(
                            false,
                            "The topics' settings cannot be looked at: " + e.getMessage()
                                    + " Allow DescribeConfigs on the topics, or see to it yourself that none of them is compacted."));
        }
    }
}
