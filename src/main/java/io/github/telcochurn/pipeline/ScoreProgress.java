package io.github.telcochurn.pipeline;

import io.github.telcochurn.config.ChurnConfig;
import io.github.telcochurn.kafka.RecordBatch;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.HdrHistogram.Histogram;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Follows the committed polls of a scorer: counts them, measures their latency, shows progress and keeps the log. */
public final class ScoreProgress implements Consumer<RecordBatch> {
    private static final Logger LOG = LoggerFactory.getLogger(ScoreProgress.class);
    private static final long LONGEST_LATENCY_MS = TimeUnit.DAYS.toMillis(1);
    /** In a stream of small polls a line for each would say little at great length. */
    private static final long LOG_EVERY_NS = TimeUnit.SECONDS.toNanos(5);

    private final String predictionsTopic;
    private final boolean logEachWindow;
    private final Histogram latenciesMs = new Histogram(LONGEST_LATENCY_MS, 3);
    private Progress progress = Progress.of("score");
    private long expected;
    private long windows;
    private long messages;
    private long predictions;
    private long beganNs = System.nanoTime();
    private long lastCommitNs = beganNs;
    private long loggedNs = beganNs;
    private volatile Instant lastPredictionAt;

    private ScoreProgress(ChurnConfig.Topics topics, boolean logEachWindow) {
        this.predictionsTopic = topics.predictions();
        this.logEachWindow = logEachWindow;
    }

    /** For draining what is there: every window has its line in the log. */
    public static ScoreProgress ofBatch(ChurnConfig.Topics topics) {
        return new ScoreProgress(topics, true);
    }

    /** For a stream without an end: the log has a line every few seconds. */
    public static ScoreProgress ofStream(ChurnConfig.Topics topics) {
        ScoreProgress progress = new ScoreProgress(topics, false);
        progress.progress = Progress.everySecond("score");
        return progress;
    }

    /** Begins to count the time, for about so many messages. */
    public synchronized void expect(long messagesToCome) {
        expected = messagesToCome;
        progress = Progress.of("score");
        beganNs = System.nanoTime();
        lastCommitNs = beganNs;
    }

    @Override
    public synchronized void accept(RecordBatch poll) {
        long now = System.currentTimeMillis();
        for (long eventTimeMs : poll.eventTimesMs()) {
            latenciesMs.recordValue(Math.min(LONGEST_LATENCY_MS, Math.max(0, now - eventTimeMs)));
        }
        long scored = poll.records().stream()
                .filter(record -> record.topic().equals(predictionsTopic))
                .count();
        windows++;
        messages += poll.records().size();
        predictions += scored;
        lastCommitNs = System.nanoTime();
        if (scored > 0) {
            lastPredictionAt = Instant.ofEpochMilli(now);
        }
        log(poll.records().size(), scored);
        progress.update(messages, expected == 0 ? Double.NaN : Math.min(1, (double) messages / expected));
    }

    private void log(int inWindow, long scored) {
        if (logEachWindow) {
            LOG.info(
                    "window {}: {} messages, {} predictions, {} dead letters",
                    windows,
                    inWindow,
                    scored,
                    inWindow - scored);
        } else if (lastCommitNs - loggedNs > LOG_EVERY_NS) {
            loggedNs = lastCommitNs;
            LOG.info("so far: {}", summary().headline());
        }
    }

    /** Shows and logs the end of scoring. */
    public synchronized void finish() {
        progress.finish(messages);
        LOG.info("at the end: {}", summary().headline());
    }

    /** What it came to so far. */
    public synchronized ScoringSummary summary() {
        double seconds = Math.max(1, lastCommitNs - beganNs) / 1e9;
        return new ScoringSummary(
                windows,
                messages,
                predictions,
                messages / seconds,
                latenciesMs.getValueAtPercentile(50),
                latenciesMs.getValueAtPercentile(99));
    }

    /** When the last prediction was committed; null before the first. */
    public Instant lastPredictionAt() {
        return lastPredictionAt;
    }
}
