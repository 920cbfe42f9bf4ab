package io.github.telcochurn.batch.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SteadyClockTest {
    private static final Instant NOON = Instant.parse("2026-11-25T12:00:00Z");

    private Instant wall = NOON;
    private long nanos = -5;

    @Test
    void advancesSteadilyEvenWhenTheClockIsSet() {
        SteadyClock clock = new SteadyClock(() -> wall, () -> nanos);
        wall = NOON.minus(Duration.ofHours(1));
        assertThat(clock.instant()).isEqualTo(NOON);

        nanos += Duration.ofSeconds(90).toNanos();
        assertThat(clock.instant()).isEqualTo(Instant.parse("2026-11-25T12:01:30Z"));
    }
}
