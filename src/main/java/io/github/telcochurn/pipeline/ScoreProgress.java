package io.github.telcochurn.pipeline;

import io.github.telcochurn.config.ChurnConfig;
import io.github.telcochurn.kafka.RecordBatch;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Follows the committed polls of a scorer: counts them and shows progress. */
public final class ScoreProgress implements Consumer<RecordBatch> {
    private static final Logger LOG = LoggerFactory.getLogger(ScoreProgress.class);

    private final String predictionsTopic;
    private Progress progress = new Progress("score");
    private long expected;
    private volatile long windows;
    private volatile long messages;
    private volatile long predictions;

    public ScoreProgress(ChurnConfig.Topics topics) {
        this.predictionsTopic = topics.predictions();
    }

    /** Begins to count the time, for about so many messages. */
    public void expect(long messagesToCome) {
        expected = messagesToCome;
        progress = new Progress("score");
    }

    // Only the consumer's thread writes; the others only read.
    @SuppressWarnings("NonAtomicVolatileUpdate")
    @Override
    public void accept(RecordBatch poll) {
        long scored = poll.records().stream()
                .filter(record -> record.topic().equals(predictionsTopic))
                .count();
        windows++;
        messages += poll.records().size();
        predictions += scored;
        LOG.info(
                "window {}: {} messages, {} predictions, {} dead letters",
                windows,
                poll.records().size(),
                scored,
                poll.records().size() - scored);
        progress.update(messages, expected == 0 ? 1 : Math.min(1, (double) messages / expected));
    }

    /** Shows the end of scoring. */
    public void finish() {
        progress.finish(messages);
    }

    /** Transactions committed so far. */
    public long windows() {
        return windows;
    }

    /** Raw messages scored so far, dead letters counted. */
    public long messages() {
        return messages;
    }

    /** Predictions committed so far. */
    public long predictions() {
        return predictions;
    }
}
