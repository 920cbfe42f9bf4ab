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

/** The existing topics keep each message until a run has counted it, and accept what producers may send. */
public final class TopicPolicies implements Prerequisite {
    private final ChurnConfig config;
    private final Path input;
    private List<TopicPolicy.Fault> found = List.of();

    /**
     * The policies for a run.
     *
     * @param input the file of the run; it need not exist
     */
    public TopicPolicies(ChurnConfig config, Path input) {
        this.config = config;
        this.input = input;
    }

    @Override
    public String name() {
        return "policies";
    }

    @Override
    public String check() {
        found = faults();
        String fatal = texts(found, true).collect(Collectors.joining(" "));
        if (!fatal.isEmpty()) {
            throw new MissingPrerequisite(fatal);
        }
        String odd = texts(found, false).collect(Collectors.joining(" "));
        return odd.isEmpty() ? "keep what a run needs" : "a warning: " + odd;
    }

    /** The warnings of the last check: what may go wrong with a run that can begin, one sentence each. */
    public List<String> warnings() {
        return texts(found, false).toList();
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
            // A user who may use the topics is not necessarily allowed to see their settings.
            return List.of(
                    new TopicPolicy.Fault(
                            false,
                            "The settings of the topics cannot be read: " + e.getMessage()
                                    + " Allow DescribeConfigs on the topics, or make sure yourself that none of them is compacted."));
        }
    }
}
