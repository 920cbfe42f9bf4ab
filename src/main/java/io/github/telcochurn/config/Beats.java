package io.github.telcochurn.config;

import java.text.ParseException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Date;
import java.util.Optional;
import java.util.TimeZone;
import org.quartz.CronExpression;

/** The times that a cron expression names. */
public final class Beats {
    private final CronExpression cron;

    private Beats(CronExpression cron) {
        this.cron = cron;
    }

    /**
     * Those of a setting.
     *
     * @param cron as Quartz reads it, checked when it was read
     */
    public static Beats of(String cron, ZoneId timezone) {
        try {
            CronExpression expression = new CronExpression(cron);
            expression.setTimeZone(TimeZone.getTimeZone(timezone));
            return new Beats(expression);
        } catch (ParseException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** The first one after a time; empty when there will be none any more. */
    @SuppressWarnings("JavaUtilDate") // that is what Quartz speaks
    public Optional<Instant> after(Instant time) {
        return Optional.ofNullable(cron.getNextValidTimeAfter(Date.from(time))).map(Date::toInstant);
    }
}
