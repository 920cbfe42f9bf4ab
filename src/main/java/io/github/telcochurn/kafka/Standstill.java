package io.github.telcochurn.kafka;

import io.github.telcochurn.ChurnFailure;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Watches what is left of something that is waited for: logs what holds it up, and ends a wait in which nothing moves any more. */
public final class Standstill {
    private static final Logger LOG = LoggerFactory.getLogger(Standstill.class);
    private static final Duration LOGGED_AFTER = Duration.ofSeconds(5);
    private static final long LOOK_EVERY_MS = 50;

    private final Duration patience;
    private final Supplier<String> reason;
    private long left;
    private long movedNs;
    private boolean logged;

    /**
     * A watch that begins now.
     *
     * @param patience how long nothing may move before the wait fails
     * @param reason asked for what is waited for, a sentence with what to do about it
     */
    public Standstill(Duration patience, Supplier<String> reason) {
        this.patience = patience;
        this.reason = reason;
        this.movedNs = System.nanoTime();
        this.left = Long.MAX_VALUE;
    }

    /**
     * Waits a moment before the next look.
     *
     * @param stillLeft how much is left now
     * @throws ChurnFailure with the reason, when it has not changed for as long as the patience lasts
     */
    public void pause(long stillLeft) throws InterruptedException {
        if (stillLeft != left) {
            left = stillLeft;
            movedNs = System.nanoTime();
            logged = false;
        }
        Duration still = Duration.ofNanos(System.nanoTime() - movedNs);
        if (still.compareTo(patience) > 0) {
            throw new ChurnFailure("Nothing moved for " + patience.toSeconds() + " s. " + reason.get());
        }
        if (!logged && still.compareTo(LOGGED_AFTER) > 0) {
            logged = true;
            LOG.warn("Waiting: {}", reason.get());
        }
        TimeUnit.MILLISECONDS.sleep(LOOK_EVERY_MS);
    }
}
