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

/** Notices when the system's clock is set: what has passed by it is then not what has really passed. */
public final class ClockWatch {
    private static final Logger LOG = LoggerFactory.getLogger(ClockWatch.class);
    private static final long LOOK_EVERY_SECONDS = 5;
    /** A clock that is corrected little by little is none that is set. */
    private static final Duration NOTICED = Duration.ofSeconds(10);

    private final InstantSource clock;
    private final LongSupplier nanoTime;
    private final Consumer<Duration> onSet;
    private Instant lastAt;
    private long lastNs;

    /**
     * Begins to compare.
     *
     * @param nanoTime as {@link System#nanoTime}
     * @param onSet is told by how much the clock was set, negative when back
     */
    public ClockWatch(InstantSource clock, LongSupplier nanoTime, Consumer<Duration> onSet) {
        this.clock = clock;
        this.nanoTime = nanoTime;
        this.onSet = onSet;
        this.lastAt = clock.instant();
        this.lastNs = nanoTime.getAsLong();
    }

    /** Looks every few seconds, until Camel stops. */
    @SuppressWarnings("FutureReturnValueIgnored") // Camel ends it
    public void lookUntilStopped(CamelContext camel) {
        camel.getExecutorServiceManager()
                .newSingleThreadScheduledExecutor(this, "clock-watch")
                .scheduleWithFixedDelay(this::look, LOOK_EVERY_SECONDS, LOOK_EVERY_SECONDS, TimeUnit.SECONDS);
    }

    void look() {
        Instant now = clock.instant();
        long nowNs = nanoTime.getAsLong();
        Duration set = Duration.between(lastAt, now).minusNanos(nowNs - lastNs);
        lastAt = now;
        lastNs = nowNs;
        if (set.abs().compareTo(NOTICED) >= 0) {
            LOG.warn(
                    "The system's clock was set {} by {} s; it is {} now. Times in logs, messages and reports have that step in"
                            + " them. Nothing is lost by it.",
                    set.isNegative() ? "back" : "forward",
                    set.abs().toSeconds(),
                    now);
            onSet.accept(set);
        }
    }
}
