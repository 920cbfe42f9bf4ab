package io.github.telcochurn.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClockWatchTest {
    private Instant wall = Instant.parse("2026-11-25T12:00:00Z");
    private Duration passed = Duration.ZERO;
    private final List<Duration> reported = new ArrayList<>();
    private final ClockWatch watch = new ClockWatch(() -> wall, () -> passed.toNanos(), reported::add);

    private void pass(Duration real, Duration byTheClock) {
        passed = passed.plus(real);
        wall = wall.plus(byTheClock);
        watch.check();
    }

    @Test
    void reportsEachStepOnceAndNoDrift() {
        pass(Duration.ofMinutes(10), Duration.ofMinutes(10).plusSeconds(9));
        assertThat(reported).isEmpty();

        pass(Duration.ofSeconds(5), Duration.ofSeconds(5).minusHours(1));
        pass(Duration.ofSeconds(5), Duration.ofSeconds(5));
        pass(Duration.ofSeconds(5), Duration.ofSeconds(65));

        assertThat(reported).containsExactly(Duration.ofHours(-1), Duration.ofMinutes(1));
    }
}
