package io.github.telcochurn;

import io.github.telcochurn.batch.run.BatchRuns;
import io.github.telcochurn.batch.run.BatchSchedule;
import io.github.telcochurn.batch.run.BatchSteps;
import io.github.telcochurn.config.ChurnConfig;
import io.github.telcochurn.customer.CustomerValidator;
import io.github.telcochurn.deadletter.DeadLetterMaker;
import io.github.telcochurn.deadletter.KeptValues;
import io.github.telcochurn.health.ScoringHealth;
import io.github.telcochurn.ingest.CheckpointLog;
import io.github.telcochurn.ingest.ChunkIngest;
import io.github.telcochurn.ingest.CustomerSampler;
import io.github.telcochurn.ingest.Inbox;
import io.github.telcochurn.ingest.InboxFolder;
import io.github.telcochurn.ingest.IngestPace;
import io.github.telcochurn.kafka.PollTransactions;
import io.github.telcochurn.kafka.TransactionInputs;
import io.github.telcochurn.kafka.TransactionalSends;
import io.github.telcochurn.kafka.UntransactedSends;
import io.github.telcochurn.notification.Deliveries;
import io.github.telcochurn.notification.LostNotification;
import io.github.telcochurn.notification.MailAttachment;
import io.github.telcochurn.notification.MailLogin;
import io.github.telcochurn.pipeline.Assembly;
import io.github.telcochurn.pipeline.FailedExchange;
import io.github.telcochurn.pipeline.StepEvents;
import io.github.telcochurn.progress.IngestProgress;
import io.github.telcochurn.progress.ScoreProgress;
import io.github.telcochurn.scoring.ChurnModel;
import io.github.telcochurn.scoring.ChurnScorer;
import io.github.telcochurn.scoring.ModelFolder;
import io.github.telcochurn.scoring.ModelReload;
import io.github.telcochurn.scoring.ServingModel;
import io.github.telcochurn.scoring.Shadow;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** All wiring: the beans that the routes name, made from the configuration, and the routes that need them. */
public final class ChurnBeans {
    private static final List<Bean<?>> ALL = new ArrayList<>();

    // Every bean that a route can name.
    private static final Bean<BatchRuns> BATCH_RUNS = bean("batchRuns", BatchRuns.class);
    private static final Bean<BatchSchedule> BATCH_SCHEDULE = bean("batchSchedule", BatchSchedule.class);
    private static final Bean<UntransactedSends> BATCH_SENDS = bean("batchSends", UntransactedSends.class);
    private static final Bean<BatchSteps> BATCH_STEPS = bean("batchSteps", BatchSteps.class);
    private static final Bean<CheckpointLog> CHECKPOINT_LOG = bean("checkpointLog", CheckpointLog.class);
    private static final Bean<ChunkIngest> CHUNK_INGEST = bean("chunkIngest", ChunkIngest.class);
    private static final Bean<Deliveries> DELIVERIES = bean("deliveries", Deliveries.class);
    private static final Bean<FailedExchange> FAILED_EXCHANGE = bean("failedExchange", FailedExchange.class);
    private static final Bean<Inbox> INBOX = bean("inbox", Inbox.class);
    private static final Bean<InboxFolder> INBOX_FOLDER = bean("inboxFolder", InboxFolder.class);
    private static final Bean<TransactionalSends> INGEST_TRANSACTIONS =
            bean("ingestTransactions", TransactionalSends.class);
    private static final Bean<LostNotification> LOST_NOTIFICATION = bean("lostNotification", LostNotification.class);
    private static final Bean<MailAttachment> MAIL_ATTACHMENT = bean("mailAttachment", MailAttachment.class);
    private static final Bean<MailLogin> MAIL_LOGIN = bean("mailLogin", MailLogin.class);
    private static final Bean<ModelReload> MODEL_RELOAD = bean("modelReload", ModelReload.class);
    private static final Bean<CustomerSampler> SAMPLER = bean("sampler", CustomerSampler.class);
    private static final Bean<ChurnScorer> SCORER = bean("scorer", ChurnScorer.class);
    private static final Bean<PollTransactions> SCORE_TRANSACTIONS = bean("scoreTransactions", PollTransactions.class);
    private static final Bean<ScoringHealth> SCORING_HEALTH = bean("scoringHealth", ScoringHealth.class);
    private static final Bean<StepEvents> STEP_EVENTS = bean("stepEvents", StepEvents.class);

    private final ChurnConfig config;
    private final InstantSource clock = InstantSource.system();
    private final CustomerValidator validator;
    private final DeadLetterMaker deadLetters;
    private final Map<String, Object> beans = new HashMap<>();
    private final Set<String> routeIds = new LinkedHashSet<>();

    private record Bean<T>(String name, Class<T> type) {}

    private static <T> Bean<T> bean(String name, Class<T> type) {
        Bean<T> bean = new Bean<>(name, type);
        ALL.add(bean);
        return bean;
    }

    private <T> void put(Bean<T> bean, T instance) {
        beans.put(bean.name(), instance);
    }

    private void needs(String... ids) {
        routeIds.addAll(List.of(ids));
    }

    /** Those that every route needs: what {@code routes/error-handling.camel.yaml} names. */
    public ChurnBeans(ChurnConfig config) {
        this.config = config;
        this.validator = config.validator();
        this.deadLetters = new DeadLetterMaker(new KeptValues(config.keptValuesDir()));
        put(FAILED_EXCHANGE, new FailedExchange(deadLetters, clock));
    }

    /**
     * Adds what {@code routes/ingest-batch.camel.yaml} names.
     *
     * @param onCommit receives each committed chunk
     */
    public ChurnBeans withIngest(Consumer<TransactionInputs.Committed> onCommit) {
        put(INGEST_TRANSACTIONS, new TransactionalSends(onCommit));
        put(CHECKPOINT_LOG, new CheckpointLog(config));
        put(CHUNK_INGEST, new ChunkIngest(config.topics().checkpoints(), validator, deadLetters, clock));
        needs("ingest-batch");
        return this;
    }

    /** Adds what {@code routes/ingest-inbox.camel.yaml} and {@code routes/inbox-leftovers.camel.yaml} name. */
    public ChurnBeans withInbox(Inbox inbox) {
        put(INBOX, inbox);
        put(INBOX_FOLDER, new InboxFolder(config.inboxDir(), clock));
        needs("ingest-inbox", "inbox-leftovers");
        return this;
    }

    /** Adds what {@code routes/ingest-streaming.camel.yaml} names. */
    public ChurnBeans withStreamingIngest(CustomerSampler sampler) {
        put(BATCH_SENDS, new UntransactedSends());
        put(SAMPLER, sampler);
        needs("ingest-streaming");
        return this;
    }

    /**
     * Adds what {@code routes/score.camel.yaml} names.
     *
     * @param onCommit receives each committed poll
     */
    public ChurnBeans withScoring(ChurnModel model, Consumer<TransactionInputs.Committed> onCommit) {
        return withScoring(new ServingModel(model), onCommit, Long.MAX_VALUE);
    }

    /**
     * As {@link #withScoring(ChurnModel, Consumer)}, with a model that may be replaced, for no more than so many polls.
     *
     * @param mostPolls after this many commits nothing is polled any more
     */
    public ChurnBeans withScoring(
            ServingModel serving, Consumer<TransactionInputs.Committed> onCommit, long mostPolls) {
        put(SCORE_TRANSACTIONS, new PollTransactions(onCommit, mostPolls));
        put(SCORER, scorer(serving));
        needs("score");
        return this;
    }

    /**
     * Adds what {@code routes/reload-model.camel.yaml} names.
     *
     * @param serving the model of the scorer, which another champion replaces
     */
    public ChurnBeans withReload(ServingModel serving) {
        put(MODEL_RELOAD, new ModelReload(ModelFolder.of(config), serving));
        needs("reload-model");
        return this;
    }

    /**
     * Adds what {@code routes/batch-run.camel.yaml} names.
     *
     * @param runs begins and ends the runs, and can stop them
     */
    public ChurnBeans withBatchRuns(BatchRuns runs, IngestProgress ingested, ScoreProgress scored) {
        put(BATCH_RUNS, runs);
        put(BATCH_STEPS, new BatchSteps(config, ingested, scored, clock));
        put(STEP_EVENTS, new StepEvents());
        needs("batch-run", "batch-failed");
        return withNotifications(runs);
    }

    /**
     * Adds what {@code routes/supervise-streaming.camel.yaml} names.
     *
     * @param serving the model of the scorer to watch
     * @param progress of that scorer
     */
    public ChurnBeans withSupervision(ServingModel serving, ScoreProgress progress) {
        put(SCORING_HEALTH, new ScoringHealth(config, serving, progress, clock, System::nanoTime));
        needs("supervise-streaming");
        return this;
    }

    /**
     * Adds what the routes {@code notify-email} and {@code notify-webhook} name.
     *
     * @param deliveries of the current run
     */
    public ChurnBeans withNotifications(Deliveries deliveries) {
        ChurnConfig.Email email = config.notification().email();
        put(DELIVERIES, deliveries);
        put(LOST_NOTIFICATION, new LostNotification(deliveries::failed));
        put(MAIL_ATTACHMENT, new MailAttachment());
        put(MAIL_LOGIN, new MailLogin(email.user(), email.password()));
        needs("notify-success", "notify-failure", "notify-channels", "notify-email", "notify-webhook");
        return this;
    }

    /** Adds what {@code routes/batch-schedule.camel.yaml} and {@code routes/batch-catch-up.camel.yaml} name. */
    public ChurnBeans withSchedule() {
        put(BATCH_SCHEDULE, new BatchSchedule(config, clock));
        needs("batch-schedule", "batch-catch-up");
        return this;
    }

    /** Everything that the shipped routes name, as it is without a command around it. */
    public static Map<String, Object> all(ChurnConfig config, ChurnModel model) {
        InstantSource clock = InstantSource.system();
        ScoreProgress scored = ScoreProgress.ofService();
        IngestProgress ingested = new IngestProgress(config.checkpointsDir());
        ServingModel serving = new ServingModel(model, Shadow.of(config));
        return new ChurnBeans(config)
                .withScoring(serving, scored, Long.MAX_VALUE)
                .withReload(serving)
                .withSupervision(serving, scored)
                .withIngest(ingested)
                .withInbox(
                        new Inbox(config.schema(), IngestPace.of(config.batch()).chunkRows(), clock))
                .withBatchRuns(new BatchRuns(config, clock), ingested, scored)
                .withSchedule()
                .withStreamingIngest(CustomerSampler.of(config, config.dataCsv(), Long.MAX_VALUE, System.nanoTime()))
                .assembly()
                .beans();
    }

    /** The scorer as the route has it. */
    public ChurnScorer scorer(ChurnModel model) {
        return scorer(new ServingModel(model));
    }

    /** As {@link #scorer(ChurnModel)}, with a model that may be replaced and may have a shadow. */
    public ChurnScorer scorer(ServingModel serving) {
        return new ChurnScorer(serving, validator, config.score(), deadLetters, clock);
    }

    /** What was added, ready to start. */
    public Assembly assembly() {
        return new Assembly(List.copyOf(routeIds), beans, types());
    }

    /** As {@link #assembly}, with only some of the routes, or with those of a test. */
    public Assembly assembly(String... someRouteIds) {
        return new Assembly(List.of(someRouteIds), beans, types());
    }

    /** Of every bean that a route can name: enough to check routes, and connected to nothing. */
    public static Map<String, Class<?>> types() {
        return ALL.stream().collect(Collectors.toUnmodifiableMap(Bean::name, Bean::type));
    }
}
