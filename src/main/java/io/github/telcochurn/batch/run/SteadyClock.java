package io.github.telcochurn.batch.run;

import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/** The time of a clock at the start plus what has elapsed since: it never goes back, even if that clock is set. */
public final class SteadyClock implements InstantSource {
    private final Instant startedAt;
    private final LongSupplier nanoTime;
    private final long startedNs;

    /**
     * Starts at the current time.
     *
     * @param nanoTime as {@link System#nanoTime}
     */
    public SteadyClock(InstantSource clock, LongSupplier nanoTime) {
        this.startedAt = clock.instant();
        this.nanoTime = nanoTime;
        this.startedNs = nanoTime.getAsLong();
    }

    @Override
    public Instant instant() {
        return startedAt.plusNanos(nanoTime.getAsLong() - startedNs);
    }
}
