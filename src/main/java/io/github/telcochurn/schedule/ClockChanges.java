package io.github.telcochurn.schedule;

import io.github.telcochurn.ChurnFailure;
import io.github.telcochurn.config.CronFirings;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TimeZone;
import org.quartz.CronScheduleBuilder;
import org.quartz.CronTrigger;
import org.quartz.JobKey;
import org.quartz.ObjectAlreadyExistsException;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.Trigger;
import org.quartz.TriggerBuilder;
import org.quartz.TriggerKey;
import org.quartz.impl.matchers.GroupMatcher;
import org.quartz.listeners.SchedulerListenerSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Adds another trigger to the job of a cron trigger for each firing that Quartz skips when the clocks change, for as long as
 * the cron trigger exists; see {@link CronFirings}.
 */
final class ClockChanges extends SchedulerListenerSupport {
    private static final Logger LOG = LoggerFactory.getLogger(ClockChanges.class);
    /** The group of these triggers, each named by its time. */
    private static final String GROUP = "churn-clock-change";

    private static final DateTimeFormatter CRON =
            DateTimeFormatter.ofPattern("s m H d M '?' yyyy").withZone(ZoneOffset.UTC);

    private final Scheduler scheduler;
    private final TriggerKey regular;

    private ClockChanges(Scheduler scheduler, TriggerKey regular) {
        this.scheduler = scheduler;
        this.regular = regular;
    }

    /** Makes up for the skipped firings of a trigger, which may or may not exist yet. */
    static void watch(Scheduler scheduler, TriggerKey regular) throws SchedulerException {
        ClockChanges changes = new ClockChanges(scheduler, regular);
        scheduler.getListenerManager().addSchedulerListener(changes);
        if (scheduler.getTrigger(regular) instanceof CronTrigger existing) {
            changes.makeUpFor(existing);
        }
    }

    @Override
    public void jobScheduled(Trigger trigger) {
        if (trigger.getKey().equals(regular) && trigger instanceof CronTrigger cron) {
            try {
                makeUpFor(cron);
            } catch (SchedulerException e) {
                LOG.error(
                        "Firings skipped when the clocks change cannot be made up for: {}",
                        ChurnFailure.rootMessage(e));
            }
        }
    }

    /** Triggers left behind would keep the job alive, and Camel could not add it again. */
    @Override
    public void jobUnscheduled(TriggerKey trigger) {
        if (trigger.equals(regular)) {
            try {
                for (TriggerKey known : known()) {
                    scheduler.unscheduleJob(known);
                }
            } catch (SchedulerException e) {
                LOG.error("The schedule cannot be removed completely: {}", ChurnFailure.rootMessage(e));
            }
        }
    }

    private Iterable<TriggerKey> known() throws SchedulerException {
        return scheduler.getTriggerKeys(GroupMatcher.triggerGroupEquals(GROUP));
    }

    private void makeUpFor(CronTrigger cron) throws SchedulerException {
        Instant now = Instant.now();
        Map<TriggerKey, CronFirings.Skipped> wanted = new LinkedHashMap<>();
        CronFirings.of(cron.getCronExpression(), cron.getTimeZone().toZoneId())
                .skippedAfter(now)
                .forEach(skipped -> wanted.put(new TriggerKey(skipped.at().toString(), GROUP), skipped));
        wanted.values().stream().findFirst().ifPresent(next -> warn(cron, next));
        for (TriggerKey known : known()) {
            // Left over from a former schedule. A firing that is already due is kept, and made up for late.
            if (!wanted.containsKey(known) && Instant.parse(known.getName()).isAfter(now)) {
                scheduler.unscheduleJob(known);
            }
        }
        for (TriggerKey key : wanted.keySet()) {
            if (!scheduler.checkExists(key)) {
                add(key, wanted.get(key).at(), cron.getJobKey());
            }
        }
    }

    private void add(TriggerKey key, Instant at, JobKey job) throws SchedulerException {
        try {
            scheduler.scheduleJob(TriggerBuilder.newTrigger()
                    .withIdentity(key)
                    .forJob(job)
                    .withSchedule(once(at))
                    .build());
        } catch (ObjectAlreadyExistsException e) {
            LOG.debug("Another instance added it at the same moment: {}", e.getMessage());
        }
    }

    /** A cron trigger, since simple triggers may fire a millisecond before their start, and Camel drops such a firing. */
    static CronScheduleBuilder once(Instant at) {
        return CronScheduleBuilder.cronSchedule(CRON.format(at))
                .inTimeZone(TimeZone.getTimeZone(ZoneOffset.UTC))
                .withMisfireHandlingInstructionFireAndProceed();
    }

    private static void warn(CronTrigger cron, CronFirings.Skipped next) {
        LOG.warn(
                "The schedule \"{}\" has no firing at {} of {}, when the clocks change there: one run makes up for it"
                        + " at {}. With churn.batch.timezone=UTC the clocks never change.",
                cron.getCronExpression(),
                next.clock(),
                cron.getTimeZone().getID(),
                next.at());
    }
}
