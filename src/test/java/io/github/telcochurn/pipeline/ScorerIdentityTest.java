package io.github.telcochurn.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.telcochurn.ChurnBeans;
import io.github.telcochurn.TestProject;
import io.github.telcochurn.config.ChurnConfig;
import io.github.telcochurn.config.ConfigLoader;
import io.github.telcochurn.kafka.KafkaTopics;
import io.github.telcochurn.kafka.TestBroker;
import io.github.telcochurn.scoring.ModelFolder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.MemberDescription;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Scorers with the same host name that share no folder, as in containers on the host's network. */
class ScorerIdentityTest {
    @TempDir
    private Path dir;

    private final Map<String, String> settings = new HashMap<>(TestProject.settings(TestBroker.port()));

    @Test
    void scorersWithTheirOwnNamesShareTheGroup() throws Exception {
        ChurnConfig here = configOf("here");
        ChurnConfig there = configOf("there");
        try (KafkaTopics topics = new KafkaTopics(here.kafka().bootstrapServers())) {
            topics.createMissing(here.topics());
        }
        try (Pipeline first = scorer(here);
                Pipeline second = scorer(there);
                Admin admin = Admin.create(Map.of(
                        AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, here.kafka().bootstrapServers()))) {
            first.startRoute("score");
            second.startRoute("score");

            String group = here.groupId();
            await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(members(admin, group))
                    .isEqualTo(Set.of(group + "-here-1", group + "-there-1")));
        }
    }

    private ChurnConfig configOf(String instance) {
        settings.put("churn.instance", instance);
        Path home = dir.resolve(instance);
        return ConfigLoader.load(home, home, Map.of(), settings);
    }

    private static Pipeline scorer(ChurnConfig config) {
        ChurnBeans beans = new ChurnBeans(config)
                .withScoring(new ModelFolder(config.modelDir(), config.schema()).champion(), scored -> {});
        return Pipeline.start(config, beans.assembly());
    }

    /** The static ids of the members that have partitions. */
    private static Set<String> members(Admin admin, String group) throws Exception {
        ConsumerGroupDescription description =
                admin.describeConsumerGroups(List.of(group)).all().get().get(group);
        return description.members().stream()
                .filter(member -> !member.assignment().topicPartitions().isEmpty())
                .map(MemberDescription::groupInstanceId)
                .map(name -> name.orElse("(none)"))
                .collect(Collectors.toSet());
    }
}
