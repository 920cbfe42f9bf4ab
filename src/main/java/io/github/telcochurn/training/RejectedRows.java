package io.github.telcochurn.training;

import io.github.telcochurn.customer.Violation;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The rows that break a rule, counted, and which rule is broken most. */
final class RejectedRows {
    private final Map<BrokenRule, Occurrences> byRule = new LinkedHashMap<>();
    private int rows;

    private record BrokenRule(String field, String rule) {}

    private static final class Occurrences {
        private final long firstLine;
        private final String firstValue;
        private int count;

        Occurrences(long firstLine, String firstValue) {
            this.firstLine = firstLine;
            this.firstValue = firstValue;
        }
    }

    /**
     * Counts a row.
     *
     * @param violations at least one
     * @param line on which the row begins
     */
    void add(List<Violation> violations, long line) {
        rows++;
        for (Violation violation : violations) {
            byRule.computeIfAbsent(
                            new BrokenRule(violation.field(), violation.rule()),
                            rule -> new Occurrences(line, violation.value()))
                    .count++;
        }
    }

    int count() {
        return rows;
    }

    /** The rule that is broken most, with the first value that breaks it; empty when there is none. */
    String mostFrequent() {
        Map.Entry<BrokenRule, Occurrences> most = null;
        for (Map.Entry<BrokenRule, Occurrences> entry : byRule.entrySet()) {
            if (most == null || entry.getValue().count > most.getValue().count) {
                most = entry;
            }
        }
        if (most == null) {
            return "";
        }
        Occurrences found = most.getValue();
        return String.format(
                Locale.ROOT,
                "most often %s %s (%,d times, first in line %d%s)",
                most.getKey().field(),
                most.getKey().rule(),
                found.count,
                found.firstLine,
                found.firstValue == null ? "" : ": " + found.firstValue);
    }
}
