package io.github.telcochurn.progress;

import io.github.telcochurn.kafka.TransactionInputs;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.ObjLongConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Follows the committed polls of a scorer: counts them, measures their latency, shows progress and keeps the log. */
public final class ScoreProgress implements Consumer<TransactionInputs.Committed> {
    private static final Logger LOG = LoggerFactory.getLogger(ScoreProgress.class);
    /** In a stream of small polls, a line for each would fill the log with little information. */
    private static final long LOG_EVERY_NS = TimeUnit.SECONDS.toNanos(5);

    private final boolean stream;
    private final ObjLongConsumer<ScoringSummary> eachWindow;
    private final Latencies latencies;
    private final Latencies windowLatencies;
    private Progress progress;
    private long expected;
    private long windows;
    private long messages;
    private long predictions;
    private long beganNs = System.nanoTime();
    private long lastCommitNs = beganNs;
    private long loggedNs = beganNs;
    /** 0 before the first. */
    private long lastPredictionNs;

    private ScoreProgress(boolean stream, ObjLongConsumer<ScoringSummary> eachWindow) {
        this.stream = stream;
        this.eachWindow = eachWindow;
        long beganMs = System.currentTimeMillis();
        this.latencies = new Latencies(beganMs);
        this.windowLatencies = new Latencies(beganMs);
        this.progress = stream ? Progress.everySecond("score") : Progress.of("score");
    }

    /** For draining a topic: every window has a line in the log. */
    public static ScoreProgress ofBatch() {
        return new ScoreProgress(false, null);
    }

    /**
     * As {@link #ofBatch}, but the caller shows the windows.
     *
     * @param eachWindow receives the summary of each window, and its number from 1
     */
    public static ScoreProgress ofWindows(ObjLongConsumer<ScoringSummary> eachWindow) {
        return new ScoreProgress(false, eachWindow);
    }

    /** For a stream without an end: the log has a line every few seconds, and the rate counts from the first event. */
    public static ScoreProgress ofStream() {
        return new ScoreProgress(true, null);
    }

    /** As {@link #ofStream}, but in fewer lines, for a service. */
    public static ScoreProgress ofService() {
        ScoreProgress progress = ofStream();
        progress.progress = Progress.everyMinute("score");
        return progress;
    }

    /** A batch run begins to wait for about this many messages; a stream continues unchanged. */
    public synchronized void drainBegins(long messagesToCome) {
        if (!stream) {
            expect(messagesToCome);
        }
    }

    /** The batch run has stopped waiting. */
    public synchronized void drainEnds() {
        if (!stream) {
            finish();
        }
    }

    /** Begins to count the time, for about this many messages. */
    public synchronized void expect(long messagesToCome) {
        expected = messagesToCome;
        progress = Progress.of("score");
        beganNs = System.nanoTime();
        lastCommitNs = beganNs;
    }

    @Override
    public synchronized void accept(TransactionInputs.Committed poll) {
        long now = System.currentTimeMillis();
        if (stream && windows == 0) {
            beganNs = System.nanoTime();
        }
        record(poll, now, latencies);
        int count = poll.work().inputs();
        int scored = count - poll.deadLetters();
        windows++;
        messages += count;
        predictions += scored;
        long previousCommitNs = windows == 1 ? beganNs : lastCommitNs;
        lastCommitNs = System.nanoTime();
        if (scored > 0) {
            lastPredictionNs = lastCommitNs;
        }
        if (eachWindow == null) {
            progress.update(messages, expected == 0 ? Double.NaN : Math.min(1, (double) messages / expected));
        }
        if (stream) {
            logNowAndThen();
        } else {
            windowLatencies.reset();
            record(poll, now, windowLatencies);
            report(ScoringSummary.of(1, count, scored, lastCommitNs - previousCommitNs, windowLatencies));
        }
    }

    private static void record(TransactionInputs.Committed poll, long now, Latencies latencies) {
        for (long eventTimeMs : poll.work().eventTimesMs()) {
            latencies.add(eventTimeMs, now);
        }
    }

    private void logNowAndThen() {
        if (lastCommitNs - loggedNs > LOG_EVERY_NS) {
            loggedNs = lastCommitNs;
            LOG.info("so far: {}", summary().headline());
        }
    }

    private void report(ScoringSummary window) {
        if (eachWindow != null) {
            eachWindow.accept(window, windows);
        }
        LOG.info("window {}: {}", windows, window.headline());
    }

    /** Shows and logs the end of scoring. */
    public synchronized void finish() {
        progress.finish(messages);
        LOG.info("at the end: {}", summary().headline());
    }

    /** The result so far. */
    public synchronized ScoringSummary summary() {
        return ScoringSummary.of(windows, messages, predictions, lastCommitNs - beganNs, latencies);
    }

    /** How long ago the last prediction was committed; empty before the first. */
    public synchronized Optional<Duration> sinceLastPrediction() {
        return lastPredictionNs == 0
                ? Optional.empty()
                : Optional.of(Duration.ofNanos(System.nanoTime() - lastPredictionNs));
    }
}
