package io.github.telcochurn.schedule;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.apache.camel.CamelContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Detects when the system's clock is set: the time elapsed by that clock is then not the real one. */
public final class ClockWatch {
    private static final Logger LOG = LoggerFactory.getLogger(ClockWatch.class);
    private static final long CHECK_INTERVAL_SECONDS = 5;
    /** NTP corrects a clock in smaller steps; that does not count as setting it. */
    private static final Duration THRESHOLD = Duration.ofSeconds(10);

    private final InstantSource clock;
    private final LongSupplier nanoTime;
    private final Consumer<Duration> onSet;
    private Instant lastAt;
    private long lastNs;

    /**
     * Starts comparing.
     *
     * @param nanoTime as {@link System#nanoTime}
     * @param onSet receives by how much the clock was set; negative when it was set back
     */
    public ClockWatch(InstantSource clock, LongSupplier nanoTime, Consumer<Duration> onSet) {
        this.clock = clock;
        this.nanoTime = nanoTime;
        this.onSet = onSet;
        this.lastAt = clock.instant();
        this.lastNs = nanoTime.getAsLong();
    }

    /** Checks every few seconds, until Camel stops. */
    @SuppressWarnings("FutureReturnValueIgnored") // Camel stops it
    public void checkUntilStopped(CamelContext camel) {
        camel.getExecutorServiceManager()
                .newSingleThreadScheduledExecutor(this, "clock-watch")
                .scheduleWithFixedDelay(this::check, CHECK_INTERVAL_SECONDS, CHECK_INTERVAL_SECONDS, TimeUnit.SECONDS);
    }

    void check() {
        Instant now = clock.instant();
        long nowNs = nanoTime.getAsLong();
        Duration set = Duration.between(lastAt, now).minusNanos(nowNs - lastNs);
        lastAt = now;
        lastNs = nowNs;
        if (set.abs().compareTo(THRESHOLD) >= 0) {
            LOG.warn(
                    "The system's clock was set {} by {} s; it is {} now. Times in logs, messages and reports jump by"
                            + " as much. No data is lost.",
                    set.isNegative() ? "back" : "forward",
                    set.abs().toSeconds(),
                    now);
            onSet.accept(set);
        }
    }
}
