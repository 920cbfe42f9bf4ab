package io.github.telcochurn.deadletter;

import static io.github.telcochurn.LogReader.header;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.telcochurn.ChurnFailure;
import io.github.telcochurn.LogReader;
import io.github.telcochurn.TestProject;
import io.github.telcochurn.config.ChurnConfig;
import io.github.telcochurn.config.ConfigLoader;
import io.github.telcochurn.ingest.CsvFile;
import io.github.telcochurn.ingest.IngestRun;
import io.github.telcochurn.kafka.KafkaTopics;
import io.github.telcochurn.kafka.RawRecords;
import io.github.telcochurn.pipeline.Ingested;
import io.github.telcochurn.pipeline.ScoredToTheEnd;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bad messages on their way to the dead-letter topic and back, on a real broker. */
class DeadLetterReplayTest {
    private static final DeadLetterLog.Selection ALL = new DeadLetterLog.Selection(Set.of(), null, null);

    @TempDir
    private Path home;

    private ChurnConfig config;
    private KafkaTopics topics;
    private LogReader log;

    @BeforeEach
    void createTopics() {
        config = TestProject.config(home);
        log = new LogReader(config);
        topics = new KafkaTopics(config.kafka().bootstrapServers());
        topics.createMissing(config.topics());
    }

    @AfterEach
    void closeTopics() {
        topics.close();
    }

    @Test
    void putsTheOriginalBytesBackExactlyOnce() {
        byte[] original = weekly();
        new RawRecords(config).send(Map.of("kept", "as it was"), original);
        ScoredToTheEnd.by(config);

        DeadLetterReplay.Outcome first = replay(config);
        DeadLetterReplay.Outcome second = replay(config);

        assertThat(first).isEqualTo(new DeadLetterReplay.Outcome(1, 0, 0, 0, 0));
        assertThat(second).isEqualTo(new DeadLetterReplay.Outcome(0, 1, 0, 0, 0));
        List<ConsumerRecord<byte[], byte[]>> raw = log.read(config.topics().raw());
        assertThat(raw).hasSize(2).allSatisfy(record -> assertThat(record.value())
                .isEqualTo(original));
        ConsumerRecord<byte[], byte[]> replayed = raw.stream()
                .filter(record -> header(record, "churn-attempts") != null)
                .findFirst()
                .orElseThrow();
        assertThat(header(replayed, "churn-attempts")).isEqualTo("1");
        assertThat(header(replayed, "kept")).isEqualTo("as it was");
        assertThat(replayed.headers()).noneMatch(header -> header.key().startsWith("__connect.errors."));
        assertThat(header(replayed, "churn-error-reason")).isNull();
    }

    @Test
    void becomesAPredictionWhenItsErrorIsFixed() {
        new RawRecords(config).send(Map.of(), weekly());
        ScoredToTheEnd.by(config);
        replay(config);

        ScoredToTheEnd.by(ConfigLoader.override(config, Map.of("churn.validation", "lenient")));

        assertThat(log.read(config.topics().predictions())).singleElement().satisfies(prediction -> assertThat(
                        new String(prediction.value(), UTF_8))
                .contains("warnings"));
        assertThat(log.read(config.topics().deadletter())).hasSize(1);
    }

    @Test
    void doesNotReplayAMessageThatFailedTooOften() {
        ChurnConfig twice = ConfigLoader.override(config, Map.of("churn.deadletter.max-attempts", "2"));
        new RawRecords(config).send(Map.of(), weekly());
        ScoredToTheEnd.by(twice);
        assertThat(replay(twice).replayed()).isEqualTo(1);
        ScoredToTheEnd.by(twice);

        assertThat(replay(twice)).isEqualTo(new DeadLetterReplay.Outcome(0, 1, 1, 0, 0));
        List<Integer> attempts = new ArrayList<>();
        new DeadLetterLog(twice, topics).read(ALL, letter -> attempts.add(letter.attempts()));
        assertThat(attempts).containsExactlyInAnyOrder(1, 2);
    }

    @Test
    void doesNotReplayRowsOfFiles() throws Exception {
        List<String> shipped = Files.readAllLines(TestProject.SHIPPED_CSV);
        Path csv = Files.write(home.resolve("one.csv"), List.of(shipped.get(0), "broken"));
        CsvFile file = CsvFile.open(csv, TestProject.SCHEMA);
        Ingested.by(config, IngestRun.fromStart("test", file, 10, 10));

        assertThat(replay(config)).isEqualTo(new DeadLetterReplay.Outcome(0, 0, 0, 1, 0));
        assertThat(log.read(config.topics().raw())).isEmpty();
    }

    @Test
    void twoAtOnceReplayEachMessageOnce() throws Exception {
        byte[][] bad = IntStream.range(0, 2500)
                .mapToObj(i -> ("not json " + i).getBytes(UTF_8))
                .toArray(byte[][]::new);
        new RawRecords(config).send(Map.of(), bad);
        ScoredToTheEnd.by(config);

        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            Callable<DeadLetterReplay.Outcome> work = () -> replay(config);
            for (Future<DeadLetterReplay.Outcome> ended : threads.invokeAll(List.of(work, work))) {
                try {
                    ended.get();
                } catch (ExecutionException e) {
                    assertThat(e.getCause()).isInstanceOf(ChurnFailure.class).hasMessageContaining("was interrupted");
                }
            }
        } finally {
            threads.shutdown();
        }
        replay(config);

        assertThat(log.read(config.topics().raw())).hasSize(5000);
        assertThat(log.read(config.topics().raw()).stream()
                        .map(record -> new String(record.value(), UTF_8))
                        .distinct())
                .hasSize(2500);
    }

    @Test
    void selectsByReasonTimeAndId() {
        new RawRecords(config).send(Map.of(), weekly());
        new RawRecords(config).send(Map.of(), "not json".getBytes(UTF_8));
        ScoredToTheEnd.by(config);
        DeadLetterReplay replay = new DeadLetterReplay(config, topics);
        Instant now = Instant.now();

        assertThat(replay.dryRun(ALL).replayed()).isEqualTo(2);
        assertThat(replay.dryRun(new DeadLetterLog.Selection(Set.of(), "invalid-values", null))
                        .replayed())
                .isEqualTo(1);
        assertThat(replay.dryRun(new DeadLetterLog.Selection(Set.of(), null, now.plusSeconds(1)))
                        .replayed())
                .isZero();
        assertThat(replay.dryRun(new DeadLetterLog.Selection(Set.of(), null, now.minusSeconds(3600)))
                        .replayed())
                .isEqualTo(2);
        List<DeadLetter> letters = new ArrayList<>();
        DeadLetterLog letterLog = new DeadLetterLog(config, topics);
        letterLog.read(ALL, letters::add);
        DeadLetter.Id id = letters.get(0).id();
        assertThat(replay.dryRun(new DeadLetterLog.Selection(Set.of(id), null, null))
                        .replayed())
                .isEqualTo(1);
        assertThat(letterLog.get(id).record().value())
                .isEqualTo(letters.get(0).record().value());
        assertThat(log.read(config.topics().raw()))
                .as("a dry run changes nothing")
                .hasSize(2);
        assertThatThrownBy(() -> letterLog.get(new DeadLetter.Id(0, 4711)))
                .isInstanceOf(ChurnFailure.class)
                .hasMessageContaining("No dead letter 0-4711");
        assertThatThrownBy(() -> letterLog.get(new DeadLetter.Id(99, 0))).isInstanceOf(ChurnFailure.class);
    }

    /** A valid customer except for a contract that does not exist. */
    private static byte[] weekly() {
        return TestProject.firstCustomerAsJson()
                .replace("\"Month-to-month\"", "\"Weekly\"")
                .getBytes(UTF_8);
    }

    private DeadLetterReplay.Outcome replay(ChurnConfig by) {
        try (KafkaTopics own = new KafkaTopics(by.kafka().bootstrapServers())) {
            return new DeadLetterReplay(by, own).replay(ALL, Instant.now());
        }
    }
}
