package io.github.telcochurn.progress;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;

/**
 * Shows the progress of long work on standard error: one line that changes on a terminal, a line now and then elsewhere. Work
 * that is done before the first line is due shows only its end.
 */
public final class Progress {
    private final String label;
    private final long everyNs;
    private final PrintStream out = System.err;
    // The launcher knows; Java only knows it for standard input and output together.
    private final boolean terminal = Boolean.getBoolean("churn.terminal");
    private final long startedNs = System.nanoTime();
    private long shownNs = startedNs;

    private Progress(String label, Duration onTerminal, Duration elsewhere) {
        this.label = label;
        this.everyNs = (terminal ? onTerminal : elsewhere).toNanos();
    }

    /** For work with an end. */
    public static Progress of(String label) {
        return new Progress(label, Duration.ofMillis(200), Duration.ofSeconds(5));
    }

    /** For a stream. */
    public static Progress everySecond(String label) {
        return new Progress(label, Duration.ofSeconds(1), Duration.ofSeconds(1));
    }

    /** For a service: still every second on a terminal. */
    public static Progress everyMinute(String label) {
        return new Progress(label, Duration.ofSeconds(1), Duration.ofMinutes(1));
    }

    /**
     * Shows the state when a line is due.
     *
     * @param done records so far
     * @param fraction of the work, 0 to 1; NaN when there is no end
     */
    public void update(long done, double fraction) {
        long now = System.nanoTime();
        if (now - shownNs >= everyNs) {
            shownNs = now;
            double seconds = (now - startedNs) / 1e9;
            String line = String.format(Locale.ROOT, "%-7s %,12d  %9s/s", label, done, rate(done / seconds));
            show(Double.isNaN(fraction) ? line : line + percentAndTimeLeft(seconds, fraction), false);
        }
    }

    /**
     * Shows the state of work that is not counted in records, when a line is due.
     *
     * @param fraction of the work, 0 to 1
     */
    public void update(double fraction) {
        long now = System.nanoTime();
        if (now - shownNs >= everyNs) {
            shownNs = now;
            show(String.format("%-7s", label) + percentAndTimeLeft((now - startedNs) / 1e9, fraction), false);
        }
    }

    /** Shows the end of work that is not counted in records. */
    public void finish() {
        show(String.format(Locale.ROOT, "%-7s  in %.1f s", label, (System.nanoTime() - startedNs) / 1e9), true);
    }

    private static String percentAndTimeLeft(double seconds, double fraction) {
        double left = fraction > 0 ? seconds / fraction - seconds : 0;
        return String.format(Locale.ROOT, "  %3.0f %%  ETA %,.0f s", 100 * fraction, left);
    }

    /** Shows the end. */
    public void finish(long done) {
        double seconds = (System.nanoTime() - startedNs) / 1e9;
        show(
                String.format(Locale.ROOT, "%-7s %,12d  in %.1f s  %9s/s", label, done, seconds, rate(done / seconds)),
                true);
    }

    /** A rate as people read it: with decimals only when it is small. */
    static String rate(double perSecond) {
        return String.format(Locale.ROOT, perSecond < 10 ? "%.1f" : "%,.0f", perSecond);
    }

    private void show(String line, boolean last) {
        if (terminal) {
            out.print("\r\u001b[K" + line + (last ? "\n" : ""));
            out.flush();
        } else {
            out.println(line);
        }
    }
}
