package io.github.telcochurn.training;

import io.github.telcochurn.customer.Violation;
import io.github.telcochurn.customer.ViolationTally;
import java.util.List;
import java.util.Locale;

/** The rows that break a rule, counted, and which rule is broken most. */
final class RejectedRows {
    private final ViolationTally violations = new ViolationTally();
    private int rows;

    /**
     * Counts a row.
     *
     * @param broken at least one
     * @param line on which the row begins
     */
    void add(List<Violation> broken, long line) {
        rows++;
        broken.forEach(violation -> violations.add(violation, line));
    }

    int count() {
        return rows;
    }

    /** The rule that is broken most, with the first value that breaks it; empty when there is none. */
    String mostFrequent() {
        return violations.mostFrequent(1).stream()
                .findFirst()
                .map(RejectedRows::inWords)
                .orElse("");
    }

    private static String inWords(ViolationTally.Found most) {
        Violation first = most.first();
        return String.format(
                Locale.ROOT,
                "most often %s %s (%,d times, first in line %d%s)",
                first.field(),
                first.rule(),
                most.rows(),
                most.line(),
                first.value() == null ? "" : ": " + first.value());
    }
}
