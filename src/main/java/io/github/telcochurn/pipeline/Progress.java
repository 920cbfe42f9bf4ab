package io.github.telcochurn.pipeline;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;

/**
 * Shows how far long work is, on standard error: one line that changes on a terminal, a line every few seconds elsewhere. Work
 * that is done before the first line is due shows only its end.
 */
final class Progress {
    private static final long TERMINAL_EVERY_NS = Duration.ofMillis(200).toNanos();
    private static final long PLAIN_EVERY_NS = Duration.ofSeconds(5).toNanos();

    private final String label;
    private final PrintStream out = System.err;
    // The launcher knows; Java could only tell for standard input and output together.
    private final boolean terminal = Boolean.getBoolean("churn.terminal");
    private final long startedNs = System.nanoTime();
    private long shownNs = startedNs;

    Progress(String label) {
        this.label = label;
    }

    /**
     * Shows the state when it is time to.
     *
     * @param done records so far
     * @param fraction of the work, 0 to 1
     */
    void update(long done, double fraction) {
        long now = System.nanoTime();
        if (now - shownNs >= (terminal ? TERMINAL_EVERY_NS : PLAIN_EVERY_NS)) {
            shownNs = now;
            double seconds = (now - startedNs) / 1e9;
            double left = fraction > 0 ? seconds / fraction - seconds : 0;
            show(
                    String.format(
                            Locale.ROOT,
                            "%-7s %,12d  %3.0f %%  %,9.0f/s  ETA %,.0f s",
                            label,
                            done,
                            100 * fraction,
                            done / seconds,
                            left),
                    false);
        }
    }

    /** Shows the end. */
    void finish(long done) {
        double seconds = (System.nanoTime() - startedNs) / 1e9;
        show(String.format(Locale.ROOT, "%-7s %,12d  in %.1f s  %,9.0f/s", label, done, seconds, done / seconds), true);
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
