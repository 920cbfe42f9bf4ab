package io.github.telcochurn.schedule;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.github.telcochurn.config.ChurnConfig;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;
import java.util.TimeZone;
import java.util.UUID;
import org.apache.camel.CamelContext;
import org.apache.camel.component.quartz.QuartzComponent;
import org.quartz.CronScheduleBuilder;
import org.quartz.CronTrigger;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.TriggerKey;
import org.quartz.impl.matchers.GroupMatcher;
import org.quartz.utils.ConnectionProvider;
import org.quartz.utils.DBConnectionManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where Quartz keeps the schedule of {@code batch-schedule}: in memory, or in a database that instances share. */
public final class ScheduleStore {
    private static final Logger LOG = LoggerFactory.getLogger(ScheduleStore.class);
    /** As named in the route. */
    private static final TriggerKey TRIGGER = new TriggerKey("batch", "churn");
    /** A firing later than this is a misfire, and one run makes up for all misfires; a firing less late still runs. */
    private static final Duration MISFIRE_IN_MEMORY = Duration.ofSeconds(5);

    private static final Duration MISFIRE_SHARED = Duration.ofSeconds(30);
    /** A killed instance is detected after two of these plus a few seconds. */
    private static final Duration CHECK_IN = Duration.ofSeconds(5);
    /** The shortest that Quartz accepts; its default is 30 s. */
    private static final Duration IDLE_WAIT = Duration.ofSeconds(1);

    private final ChurnConfig.Schedule schedule;

    private ScheduleStore(ChurnConfig.Schedule schedule) {
        this.schedule = schedule;
    }

    /**
     * Prepares the database, if there is one.
     *
     * @throws io.github.telcochurn.MissingPrerequisite when the database cannot be used
     */
    public static ScheduleStore prepare(ChurnConfig.Schedule schedule) {
        if (schedule.store().isEnabled()) {
            ScheduleTables.createMissing(schedule.store());
        }
        return new ScheduleStore(schedule);
    }

    /** Quartz's own settings. */
    public Properties quartzSettings() {
        Properties settings = new Properties();
        settings.setProperty("org.quartz.threadPool.class", "org.quartz.simpl.SimpleThreadPool");
        settings.setProperty("org.quartz.threadPool.threadCount", "1");
        if (schedule.store().isEnabled()) {
            useDatabase(settings);
        } else {
            useMemory(settings);
        }
        return settings;
    }

    private static void useMemory(Properties settings) {
        // Two schedulers with the same name in one process would be the same scheduler.
        settings.setProperty("org.quartz.scheduler.instanceName", "churn-" + UUID.randomUUID());
        settings.setProperty("org.quartz.jobStore.class", "org.quartz.simpl.RAMJobStore");
        settings.setProperty("org.quartz.jobStore.misfireThreshold", Long.toString(MISFIRE_IN_MEMORY.toMillis()));
    }

    private void useDatabase(Properties settings) {
        // Not among Quartz's settings, which Camel logs at debug level: they would include the password.
        String source = "churn-" + UUID.randomUUID();
        DBConnectionManager.getInstance().addConnectionProvider(source, new Pool(schedule.store()));
        settings.setProperty("org.quartz.scheduler.instanceName", "churn");
        settings.setProperty("org.quartz.scheduler.instanceId", "AUTO");
        settings.setProperty("org.quartz.jobStore.class", "org.quartz.impl.jdbcjobstore.JobStoreTX");
        settings.setProperty(
                "org.quartz.jobStore.driverDelegateClass", "org.quartz.impl.jdbcjobstore.PostgreSQLDelegate");
        settings.setProperty("org.quartz.jobStore.dataSource", source);
        settings.setProperty("org.quartz.jobStore.tablePrefix", "QRTZ_");
        settings.setProperty("org.quartz.jobStore.isClustered", "true");
        // How long an instance sleeps when another one has acquired the next firing; nothing wakes it when that one
        // stops.
        settings.setProperty("org.quartz.scheduler.idleWaitTime", Long.toString(IDLE_WAIT.toMillis()));
        settings.setProperty("org.quartz.jobStore.clusterCheckinInterval", Long.toString(CHECK_IN.toMillis()));
        settings.setProperty("org.quartz.jobStore.misfireThreshold", Long.toString(MISFIRE_SHARED.toMillis()));
        // Job data is strings only; nothing in the database is deserialized.
        settings.setProperty("org.quartz.jobStore.useProperties", "true");
        // Two instances must not both acquire a firing that one of them is still reading.
        settings.setProperty("org.quartz.jobStore.acquireTriggersWithinLock", "true");
    }

    /**
     * Applies a changed time zone, since Camel compares only the cron expression, and makes up for firings skipped when the
     * clocks change. Call it before Camel starts.
     */
    public void attachTo(CamelContext camel) {
        QuartzComponent quartz = camel.getComponent("quartz", QuartzComponent.class);
        quartz.addScheduleInitTask(this::useTimezone);
        quartz.addScheduleInitTask(scheduler -> ClockChanges.watch(scheduler, TRIGGER));
    }

    private void useTimezone(Scheduler scheduler) throws SchedulerException {
        TimeZone wanted = TimeZone.getTimeZone(schedule.timezone());
        if (scheduler.getTrigger(TRIGGER) instanceof CronTrigger stored
                && !stored.getTimeZone().getID().equals(wanted.getID())) {
            scheduler.rescheduleJob(
                    TRIGGER,
                    stored.getTriggerBuilder()
                            .withSchedule(CronScheduleBuilder.cronSchedule(stored.getCronExpression())
                                    .inTimeZone(wanted)
                                    .withMisfireHandlingInstructionFireAndProceed())
                            .build());
        }
    }

    /**
     * Recomputes the next firings, which would otherwise be late by as much as the clock was set back. A shared schedule is
     * left alone: it also belongs to other instances, whose clocks may be right.
     */
    public void clockWasSetBack(CamelContext camel) {
        if (schedule.store().isEnabled()) {
            return;
        }
        try {
            Scheduler scheduler =
                    camel.getComponent("quartz", QuartzComponent.class).getScheduler();
            for (TriggerKey key : scheduler.getTriggerKeys(GroupMatcher.anyTriggerGroup())) {
                if (scheduler.getTrigger(key) instanceof CronTrigger trigger) {
                    scheduler.rescheduleJob(
                            key, trigger.getTriggerBuilder().startNow().build());
                }
            }
        } catch (SchedulerException e) {
            LOG.warn(
                    "The schedule may not fire until the clock reaches its former time again: {}. Restart the service.",
                    e.getMessage());
        }
    }

    /** Stops the schedule from firing, since Camel would lose a firing that comes while the routes stop. */
    public static void standBy(CamelContext camel) {
        if (camel.hasComponent("quartz") instanceof QuartzComponent quartz && quartz.getScheduler() != null) {
            try {
                quartz.getScheduler().standby();
            } catch (SchedulerException e) {
                LOG.warn("The schedule cannot be stopped before the routes: {}", e.getMessage());
            }
        }
    }

    /** Connections for Quartz, which also closes the pool. */
    private static final class Pool implements ConnectionProvider {
        private static final int CONNECTIONS = 4;
        private final HikariDataSource connections;

        Pool(ChurnConfig.Database database) {
            HikariConfig config = new HikariConfig();
            config.setPoolName("churn-schedule");
            config.setJdbcUrl(database.url());
            if (!database.user().isEmpty()) {
                config.setUsername(database.user());
                config.setPassword(database.password());
            }
            config.setMaximumPoolSize(CONNECTIONS);
            config.setConnectionTimeout(Duration.ofSeconds(10).toMillis());
            connections = new HikariDataSource(config);
        }

        @Override
        public void initialize() {
            // nothing to do
        }

        @Override
        public Connection getConnection() throws SQLException {
            return connections.getConnection();
        }

        @Override
        public void shutdown() {
            connections.close();
        }
    }
}
