package io.github.telcochurn.batch.report;

import java.time.Duration;
import java.util.Locale;

/** Durations in words. */
final class ReadableDuration {
    private ReadableDuration() {}

    /** Such as "350 ms", "2.4 s", "3 min 20 s" or "2 h 5 min". */
    static String of(long ms) {
        if (ms < 1000) {
            return ms + " ms";
        }
        // What would be rounded to 60.0 s is a minute.
        if (ms < 59_950) {
            return String.format(Locale.ROOT, "%.1f s", ms / 1000.0).replace(".0 s", " s");
        }
        Duration rounded = Duration.ofSeconds(Math.round(ms / 1000.0));
        return rounded.toHours() == 0
                ? rounded.toMinutes() + " min " + rounded.toSecondsPart() + " s"
                : rounded.toHours() + " h " + rounded.toMinutesPart() + " min";
    }
}
