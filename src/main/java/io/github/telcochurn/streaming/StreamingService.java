package io.github.telcochurn.streaming;

import io.github.telcochurn.ChurnBeans;
import io.github.telcochurn.batch.run.BatchRuns;
import io.github.telcochurn.config.ChurnConfig;
import io.github.telcochurn.ingest.CustomerSampler;
import io.github.telcochurn.ingest.Inbox;
import io.github.telcochurn.ingest.IngestPace;
import io.github.telcochurn.kafka.BrokerAccess;
import io.github.telcochurn.kafka.KafkaTopics;
import io.github.telcochurn.kafka.ListenAddress;
import io.github.telcochurn.pipeline.LogFile;
import io.github.telcochurn.pipeline.Pipeline;
import io.github.telcochurn.progress.IngestProgress;
import io.github.telcochurn.progress.ScoreProgress;
import io.github.telcochurn.scoring.ChurnModel;
import io.github.telcochurn.scoring.ModelFolder;
import io.github.telcochurn.scoring.ServingModel;
import io.github.telcochurn.scoring.Shadow;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;

/** The service: supervised scoring, with its health reported over HTTP, until the program is to end. */
public final class StreamingService {
    private final ChurnConfig config;
    private final ScoreProgress progress;

    public StreamingService(ChurnConfig config) {
        this.config = config;
        this.progress = ScoreProgress.ofService();
    }

    /** What was scored so far. */
    public ScoreProgress progress() {
        return progress;
    }

    /**
     * Serves until the thread is interrupted; what is in flight then is still committed.
     *
     * @param feed also feeds the raw topic from this sampler; null for scoring only
     * @param ready is run when the service is up
     * @throws InterruptedException always
     * @throws io.github.telcochurn.MissingPrerequisite when the model or the broker is missing at the start, or the
     *     port for health is taken
     */
    public void serve(CustomerSampler feed, Runnable ready) throws InterruptedException {
        ChurnModel model = ModelFolder.of(config).champion();
        new ListenAddress(config.web().host(), config.web().port(), "churn.web.port").requireFree();
        try (LogFile log = LogFile.ofStream(config.logsDir().resolve("streaming/streaming_consumer.log"));
                BrokerAccess broker = BrokerAccess.connect(config.kafka())) {
            try (KafkaTopics topics = new KafkaTopics(config.kafka().bootstrapServers())) {
                topics.createMissing(config.topics());
            }
            new Rehearsal(config).ofScoring(model);
            IngestProgress ingested = new IngestProgress(config.checkpointsDir());
            BatchRuns runs = new BatchRuns(config, InstantSource.system());
            Inbox inbox =
                    new Inbox(config.schema(), IngestPace.of(config.batch()).chunkRows(), InstantSource.system());
            ServingModel serving = new ServingModel(model, Shadow.of(config));
            ChurnBeans beans = new ChurnBeans(config)
                    .withScoring(serving, progress, Long.MAX_VALUE)
                    .withReload(serving)
                    .withSupervision(serving, progress)
                    .withIngest(ingested)
                    .withInbox(inbox)
                    .withBatchRuns(runs, ingested, progress)
                    .withSchedule();
            if (feed != null) {
                beans.withStreamingIngest(feed);
            }
            try (Pipeline pipeline = Pipeline.startService(config, beans.assembly())) {
                if (feed != null) {
                    pipeline.startRoute("ingest-streaming");
                }
                try {
                    ready.run();
                    new CountDownLatch(1).await();
                } finally {
                    // Before the routes are closed, which wait for their exchanges to end.
                    inbox.stop();
                    runs.stop();
                }
            } finally {
                progress.finish();
            }
        }
    }
}
