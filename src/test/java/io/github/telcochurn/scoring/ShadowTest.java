package io.github.telcochurn.scoring;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.telcochurn.TestProject;
import io.github.telcochurn.config.ChurnConfig;
import io.github.telcochurn.customer.Customer;
import io.github.telcochurn.customer.CustomerJson;
import io.github.telcochurn.customer.CustomerValidator;
import io.github.telcochurn.deadletter.DeadLetterMaker;
import io.github.telcochurn.deadletter.KeptValues;
import io.github.telcochurn.kafka.OutgoingRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShadowTest {
    private static final ChurnConfig.Score SETTINGS = new ChurnConfig.Score(2_000, 0.5, 0.3, 0.6);
    private static final int POLL = 500;

    @TempDir
    private Path dir;

    private ModelFolder folder;
    private List<Customer> customers;

    @BeforeEach
    void putModelsSideBySide() throws IOException {
        TestModels.copyShipped(dir);
        TestModels.add(dir, "higher-1", 1, 0.5);
        TestModels.addAltered(dir, "altered-1");
        TestModels.addOverflowing(dir, "overflowing-1");
        folder = TestModels.folder(dir);
        customers = TestCustomers.shipped();
    }

    private Shadow shadow(String version) {
        return shadow(version, () -> 0);
    }

    private Shadow shadow(String version, LongSupplier nanoTime) {
        return Shadow.of(folder, version, SETTINGS, nanoTime);
    }

    private ChurnScorer scorer(ServingModel serving) {
        return new ChurnScorer(
                serving,
                new CustomerValidator(TestProject.SCHEMA, CustomerValidator.Mode.LENIENT),
                SETTINGS,
                new DeadLetterMaker(new KeptValues(dir.resolve("kept"))),
                () -> Instant.parse("2026-11-24T12:00:01Z"));
    }

    /** Keys, values and headers of all predictions and dead letters of all shipped customers, and a broken message in each poll. */
    private List<String> scored(Shadow shadow) {
        ChurnScorer scorer = scorer(new ServingModel(folder.champion(), shadow));
        List<String> all = new ArrayList<>();
        for (int from = 0; from < customers.size(); from += POLL) {
            ScoredPoll poll =
                    scorer.score(poll(from, customers.subList(from, Math.min(from + POLL, customers.size()))));
            poll.predictions().records().forEach(record -> all.add(text(record)));
            poll.deadLetters().records().forEach(record -> all.add(text(record)));
        }
        return all;
    }

    private static ConsumerRecords<byte[], byte[]> poll(long offset, List<Customer> customers) {
        CustomerJson json = new CustomerJson(TestProject.SCHEMA);
        List<ConsumerRecord<byte[], byte[]>> raw = new ArrayList<>();
        for (Customer customer : customers) {
            raw.add(new ConsumerRecord<>(
                    "raw",
                    0,
                    offset + raw.size(),
                    customer.customerId().getBytes(UTF_8),
                    json.write(customer, "2026-11-24T12:00:00.000Z")));
        }
        raw.set(7, new ConsumerRecord<>("raw", 0, offset + 7, "broken".getBytes(UTF_8), "{".getBytes(UTF_8)));
        return new ConsumerRecords<>(Map.of(new TopicPartition("raw", 0), raw), Map.of());
    }

    private static String text(OutgoingRecord record) {
        return record.key() == null
                ? new String(record.value(), UTF_8)
                : new String(record.key(), UTF_8) + " " + new String(record.value(), UTF_8) + " " + record.headers();
    }

    @Test
    void predictionsAreTheSameToTheByteWithAndWithoutIt() {
        List<String> without = scored(Shadow.none());

        assertThat(without).hasSize(7043);
        Shadow higher = shadow("higher-1");
        assertThat(scored(higher)).isEqualTo(without);
        assertThat(higher.shift().customers()).as("it did score").isEqualTo(7043 - 15);
        for (String unusable : List.of("altered-1", "overflowing-1", "nowhere-1")) {
            assertThat(scored(shadow(unusable))).as(unusable).isEqualTo(without);
        }
    }

    @Test
    void countsAgreementAndTheShiftOfTheScores() {
        Shadow higher = shadow("higher-1");
        scored(higher);

        ModelComparison.Builder expected =
                new ModelComparison.Builder(folder.champion(), folder.load("higher-1"), SETTINGS);
        for (int i = 0; i < customers.size(); i++) {
            if (i % POLL != 7) {
                expected.add(customers.get(i));
            }
        }
        ScoreShift found = higher.shift();
        assertThat(found.meanShift())
                .isPositive()
                .isCloseTo(expected.build().shift().meanShift(), within(1e-12));
        assertThat(found.tierAgreement()).isBetween(0.5, 0.95);
        assertThat(found.psi()).isPositive();
        assertThat(higher.summary())
                .contains("The shadow higher-1 has scored 7,028 customers of " + folder.championVersion())
                .contains(" higher on average");
    }

    @Test
    void saysWhyItIsNotUsed() {
        assertThat(shadow("altered-1").problem()).contains("The shadow altered-1", "its SHA-256 is", "scores as ever");
        assertThat(shadow("overflowing-1").problem()).contains("cannot score ordinary customers");
        assertThat(shadow("nowhere-1").problem()).contains("No model nowhere-1");
        assertThat(shadow("nowhere-1").isActive()).isFalse();
        assertThat(shadow("nowhere-1").probability(customers.get(0))).isNaN();
        assertThat(shadow("").problem()).isNull();
        assertThat(shadow("").summary()).isEmpty();
    }

    @Test
    void passesOverPollsWhenItNeedsTooMuchOfTheScorersTime() {
        AtomicLong time = new AtomicLong();
        // From each look at the clock to the next the same time passes: the shadow takes as long as the champion.
        Shadow slow = shadow("higher-1", () -> time.addAndGet(1_000));
        ChurnScorer scorer = scorer(new ServingModel(folder.champion(), slow));
        for (int i = 0; i < 100; i++) {
            scorer.score(poll(10L * i, customers.subList(0, 10)));
        }

        long scored = slow.shift().customers();
        assertThat(scored + slow.passedOver()).isEqualTo(900);
        // Three tenths of the champion's time.
        assertThat(scored).isBetween(28 * 9L, 31 * 9L);
    }

    @Test
    void beginsAnewWithAnotherChampion() {
        Shadow higher = shadow("higher-1");
        ServingModel serving = new ServingModel(folder.champion(), higher);
        ChurnScorer scorer = scorer(serving);
        scorer.score(poll(0, customers.subList(0, 100)));
        assertThat(higher.shift().customers()).isEqualTo(99);

        serving.serve(folder.load("higher-1"));
        scorer.score(poll(100, customers.subList(0, 50)));

        assertThat(higher.shift().customers()).isEqualTo(49);
        assertThat(higher.shift().meanAbsoluteDifference()).isZero();
    }
}
