package io.github.telcochurn.prerequisites;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.telcochurn.TestProject;
import io.github.telcochurn.config.ChurnConfig;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TopicPolicyTest {
    @TempDir
    private Path home;

    private ChurnConfig.Topics names;
    private Map<String, Map<String, String>> settings;

    @BeforeEach
    void giveAllTopicsABrokersDefaults() {
        names = TestProject.config(home, TestProject.settings(1)).topics();
        settings = new HashMap<>();
        for (String topic : List.of(names.raw(), names.predictions(), names.deadletter())) {
            settings.put(
                    topic,
                    new HashMap<>(Map.of(
                            "cleanup.policy", "delete",
                            "retention.ms", "604800000",
                            "retention.bytes", "-1",
                            "max.message.bytes", "1048588")));
        }
        set(names.deadletter(), "max.message.bytes", "4194304");
        for (String topic : List.of(names.checkpoints(), names.replays())) {
            settings.put(topic, new HashMap<>(Map.of("cleanup.policy", "compact", "retention.ms", "604800000")));
        }
    }

    private void set(String topic, String setting, String value) {
        settings.get(topic).put(setting, value);
    }

    private List<TopicPolicy.Fault> faults() {
        return TopicPolicy.faults(names, settings, "broker:9092", 1000);
    }

    @Test
    void findsNothingWrongWithTheDefaults() {
        assertThat(faults()).isEmpty();
    }

    @Test
    void saysNothingOfTopicsThatAreNotThere() {
        settings.clear();

        assertThat(faults()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"raw,compact", "predictions,compact", "deadletter,'compact,delete'"})
    void refusesACompactedTopicWithTheCommandThatMendsIt(String which, String policy) {
        String topic = which.equals("raw")
                ? names.raw()
                : which.equals("predictions") ? names.predictions() : names.deadletter();
        set(topic, "cleanup.policy", policy);

        assertThat(faults()).singleElement().satisfies(fault -> {
            assertThat(fault.fatal()).isTrue();
            assertThat(fault.text())
                    .isEqualTo("The topic " + topic + " keeps only the newest message of each customer (cleanup.policy="
                            + policy + "): a run would find fewer than it sent. Change it with kafka-configs.sh"
                            + " --bootstrap-server broker:9092 --alter --topic " + topic
                            + " --add-config cleanup.policy=delete.");
        });
    }

    @ParameterizedTest
    @CsvSource({"3599999,59 minutes,true", "3600000,60 minutes,false", "86399999,1439 minutes,false", "500,500 ms,true"
    })
    void refusesARetentionBelowAnHourAndWarnsOfOneBelowADay(String retentionMs, String shown, boolean fatal) {
        set(names.raw(), "retention.ms", retentionMs);

        assertThat(faults()).singleElement().satisfies(fault -> {
            assertThat(fault.fatal()).isEqualTo(fatal);
            assertThat(fault.text())
                    .contains(names.raw() + " keeps messages for " + shown + " only (retention.ms=" + retentionMs + ")")
                    .contains("--add-config retention.ms=604800000");
        });
    }

    @Test
    void acceptsARetentionOfADayAndForEver() {
        set(names.raw(), "retention.ms", "86400000");
        set(names.predictions(), "retention.ms", "-1");

        assertThat(faults()).isEmpty();
    }

    @Test
    void warnsWhenTheFileIsLargerThanWhatThePartitionsKeep() {
        set(names.raw(), "retention.bytes", "249");
        set(names.predictions(), "retention.bytes", "250");

        assertThat(faults()).singleElement().satisfies(fault -> {
            assertThat(fault.fatal()).isFalse();
            assertThat(fault.text())
                    .contains(names.raw(), "4 partitions (retention.bytes=249), but the file has 1000")
                    .contains("--add-config retention.bytes=-1");
        });
    }

    @Test
    void warnsOfATopicThatRefusesWhatMayBeSent() {
        set(names.predictions(), "max.message.bytes", "100000");
        set(names.deadletter(), "max.message.bytes", "1048588");

        assertThat(faults()).hasSize(2).noneMatch(TopicPolicy.Fault::fatal);
        assertThat(faults().get(0).text())
                .contains(names.predictions(), "max.message.bytes=100000", "--add-config max.message.bytes=1048588");
        assertThat(faults().get(1).text())
                .as("a dead letter is larger than its original")
                .contains(names.deadletter(), "--add-config max.message.bytes=1114124");
    }

    @Test
    void warnsOfCheckpointsThatAreForgotten() {
        set(names.checkpoints(), "cleanup.policy", "delete");
        set(names.replays(), "cleanup.policy", "delete");
        set(names.replays(), "retention.ms", "-1");

        assertThat(faults()).singleElement().satisfies(fault -> {
            assertThat(fault.fatal()).isFalse();
            assertThat(fault.text())
                    .contains(
                            names.checkpoints() + " forgets after 10080 minutes",
                            "--add-config cleanup.policy=compact");
        });
    }
}
