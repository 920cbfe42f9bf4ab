package io.github.telcochurn.kafka;

import io.github.telcochurn.ChurnFailure;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Watches how much is left of something that is waited for: logs what holds it up, and fails a wait without progress. */
public final class StallDetector {
    private static final Logger LOG = LoggerFactory.getLogger(StallDetector.class);
    private static final Duration LOG_AFTER = Duration.ofSeconds(5);
    private static final long CHECK_INTERVAL_MS = 50;

    private final Duration patience;
    private final Supplier<String> reason;
    private long left;
    private long movedNs;
    private boolean logged;

    /**
     * A watch that begins now.
     *
     * @param patience how long there may be no progress before the wait fails
     * @param reason gives what is waited for, in a sentence with what to do about it
     */
    public StallDetector(Duration patience, Supplier<String> reason) {
        this.patience = patience;
        this.reason = reason;
        this.movedNs = System.nanoTime();
        this.left = Long.MAX_VALUE;
    }

    /**
     * Waits a moment before the next check.
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
            throw new ChurnFailure("No progress for " + patience.toSeconds() + " s. " + reason.get());
        }
        if (!logged && still.compareTo(LOG_AFTER) > 0) {
            logged = true;
            LOG.warn("Waiting: {}", reason.get());
        }
        TimeUnit.MILLISECONDS.sleep(CHECK_INTERVAL_MS);
    }
}
