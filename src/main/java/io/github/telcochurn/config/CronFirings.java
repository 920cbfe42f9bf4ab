package io.github.telcochurn.config;

import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.TimeZone;
import org.quartz.CronExpression;

/**
 * The times at which a cron expression fires. Quartz uses local time: when clocks go forward, it skips firings in the hour that does
 * not exist, and when they go back, those in the first of the two hours with the same name. When a run would be missed, an extra
 * firing makes up for it.
 */
public final class CronFirings {
    /** Clocks never change by more than this. */
    private static final Duration MAX_CHANGE = Duration.ofDays(1);
    /** A schedule that also fires in the hours before and after is hourly, not for a time of day. */
    private static final Duration HOUR = Duration.ofHours(1);
    /** Ten years, which is enough: the rules of time zones are not known for longer. */
    private static final Duration HORIZON = Duration.ofDays(3653);

    private final String text;
    private final CronExpression cron;
    private final ZoneRules rules;

    private CronFirings(String text, ZoneId timezone) {
        this.text = text;
        this.cron = expression(timezone);
        this.rules = timezone.getRules();
    }

    private CronExpression expression(ZoneId timezone) {
        try {
            CronExpression expression = new CronExpression(text);
            expression.setTimeZone(TimeZone.getTimeZone(timezone));
            return expression;
        } catch (ParseException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /**
     * The firings of a schedule.
     *
     * @param cron a valid Quartz cron expression
     */
    public static CronFirings of(String cron, ZoneId timezone) {
        return new CronFirings(cron, timezone);
    }

    /**
     * A firing that Quartz skips.
     *
     * @param at when an extra firing makes up for it: when it would be due if the clocks had not changed, or not yet
     * @param clock the local time at which it was due
     */
    public record Skipped(Instant at, LocalDateTime clock) {}

    /** The first firing after a time, including those that make up for skipped ones; empty when the schedule has ended. */
    public Optional<Instant> after(Instant time) {
        Optional<Instant> regular = regularAfter(time);
        return skipped(time, regular.orElse(time.plus(HORIZON))).stream()
                .map(Skipped::at)
                .findFirst()
                .or(() -> regular);
    }

    private Optional<Instant> regularAfter(Instant time) {
        ZoneOffsetTransition change = rules.nextTransition(time);
        if (change != null && change.isOverlap() && !time.isBefore(affectedHour(change))) {
            // Within the first of two hours with the same name, Quartz would consider the second one as past.
            return next(cron, justBefore(affectedHour(change)));
        }
        return next(cron, time);
    }

    /** The firings that Quartz skips in the ten years after a time, at most one for each change of the clocks. */
    public List<Skipped> skippedAfter(Instant time) {
        return skipped(time, time.plus(HORIZON));
    }

    private List<Skipped> skipped(Instant after, Instant before) {
        List<Skipped> found = new ArrayList<>();
        ZoneOffsetTransition change = rules.nextTransition(after.minus(MAX_CHANGE));
        while (change != null && change.getInstant().minus(MAX_CHANGE).isBefore(before)) {
            skippedAt(change)
                    .filter(skipped ->
                            skipped.at().isAfter(after) && skipped.at().isBefore(before))
                    .ifPresent(found::add);
            change = rules.nextTransition(change.getInstant());
        }
        return found;
    }

    private Optional<Skipped> skippedAt(ZoneOffsetTransition change) {
        Duration length = change.getDuration().abs();
        Instant from = affectedHour(change);
        Instant to = from.plus(length);
        if (fires(from, to) || (change.isOverlap() && !firesAround(from, to.plus(length)))) {
            return Optional.empty();
        }
        return next(expression(change.getOffsetBefore()), justBefore(from))
                .filter(due -> due.isBefore(to))
                .map(due -> new Skipped(due, LocalDateTime.ofInstant(due, change.getOffsetBefore())));
    }

    /** The start of the local hour that does not exist, or of the first of the two with the same name. */
    private static Instant affectedHour(ZoneOffsetTransition change) {
        return change.isGap() ? change.getInstant() : change.getInstant().plus(change.getDuration());
    }

    private boolean firesAround(Instant from, Instant to) {
        return fires(from.minus(HOUR), from) && fires(to, to.plus(HOUR));
    }

    private boolean fires(Instant from, Instant to) {
        return next(cron, justBefore(from)).filter(due -> due.isBefore(to)).isPresent();
    }

    private static Instant justBefore(Instant time) {
        return time.minusMillis(1);
    }

    @SuppressWarnings("JavaUtilDate") // Quartz uses it
    private static Optional<Instant> next(CronExpression cron, Instant time) {
        return Optional.ofNullable(cron.getNextValidTimeAfter(Date.from(time))).map(Date::toInstant);
    }
}
