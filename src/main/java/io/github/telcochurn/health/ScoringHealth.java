package io.github.telcochurn.health;

import io.github.telcochurn.ChurnFailure;
import io.github.telcochurn.MissingPrerequisite;
import io.github.telcochurn.config.ChurnConfig;
import io.github.telcochurn.config.CronFirings;
import io.github.telcochurn.kafka.KafkaTopics;
import io.github.telcochurn.prerequisites.BrokerAnswers;
import io.github.telcochurn.prerequisites.ModelLoads;
import io.github.telcochurn.prerequisites.Prerequisite;
import io.github.telcochurn.prerequisites.TopicsExist;
import io.github.telcochurn.progress.ScoreProgress;
import io.github.telcochurn.scoring.ModelCard;
import io.github.telcochurn.scoring.ModelFolder;
import io.github.telcochurn.scoring.ServingModel;
import io.github.telcochurn.scoring.Shadow;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.ServiceStatus;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;
import org.apache.kafka.common.TopicPartition;

/**
 * Whether scoring works: broker, topics and model, the route, the group's lag and its movement, the age of the last prediction.
 * The route {@code supervise-streaming} acts on it, and {@code /observe/health} reports it.
 */
public final class ScoringHealth extends AbstractHealthCheck {
    private static final String ROUTE = "score";
    /** Lag that does not move for this long is a fault; a restart or a rebalance of the group takes less time. */
    private static final Duration STALLED_AFTER = Duration.ofSeconds(30);

    private static final Duration MIN_PAUSE = Duration.ofSeconds(1);
    private static final Duration MAX_PAUSE = Duration.ofSeconds(60);
    private static final Duration NEVER = Duration.ofDays(36_500);

    private final ChurnConfig config;
    private final ScoreProgress progress;
    private final InstantSource clock;
    /** Measures elapsed time, since the clock may be changed. */
    private final LongSupplier nanoTime;

    private final List<Prerequisite> prerequisites;
    private final ModelLoads model;
    private final ServingModel serving;
    private final CronFirings firings;

    private long lastLag;
    private long lastReached;
    private boolean couldMove;
    private long movedNs;
    /** When the supervision last started or restarted the route. */
    private long startedNs;

    private int unhealthyInARow;
    /** When the supervision checks next. */
    private long nextCheckNs;

    /**
     * The health of the scorer in this process.
     *
     * @param serving the model of that scorer
     * @param progress of that scorer
     * @param clock for the firings of {@code churn.health.cron}
     * @param nanoTime as {@link System#nanoTime}
     */
    public ScoringHealth(
            ChurnConfig config,
            ServingModel serving,
            ScoreProgress progress,
            InstantSource clock,
            LongSupplier nanoTime) {
        super("churn", "scoring");
        this.config = config;
        this.progress = progress;
        this.clock = clock;
        this.nanoTime = nanoTime;
        this.firings = CronFirings.of(config.health().cron(), ZoneId.systemDefault());
        this.movedNs = nanoTime.getAsLong();
        this.startedNs = movedNs;
        this.nextCheckNs = movedNs;
        this.prerequisites = List.of(new BrokerAnswers(config.kafka()), new TopicsExist(config, false));
        this.model = new ModelLoads(ModelFolder.of(config));
        this.serving = serving;
    }

    /** What the supervision should do. */
    public enum Remedy {
        NONE,
        START,
        RESTART,
        WAIT
    }

    /**
     * The result of a check of scoring.
     *
     * @param problem in words; empty when all is well
     * @param details for people and monitors
     */
    public record Report(Remedy remedy, String problem, Map<String, Object> details) {
        @Override
        public String toString() {
            return (problem.isEmpty() ? "" : problem + " ") + details;
        }
    }

    /** Whether {@link #check} is due; also when the route was healthy and has been stopped, as after a reload. */
    public synchronized boolean isDue() {
        return nanoTime.getAsLong() - nextCheckNs >= 0 || (unhealthyInARow == 0 && !status().isStarted());
    }

    private ServiceStatus status() {
        return getCamelContext().getRouteController().getRouteStatus(ROUTE);
    }

    /**
     * Checks scoring. When all is well, the next check is due at the next firing of {@code churn.health.cron}; while something is
     * wrong, the pause grows with each check.
     */
    public synchronized Report check() {
        Report found = inspect();
        if (found.remedy() == Remedy.START || found.remedy() == Remedy.RESTART) {
            startedNs = nanoTime.getAsLong();
        }
        Duration pause;
        if (found.remedy() == Remedy.NONE) {
            unhealthyInARow = 0;
            pause = untilNextFiring();
        } else {
            pause = pause();
        }
        nextCheckNs = nanoTime.getAsLong() + pause.toNanos();
        return found;
    }

    /** Does not use Quartz's scheduler, which instances may share: each instance must check itself. */
    private Duration untilNextFiring() {
        Instant now = clock.instant();
        return firings.after(now).map(firing -> Duration.between(now, firing)).orElse(NEVER);
    }

    private Duration pause() {
        Duration pause = MIN_PAUSE.multipliedBy(1L << Math.min(unhealthyInARow++, 10));
        return pause.compareTo(MAX_PAUSE) < 0 ? pause : MAX_PAUSE;
    }

    @Override
    protected synchronized void doCall(HealthCheckResultBuilder builder, Map<String, Object> options) {
        Report report = inspect();
        builder.details(report.details());
        if (report.remedy() == Remedy.NONE) {
            builder.up();
        } else {
            builder.message(report.problem()).down();
        }
    }

    private Report inspect() {
        Map<String, Object> details = new LinkedHashMap<>();
        try {
            for (Prerequisite prerequisite : prerequisites) {
                details.put(prerequisite.name(), prerequisite.check());
            }
            addModel(details);
            details.put("lag", lag());
        } catch (MissingPrerequisite | ChurnFailure e) {
            // Nothing can move without these.
            couldMove = false;
            return new Report(Remedy.WAIT, e.getMessage(), details);
        }
        progress.sinceLastPrediction().ifPresent(age -> details.put("last-prediction-age-s", age.toSeconds()));
        ServiceStatus status = status();
        details.put("route", status.name());
        return judge(status, details);
    }

    /** Adds the model. Scoring stays up with the model that it has, but is degraded when the champion on disk is another one. */
    private void addModel(Map<String, Object> details) {
        ModelCard scoring = serving.current().card();
        details.put(model.name(), ModelLoads.described(scoring));
        Shadow shadow = serving.shadow();
        if (shadow.isActive()) {
            details.put("shadow", shadow.summary());
        }
        String degraded = Stream.of(refusal(scoring.version()), shadow.problem())
                .filter(Objects::nonNull)
                .collect(Collectors.joining(" "));
        if (!degraded.isEmpty()) {
            details.put("degraded", degraded);
        }
    }

    /** Why a model other than the champion scores; null when the champion scores. */
    private String refusal(String scoring) {
        String remedy = " Scoring continues with the model " + scoring
                + ". ./churn models promote VERSION or ./churn models rollback fixes this.";
        // The result of the reload, which checks more than loading does.
        String refused = serving.refusal();
        if (refused != null) {
            return "The champion on disk is refused: " + refused + remedy;
        }
        try {
            // Loaded again: only this shows that a restart would find a usable model.
            String onDisk = model.load().version();
            return onDisk.equals(scoring)
                    ? null
                    : "Scoring uses the model " + scoring + ", but the champion is " + onDisk
                            + " by now. The route reload-model switches to it within churn.model.reload-ms; restart if it does"
                            + " not.";
        } catch (MissingPrerequisite | ChurnFailure e) {
            return "The champion on disk cannot be used: " + e.getMessage() + remedy;
        }
    }

    private Report judge(ServiceStatus status, Map<String, Object> details) {
        if (!status.isStarted()) {
            return new Report(Remedy.START, "The route " + ROUTE + " is not started.", details);
        }
        long now = nanoTime.getAsLong();
        Duration stalled = Duration.ofNanos(now - movedNs);
        if (stalled.compareTo(STALLED_AFTER) <= 0) {
            return new Report(Remedy.NONE, "", details);
        }
        String problem = "The lag of " + lastLag + " has not moved for " + stalled.toSeconds() + " s.";
        boolean wasJustStarted = now - startedNs <= STALLED_AFTER.toNanos();
        return new Report(wasJustStarted ? Remedy.WAIT : Remedy.RESTART, problem, details);
    }

    /** The lag; also notes how far all members together have come, since the lag stays the same when as much arrives as is scored. */
    private long lag() {
        try (KafkaTopics topics = new KafkaTopics(config.kafka().bootstrapServers())) {
            Map<TopicPartition, Long> ends = topics.ends(config.topics().raw());
            long lag = total(topics.lag(config.groupId(), ends));
            long reached = total(ends) - lag;
            if (lag == 0 || reached != lastReached || !couldMove) {
                movedNs = nanoTime.getAsLong();
                couldMove = true;
            }
            lastReached = reached;
            lastLag = lag;
            return lag;
        }
    }

    private static long total(Map<TopicPartition, Long> offsets) {
        return offsets.values().stream().mapToLong(Long::longValue).sum();
    }
}
