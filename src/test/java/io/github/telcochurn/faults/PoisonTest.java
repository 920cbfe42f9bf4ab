package io.github.telcochurn.faults;

import static io.github.telcochurn.LogReader.header;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.telcochurn.LogReader;
import io.github.telcochurn.TestProject;
import io.github.telcochurn.config.ChurnConfig;
import io.github.telcochurn.deadletter.DeadLetterLog;
import io.github.telcochurn.deadletter.DeadLetterReplay;
import io.github.telcochurn.kafka.KafkaTopics;
import io.github.telcochurn.kafka.RawRecords;
import io.github.telcochurn.pipeline.ScoredToTheEnd;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Each kind of message that cannot be scored, between two that can. */
class PoisonTest {
    private static final DeadLetterLog.Selection ALL = new DeadLetterLog.Selection(Set.of(), null, null);

    @TempDir
    private Path home;

    private ChurnConfig config;
    private LogReader log;

    @Test
    void comesInAtLeastFortyKinds() {
        assertThat(Poison.corpus())
                .extracting(Poison::name)
                .doesNotHaveDuplicates()
                .hasSizeGreaterThanOrEqualTo(40);
    }

    @TestFactory
    Stream<DynamicTest> becomesOneDeadLetterAndIsReplayedOnce() throws Exception {
        config = TestProject.config(home);
        log = new LogReader(config);
        List<Poison> corpus = Poison.corpus();
        try (KafkaTopics topics = new KafkaTopics(config.kafka().bootstrapServers())) {
            topics.createMissing(config.topics());
            send(corpus);
            ScoredToTheEnd.by(config);
            DeadLetterReplay replay = new DeadLetterReplay(config, topics);
            assertThat(replay.replay(ALL, Instant.now()).replayed()).isEqualTo(corpus.size());
            assertThat(replay.replay(ALL, Instant.now()).replayed()).isZero();
            ScoredToTheEnd.by(config);
        }
        List<ConsumerRecord<byte[], byte[]>> raw = log.read(config.topics().raw());
        List<ConsumerRecord<byte[], byte[]>> letters = log.read(config.topics().deadletter());
        List<String> predicted = log.read(config.topics().predictions()).stream()
                .map(PoisonTest::key)
                .toList();
        return corpus.stream()
                .map(poison -> DynamicTest.dynamicTest(poison.name(), () -> check(poison, raw, letters, predicted)));
    }

    private static void check(
            Poison poison,
            List<ConsumerRecord<byte[], byte[]>> raw,
            List<ConsumerRecord<byte[], byte[]>> letters,
            List<String> predicted) {
        List<ConsumerRecord<byte[], byte[]>> originals = withKey(raw, poison.name());
        List<ConsumerRecord<byte[], byte[]>> own = withKey(letters, poison.name());
        assertThat(originals).as("sent, and replayed once").hasSize(2);
        assertThat(own).extracting(letter -> header(letter, "churn-attempts")).containsExactlyInAnyOrder("1", "2");
        assertThat(own)
                .extracting(Ledger.Origin::of)
                .containsExactlyInAnyOrderElementsOf(originals.stream()
                        .map(original -> new Ledger.Origin(original.partition(), original.offset()))
                        .toList());
        assertThat(Stream.concat(originals.stream(), own.stream())).allSatisfy(record -> {
            assertThat(record.value()).isEqualTo(poison.value());
            assertThat(Inspection.ownHeaders(record)).isEqualTo(Inspection.ownHeaders(originals.get(0)));
        });
        assertThat(own).allSatisfy(letter -> assertThat(header(letter, "__connect.errors.exception.message"))
                .isNotBlank());
        assertThat(predicted).as("its neighbours").containsOnlyOnce(before(poison), after(poison));
        assertThat(predicted).doesNotContain(poison.name());
    }

    private void send(List<Poison> corpus) {
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
        for (Poison poison : corpus) {
            records.add(customer(before(poison)));
            records.add(poison.record(config.topics().raw()));
            records.add(customer(after(poison)));
        }
        new RawRecords(config)
                .send(records.stream().map(PoisonTest::onOnePartition).toList());
    }

    /** So that they are neighbours. */
    private static ProducerRecord<byte[], byte[]> onOnePartition(ProducerRecord<byte[], byte[]> record) {
        return new ProducerRecord<>(record.topic(), 0, record.key(), record.value(), record.headers());
    }

    private ProducerRecord<byte[], byte[]> customer(String id) {
        byte[] value = Poison.customer(customer -> customer.put("customerID", id));
        return new ProducerRecord<>(config.topics().raw(), id.getBytes(UTF_8), value);
    }

    private static String before(Poison poison) {
        return "before " + poison.name();
    }

    private static String after(Poison poison) {
        return "after " + poison.name();
    }

    private static List<ConsumerRecord<byte[], byte[]>> withKey(
            List<ConsumerRecord<byte[], byte[]>> records, String key) {
        return records.stream().filter(record -> key(record).equals(key)).toList();
    }

    private static String key(ConsumerRecord<byte[], byte[]> record) {
        return new String(record.key(), UTF_8);
    }
}
