package io.github.telcochurn;

import io.github.telcochurn.config.ChurnConfig;
import io.github.telcochurn.customer.CustomerValidator;
import io.github.telcochurn.deadletter.DeadLetters;
import io.github.telcochurn.ingest.ChunkIngest;
import io.github.telcochurn.kafka.PollTransactions;
import io.github.telcochurn.kafka.RecordBatch;
import io.github.telcochurn.scoring.ChurnModel;
import io.github.telcochurn.scoring.ChurnScorer;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.Consumer;

/** All wiring: the beans that the routes name, made from the configuration. */
public final class ChurnBeans {
    private final ChurnConfig config;
    private final InstantSource clock = InstantSource.system();
    private final CustomerValidator validator;
    private final DeadLetters deadLetters;

    public ChurnBeans(ChurnConfig config) {
        this.config = config;
        this.validator = new CustomerValidator(config.validation());
        this.deadLetters = new DeadLetters(config.topics().deadletter());
    }

    /**
     * What {@code routes/ingest-batch.camel.yaml} names.
     *
     * @param onCommit is told of each committed chunk
     */
    public Map<String, Object> forIngest(Consumer<RecordBatch> onCommit) {
        return Map.of(
                "ingestTransactions", new PollTransactions(onCommit),
                "chunkIngest", new ChunkIngest(config.topics(), validator, deadLetters, clock));
    }

    /**
     * What {@code routes/score.camel.yaml} names.
     *
     * @param onCommit is told of each committed poll
     */
    public Map<String, Object> forScoring(ChurnModel model, Consumer<RecordBatch> onCommit) {
        return Map.of("scoreTransactions", new PollTransactions(onCommit), "scorer", scorer(model));
    }

    /** The scorer as the route has it. */
    public ChurnScorer scorer(ChurnModel model) {
        return new ChurnScorer(model, validator, config.score(), config.topics().predictions(), deadLetters, clock);
    }
}
