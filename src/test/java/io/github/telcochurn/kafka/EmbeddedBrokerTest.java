package io.github.telcochurn.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.telcochurn.TestProject;
import io.github.telcochurn.config.ChurnConfig;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.internals.Topic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedBrokerTest {
    private static final long MAX_BYTES = 4L * 1024 * 1024;

    @TempDir
    private Path home;

    @Test
    void keepsTheGroupsOffsetsInSegmentsThatAreSoonCompacted() throws Exception {
        ChurnConfig config = TestProject.config(home);
        ConfigResource offsets = new ConfigResource(ConfigResource.Type.TOPIC, Topic.GROUP_METADATA_TOPIC_NAME);
        try (Admin admin = Admin.create(Map.of(
                        AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                        config.kafka().bootstrapServers()));
                KafkaTopics topics = new KafkaTopics(config.kafka().bootstrapServers())) {
            topics.createMissing(config.topics());
            admin.alterConsumerGroupOffsets(
                            config.groupId(),
                            Map.of(new TopicPartition(config.topics().raw(), 0), new OffsetAndMetadata(0)))
                    .all()
                    .get();
            String bytes = admin.describeConfigs(List.of(offsets))
                    .all()
                    .get()
                    .get(offsets)
                    .get(TopicConfig.SEGMENT_BYTES_CONFIG)
                    .value();
            assertThat(Long.parseLong(bytes)).isLessThanOrEqualTo(MAX_BYTES);
        }
    }
}
