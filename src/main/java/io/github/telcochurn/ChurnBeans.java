package io.github.telcochurn;

import io.github.telcochurn.batch.BatchRuns;
import io.github.telcochurn.batch.BatchSchedule;
import io.github.telcochurn.batch.BatchSteps;
import io.github.telcochurn.batch.Deliveries;
import io.github.telcochurn.config.ChurnConfig;
import io.github.telcochurn.customer.CustomerValidator;
import io.github.telcochurn.deadletter.DeadLetters;
import io.github.telcochurn.deadletter.KeptValues;
import io.github.telcochurn.ingest.CheckpointLog;
import io.github.telcochurn.ingest.ChunkIngest;
import io.github.telcochurn.ingest.CustomerSampler;
import io.github.telcochurn.ingest.Inbox;
import io.github.telcochurn.ingest.InboxFolder;
import io.github.telcochurn.kafka.BatchSends;
import io.github.telcochurn.kafka.PollTransactions;
import io.github.telcochurn.kafka.RecordBatch;
import io.github.telcochurn.pipeline.FailedExchange;
import io.github.telcochurn.pipeline.IngestProgress;
import io.github.telcochurn.pipeline.LostNotification;
import io.github.telcochurn.pipeline.MailAttachment;
import io.github.telcochurn.pipeline.MailLogin;
import io.github.telcochurn.pipeline.ScoreProgress;
import io.github.telcochurn.pipeline.StepEvents;
import io.github.telcochurn.scoring.ChurnModel;
import io.github.telcochurn.scoring.ChurnScorer;
import io.github.telcochurn.streaming.ScoringHealth;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/** All wiring: the beans that the routes name, made from the configuration. */
public final class ChurnBeans {
    private final ChurnConfig config;
    private final InstantSource clock = InstantSource.system();
    private final CustomerValidator validator;
    private final DeadLetters deadLetters;
    private final Map<String, Object> beans = new HashMap<>();

    /** Those that every route needs: what {@code routes/error-handling.camel.yaml} names. */
    public ChurnBeans(ChurnConfig config) {
        this.config = config;
        this.validator = new CustomerValidator(config.validation());
        this.deadLetters = new DeadLetters(config.topics().deadletter(), new KeptValues(config.keptValuesDir()));
        beans.put("failedExchange", new FailedExchange(deadLetters, clock));
    }

    /**
     * Adds what {@code routes/ingest-batch.camel.yaml} names.
     *
     * @param onCommit is told of each committed chunk
     */
    public ChurnBeans withIngest(Consumer<RecordBatch> onCommit) {
        beans.put("ingestTransactions", new PollTransactions(onCommit, Long.MAX_VALUE));
        beans.put("checkpointLog", new CheckpointLog(config));
        beans.put("chunkIngest", new ChunkIngest(config.topics(), validator, deadLetters, clock));
        return this;
    }

    /** Adds what {@code routes/ingest-inbox.camel.yaml} and {@code routes/inbox-leftovers.camel.yaml} name. */
    public ChurnBeans withInbox(Inbox inbox) {
        beans.put("inbox", inbox);
        beans.put("inboxFolder", new InboxFolder(config.inboxDir(), clock));
        return this;
    }

    /** Adds what {@code routes/ingest-streaming.camel.yaml} names. */
    public ChurnBeans withStreamingIngest(CustomerSampler sampler) {
        beans.put("batchSends", new BatchSends());
        beans.put("sampler", sampler);
        return this;
    }

    /**
     * Adds what {@code routes/score.camel.yaml} names.
     *
     * @param onCommit is told of each committed poll
     */
    public ChurnBeans withScoring(ChurnModel model, Consumer<RecordBatch> onCommit) {
        return withScoring(model, onCommit, Long.MAX_VALUE);
    }

    /**
     * As {@link #withScoring(ChurnModel, Consumer)}, for no more than so many polls.
     *
     * @param mostPolls after this many commits nothing is polled any more
     */
    public ChurnBeans withScoring(ChurnModel model, Consumer<RecordBatch> onCommit, long mostPolls) {
        beans.put("scoreTransactions", new PollTransactions(onCommit, mostPolls));
        beans.put("scorer", scorer(model));
        return this;
    }

    /**
     * Adds what {@code routes/batch-run.camel.yaml} names.
     *
     * @param runs begins and ends the runs, and can stop them
     */
    public ChurnBeans withBatchRuns(BatchRuns runs, IngestProgress ingested, ScoreProgress scored) {
        beans.put("batchRuns", runs);
        beans.put("batchSteps", new BatchSteps(config, ingested, scored, clock));
        beans.put("stepEvents", new StepEvents());
        return withNotifications(runs);
    }

    /**
     * Adds what {@code routes/supervise-streaming.camel.yaml} names.
     *
     * @param model of the scorer to watch
     * @param progress of that scorer
     */
    public ChurnBeans withSupervision(ChurnModel model, ScoreProgress progress) {
        beans.put("scoringHealth", new ScoringHealth(config, model.version(), progress, clock, System::nanoTime));
        return this;
    }

    /**
     * Adds what the routes {@code notify-email} and {@code notify-webhook} name.
     *
     * @param deliveries of the run that is told of
     */
    public ChurnBeans withNotifications(Deliveries deliveries) {
        ChurnConfig.Email email = config.notification().email();
        beans.put("deliveries", deliveries);
        beans.put("lostNotification", new LostNotification(deliveries::failed));
        beans.put("mailAttachment", new MailAttachment());
        beans.put("mailLogin", new MailLogin(email.user(), email.password()));
        return this;
    }

    /** Adds what {@code routes/batch-schedule.camel.yaml} and {@code routes/batch-catch-up.camel.yaml} name. */
    public ChurnBeans withSchedule() {
        beans.put("batchSchedule", new BatchSchedule(config, clock));
        return this;
    }

    /** The scorer as the route has it. */
    public ChurnScorer scorer(ChurnModel model) {
        return new ChurnScorer(model, validator, config.score(), config.topics().predictions(), deadLetters, clock);
    }

    /** What {@link #byName} gives when everything is added, by type: enough to check routes, and connected to nothing. */
    public static Map<String, Class<?>> types() {
        return Map.ofEntries(
                Map.entry("batchRuns", BatchRuns.class),
                Map.entry("batchSchedule", BatchSchedule.class),
                Map.entry("batchSends", BatchSends.class),
                Map.entry("batchSteps", BatchSteps.class),
                Map.entry("checkpointLog", CheckpointLog.class),
                Map.entry("chunkIngest", ChunkIngest.class),
                Map.entry("deliveries", Deliveries.class),
                Map.entry("failedExchange", FailedExchange.class),
                Map.entry("inbox", Inbox.class),
                Map.entry("inboxFolder", InboxFolder.class),
                Map.entry("ingestTransactions", PollTransactions.class),
                Map.entry("lostNotification", LostNotification.class),
                Map.entry("mailAttachment", MailAttachment.class),
                Map.entry("mailLogin", MailLogin.class),
                Map.entry("sampler", CustomerSampler.class),
                Map.entry("scorer", ChurnScorer.class),
                Map.entry("scoreTransactions", PollTransactions.class),
                Map.entry("scoringHealth", ScoringHealth.class),
                Map.entry("stepEvents", StepEvents.class));
    }

    /** The beans by the names that the routes use. */
    public Map<String, Object> byName() {
        return Map.copyOf(beans);
    }
}
