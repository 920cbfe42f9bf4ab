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

/** The topics that are there keep each message until a run has counted it, and take what producers may send. */
public final class TopicPolicies implements Prerequisite {
    private final ChurnConfig config;
    private final Path input;
    private List<TopicPolicy.Fault> found = List.of();

    /**
     * The policies for a run.
     *
     * @param input the file of the run; it need not be there
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

    /** What may go wrong with a run that can begin, as the last check found it, a sentence each. */
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
            // A user who may use the topics need not be allowed to see their settings.
            return List.of(
                    new TopicPolicy.Fault(
                            false,
                            "The topics' settings cannot be looked at: " + e.getMessage()
                                    + " Allow DescribeConfigs on the topics, or see to it yourself that none of them is compacted."));
        }
    }
}
