package io.github.telcochurn.cli;

import io.github.telcochurn.ChurnBeans;
import io.github.telcochurn.ChurnFailure;
import io.github.telcochurn.MissingPrerequisite;
import io.github.telcochurn.batch.run.BatchRun;
import io.github.telcochurn.batch.run.BatchRuns;
import io.github.telcochurn.batch.run.RunRequest;
import io.github.telcochurn.config.ChurnConfig;
import io.github.telcochurn.kafka.BrokerAccess;
import io.github.telcochurn.kafka.KafkaTopics;
import io.github.telcochurn.pipeline.Pipeline;
import io.github.telcochurn.progress.IngestProgress;
import io.github.telcochurn.progress.ScoreProgress;
import io.github.telcochurn.scoring.ChurnModel;
import io.github.telcochurn.scoring.ModelFolder;
import java.time.InstantSource;
import java.util.concurrent.ExecutionException;

/** A batch run in its own process, which starts a broker when none is running. */
public final class StandaloneRun {
    private final ChurnConfig config;
    private final InstantSource clock;

    public StandaloneRun(ChurnConfig config) {
        this(config, InstantSource.system());
    }

    public StandaloneRun(ChurnConfig config, InstantSource clock) {
        this.config = config;
        this.clock = clock;
    }

    /**
     * Runs the batch to its end.
     *
     * @return the run, which may have failed; null when it has already ended
     * @throws ChurnFailure when it cannot begin
     * @throws MissingPrerequisite when there is no model or no broker
     */
    public BatchRun run(RunRequest request) throws InterruptedException {
        runs().requireResumable(request);
        return run(request, ModelFolder.of(config).champion());
    }

    /** As {@link #run(RunRequest)}, but scored with this model, like a service that loaded it before its files were replaced. */
    BatchRun run(RunRequest request, ChurnModel model) throws InterruptedException {
        BatchRuns runs = runs();
        try (BrokerAccess broker = BrokerAccess.connect(config.kafka())) {
            try (KafkaTopics topics = new KafkaTopics(config.kafka().bootstrapServers())) {
                topics.createMissing(config.topics());
            }
            IngestProgress ingested = new IngestProgress(config.checkpointsDir());
            ScoreProgress scored = ScoreProgress.ofBatch();
            ChurnBeans beans = new ChurnBeans(config)
                    .withIngest(ingested)
                    .withScoring(model, scored)
                    .withBatchRuns(runs, ingested, scored);
            try (Pipeline pipeline = Pipeline.start(config, beans.assembly())) {
                return (BatchRun) pipeline.request("direct:batch-run", request, runs::stop);
            } catch (ExecutionException e) {
                throw new ChurnFailure(ChurnFailure.userMessage(e), e);
            }
        }
    }

    private BatchRuns runs() {
        return new BatchRuns(config, clock);
    }
}
