package io.github.telcochurn.prerequisites;

import io.github.telcochurn.MissingPrerequisite;
import io.github.telcochurn.config.ChurnConfig;
import io.github.telcochurn.kafka.BrokerAccess;
import io.github.telcochurn.kafka.KafkaTopics;
import java.util.List;

/**
 * All topics exist.
 *
 * @param create whether to create missing topics
 */
public record TopicsExist(ChurnConfig config, boolean create) implements Prerequisite {
    @Override
    public String name() {
        return "topics";
    }

    @Override
    public String check() {
        BrokerAccess.require(config.kafka());
        try (KafkaTopics topics = new KafkaTopics(config.kafka().bootstrapServers())) {
            if (create) {
                List<String> created = topics.createMissing(config.topics());
                return created.isEmpty() ? "all exist" : "created " + String.join(", ", created);
            }
            List<String> missing = topics.missing(config.topics());
            if (!missing.isEmpty()) {
                throw new MissingPrerequisite("missing: " + String.join(", ", missing)
                        + ". Create them with ./churn topics create or ./churn verify --create-topics.");
            }
            return "all exist";
        }
    }
}
