package io.github.telcochurn.kafka;

import io.github.telcochurn.config.ChurnConfig;
import io.github.telcochurn.config.ConfigLoader;
import java.util.Map;

/** Topics, and a consumer group, for one purpose only: created empty, and deleted at the end. */
public final class ScratchTopics implements AutoCloseable {
    private final ChurnConfig config;
    private final KafkaTopics topics;

    private ScratchTopics(ChurnConfig config, KafkaTopics topics) {
        this.config = config;
        this.topics = topics;
    }

    /**
     * Creates topics beside the configured ones.
     *
     * @param purpose goes into their names, such as {@code telco-raw-customers.rehearsal-<time>}
     * @throws io.github.telcochurn.ChurnFailure when the broker refuses
     */
    public static ScratchTopics create(ChurnConfig config, String purpose) {
        String suffix = "." + purpose + "-" + Long.toString(System.currentTimeMillis(), Character.MAX_RADIX);
        ChurnConfig.Topics names = config.topics();
        ChurnConfig own = ConfigLoader.override(
                config,
                Map.of(
                        "churn.topics.raw", names.raw() + suffix,
                        "churn.topics.predictions", names.predictions() + suffix,
                        "churn.topics.deadletter", names.deadletter() + suffix,
                        "churn.topics.checkpoints", names.checkpoints() + suffix,
                        "churn.topics.replays", names.replays() + suffix,
                        "churn.group-id", config.groupId() + suffix));
        KafkaTopics topics = new KafkaTopics(config.kafka().bootstrapServers());
        try {
            topics.createMissing(own.topics());
            return new ScratchTopics(own, topics);
        } catch (RuntimeException e) {
            topics.close();
            throw e;
        }
    }

    /** The configuration with these topics and this group. */
    public ChurnConfig config() {
        return config;
    }

    @Override
    public void close() {
        try (topics) {
            topics.delete(config.topics());
            topics.deleteGroup(config.groupId());
        }
    }
}
