package io.github.telcochurn.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.telcochurn.ChurnFailure;
import io.github.telcochurn.TestProject;
import io.github.telcochurn.customer.CustomerValidator;
import io.github.telcochurn.kafka.RecordBatch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Events drawn at a rate, on a clock that the test moves. */
class CustomerSamplerTest {
    private static final CustomerValidator STRICT =
            new CustomerValidator(TestProject.SCHEMA, CustomerValidator.Mode.STRICT);

    private Instant now = Instant.parse("2026-11-24T12:00:00Z");
    private Duration passed = Duration.ZERO;

    private CustomerSampler sampler(int eventsPerSecond, long limit, long seed) {
        return new CustomerSampler(
                TestProject.SCHEMA,
                CustomerSampler.customersOf(TestProject.SHIPPED_CSV, STRICT),
                eventsPerSecond,
                limit,
                seed,
                "run",
                () -> now,
                () -> passed.toNanos());
    }

    private int drawFor(CustomerSampler sampler, Duration duration, Duration every) {
        int drawn = 0;
        for (Duration end = passed.plus(duration); passed.compareTo(end) < 0; passed = passed.plus(every)) {
            drawn += acknowledged(sampler).size();
        }
        return drawn;
    }

    private static RecordBatch acknowledged(CustomerSampler sampler) {
        RecordBatch due = sampler.due();
        sampler.acknowledge(due);
        return due;
    }

    @Test
    void holdsItsRateHoweverOftenItIsAsked() {
        for (int rate : new int[] {1, 7, 1000, 100_000}) {
            int asked = drawFor(sampler(rate, Long.MAX_VALUE, 0), Duration.ofSeconds(10), Duration.ofMillis(10));
            // The last tick's share is drawn by the next one.
            assertThat(asked).as("at " + rate).isBetween((int) (9.98 * rate), 10 * rate);
        }
        assertThat(drawFor(sampler(1000, Long.MAX_VALUE, 0), Duration.ofSeconds(10), Duration.ofMillis(137)))
                .isBetween(9_800, 10_000);
    }

    @Test
    void holdsItsRateWhenTheClockIsSet() {
        CustomerSampler sampler = sampler(1000, Long.MAX_VALUE, 0);
        acknowledged(sampler);
        now = now.minus(Duration.ofHours(1));
        assertThat(drawFor(sampler, Duration.ofSeconds(10), Duration.ofMillis(10)))
                .isBetween(9_980, 10_000);
        now = now.plus(Duration.ofHours(3));
        assertThat(drawFor(sampler, Duration.ofSeconds(10), Duration.ofMillis(10)))
                .isBetween(9_980, 10_010);
    }

    @Test
    void catchesUpInPortionsAfterAnOutage() {
        CustomerSampler sampler = sampler(1000, Long.MAX_VALUE, 0);
        acknowledged(sampler);
        passed = passed.plusSeconds(60);

        assertThat(acknowledged(sampler).records()).hasSize(5000);
        assertThat(acknowledged(sampler).records()).hasSize(5000);
    }

    @Test
    void drawsAgainWhatWasNotAcknowledged() {
        CustomerSampler sampler = sampler(100, 100, 0);
        acknowledged(sampler);
        passed = passed.plusSeconds(2);

        assertThat(sampler.due().records()).hasSize(100);
        assertThat(sampler.isDone()).isFalse();
        assertThat(acknowledged(sampler).records()).hasSize(100);
        assertThat(sampler.isDone()).isTrue();
        assertThat(sampler.due().records()).isEmpty();
    }

    @Test
    void drawsTheSameCustomersFromTheSameSeedAndWithReplacement() {
        List<String> first = keys(sampler(1000, 1000, 42));
        assertThat(keys(sampler(1000, 1000, 42))).isEqualTo(first);
        assertThat(keys(sampler(1000, 1000, 43))).isNotEqualTo(first);
        assertThat(first.stream().distinct().count()).isBetween(850L, 999L);
    }

    private List<String> keys(CustomerSampler sampler) {
        acknowledged(sampler);
        passed = passed.plusSeconds(1);
        List<String> keys = new ArrayList<>();
        acknowledged(sampler).records().forEach(event -> keys.add(new String(event.key(), UTF_8)));
        return keys;
    }

    @Test
    void refusesAFileWithoutAValidCustomer(@TempDir Path dir) throws IOException {
        String header = Files.readAllLines(TestProject.SHIPPED_CSV).get(0);
        Path csv = Files.writeString(dir.resolve("none.csv"), header + "\nbroken\n");

        assertThatThrownBy(() -> CustomerSampler.customersOf(csv, STRICT))
                .isInstanceOf(ChurnFailure.class)
                .hasMessageContaining("none.csv has no valid customer to draw from");
    }
}
