package io.github.telcochurn.faults;

import static java.util.Comparator.comparingLong;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.telcochurn.ChildApp;
import io.github.telcochurn.LogReader;
import io.github.telcochurn.MissingPrerequisite;
import io.github.telcochurn.TestProject;
import io.github.telcochurn.config.ChurnConfig;
import io.github.telcochurn.kafka.CommittedReader;
import io.github.telcochurn.kafka.KafkaTopics;
import io.github.telcochurn.kafka.RunHeaders;
import io.github.telcochurn.kafka.TestBroker;
import io.github.telcochurn.scoring.ModelFolder;
import io.github.telcochurn.scoring.TestModels;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Models are promoted, rolled back and refused while events flow through two scorers, one of which is killed between. */
class ModelSwapTest {
    private static final Duration SOON = Duration.ofSeconds(90);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int PARTITIONS = 4;
    private static final String EVENTS_PER_SECOND = "5000";

    @TempDir
    private Path home;

    private Path models;
    private ModelFolder folder;
    private Map<String, String> settings;
    private ChurnConfig config;
    private LogReader log;

    @BeforeEach
    void putModelsSideBySide() throws IOException {
        models = Files.createDirectory(home.resolve("models"));
        TestModels.copyShipped(models);
        TestModels.add(models, "steeper-1", 1.5, 0.1);
        TestModels.add(models, "flatter-2", 0.5, 0);
        TestModels.addAltered(models, "altered-1");
        TestModels.addOverflowing(models, "overflowing-1");
        folder = TestModels.folder(models);
        settings = TestProject.settings(TestBroker.port());
        settings.put("churn.model.dir", models.toString());
        settings.put("churn.model.reload-ms", "200");
        config = TestProject.config(home, settings);
        log = new LogReader(config);
    }

    @Test
    void eachEventHasOnePredictionOfOneVersionAndTheVersionsOfAPartitionAreInOrder() throws Exception {
        String shipped = folder.championVersion();
        ChildApp killed = null;
        // The first one has the log without a number, and keeps it.
        try (ChildApp stays = scorer();
                ChildApp producer = ChildApp.start(
                        home, settings, "produce", "--mode", "streaming", "--events-per-sec", EVENTS_PER_SECOND)) {
            killed = scorer();
            awaitNextPrediction(shipped);

            folder.promote("steeper-1", "promote", Instant.now());
            awaitTold(stays, "Scoring with the model steeper-1");
            awaitTold(killed, "Scoring with the model steeper-1");
            awaitNextPrediction("steeper-1");

            for (String bad : List.of("altered-1", "overflowing-1")) {
                assertThatThrownBy(() -> folder.promote(bad, "promote", Instant.now()))
                        .isInstanceOf(MissingPrerequisite.class);
                enterWithoutCheck(bad);
                awaitTold(stays, "The champion is refused, and steeper-1 keeps scoring. The model");
                awaitTold(stays, bad);
            }
            folder.promote("flatter-2", "promote", Instant.now());
            killed.kill();
            awaitTold(stays, "Scoring with the model flatter-2");
            killed = scorer();

            folder.promote(shipped, "promote", Instant.now());
            awaitTold(stays, "Scoring with the model " + shipped);
            awaitTold(killed, "Scoring with the model " + shipped);
            assertThat(folder.rollback(Instant.now()).champion()).isEqualTo("flatter-2");
            awaitTold(killed, "Scoring with the model flatter-2");
            awaitNextPrediction("flatter-2");

            producer.terminate();
            producer.waitFor();
            await().atMost(SOON).until(() -> lag() == 0);
            assertThat(stays.isAlive()).isTrue();
        } finally {
            if (killed != null) {
                killed.close();
            }
        }

        Map<String, List<Scored>> byPartition = predictions();
        List<String> origins = byPartition.entrySet().stream()
                .flatMap(partition ->
                        partition.getValue().stream().map(scored -> partition.getKey() + "-" + scored.offset()))
                .sorted()
                .toList();
        assertThat(origins.equals(log.rawPositions()))
                .as("%,d predictions are one for each raw record", origins.size())
                .isTrue();
        assertThat(log.size(config.topics().deadletter())).isZero();
        List<String> history = List.of(shipped, "steeper-1", "flatter-2", shipped, "flatter-2");
        byPartition.forEach((partition, scored) -> assertThat(isInOrder(runs(scored), history))
                .as(partition + " was scored by " + runs(scored))
                .isTrue());
        assertThat(byPartition.keySet()).hasSize(PARTITIONS);
        // Not each partition has them all: that of the killed scorer rests until its session has expired.
        assertThat(byPartition.values().stream().flatMap(scored -> runs(scored).stream()))
                .contains(shipped, "steeper-1", "flatter-2");
    }

    /** Returns when it scores. */
    private ChildApp scorer() throws IOException {
        ChildApp scorer = ChildApp.start(home, settings, "score", "--mode", "streaming");
        await().atMost(SOON).until(() -> scorer.output().contains("Scoring messages from"));
        return scorer;
    }

    /** As a deployment would that knows nothing of checks. */
    private void enterWithoutCheck(String version) throws IOException {
        Files.writeString(
                models.resolve("history.jsonl"),
                "{\"at\":\"" + Instant.now() + "\",\"champion\":\"" + version + "\",\"by\":\"hand\"}\n",
                StandardOpenOption.APPEND);
    }

    private void awaitTold(ChildApp scorer, String line) {
        await().atMost(SOON).until(() -> log(scorer).contains(line));
    }

    private String log(ChildApp scorer) throws IOException {
        Path logs = config.logsDir().resolve("streaming");
        Path own = logs.resolve("streaming_consumer_" + scorer.pid() + ".log");
        return Files.readString(Files.exists(own) ? own : logs.resolve("streaming_consumer.log"));
    }

    private record Scored(long offset, String version) {}

    /** Waits for a prediction that is not there yet. */
    private void awaitNextPrediction(String version) {
        String topic = config.topics().predictions();
        try (KafkaTopics topics = new KafkaTopics(config.kafka().bootstrapServers())) {
            await().atMost(SOON)
                    .ignoreExceptions()
                    .until(() -> topics.ends(topic).size() == PARTITIONS);
            Map<TopicPartition, Long> from = topics.ends(topic);
            await().atMost(SOON).until(() -> {
                List<String> versions = new ArrayList<>();
                new CommittedReader(config.kafka().bootstrapServers())
                        .read(from, topics.ends(topic), record -> versions.add(version(record)));
                return versions.contains(version);
            });
        }
    }

    private long lag() {
        try (KafkaTopics topics = new KafkaTopics(config.kafka().bootstrapServers())) {
            return topics.lag(config.groupId(), topics.ends(config.topics().raw())).values().stream()
                    .mapToLong(Long::longValue)
                    .sum();
        }
    }

    /** What scored each raw record, by the raw topic's partitions, in the order of the records. */
    private Map<String, List<Scored>> predictions() {
        Map<String, List<Scored>> byPartition = new HashMap<>();
        try (KafkaTopics topics = new KafkaTopics(config.kafka().bootstrapServers())) {
            new CommittedReader(config.kafka().bootstrapServers())
                    .readAll(topics, config.topics().predictions(), record -> {
                        String origin = RunHeaders.text(record.headers(), RunHeaders.ORIGIN);
                        int dash = origin.lastIndexOf('-');
                        byPartition
                                .computeIfAbsent(origin.substring(0, dash), name -> new ArrayList<>())
                                .add(new Scored(Long.parseLong(origin.substring(dash + 1)), version(record)));
                    });
        }
        byPartition.values().forEach(scored -> scored.sort(comparingLong(Scored::offset)));
        return byPartition;
    }

    private static String version(ConsumerRecord<byte[], byte[]> prediction) {
        try {
            return JSON.readTree(prediction.value()).get("model_version").asText();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The versions one after the other, each once for as long as it scored. */
    private static List<String> runs(List<Scored> scored) {
        List<String> runs = new ArrayList<>();
        for (Scored one : scored) {
            if (runs.isEmpty() || !runs.get(runs.size() - 1).equals(one.version())) {
                runs.add(one.version());
            }
        }
        return runs;
    }

    /** A version that served for too short a time for a poll may be missing. */
    private static boolean isInOrder(List<String> runs, List<String> history) {
        int at = 0;
        for (String version : history) {
            if (at < runs.size() && runs.get(at).equals(version)) {
                at++;
            }
        }
        return at == runs.size();
    }
}
