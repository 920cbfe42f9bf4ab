package io.github.telcochurn.customer;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Counts the rules that the rows of a file break, and notes where each is broken first. */
public final class ViolationTally {
    private final Map<Rule, Found> found = new LinkedHashMap<>();

    private record Rule(String field, String text) {}

    /**
     * A rule that is broken.
     *
     * @param first the first violation of it
     * @param line on which the row of the first violation begins
     * @param rows the number of rows that break it
     */
    public record Found(Violation first, long line, long rows) {
        private Found again() {
            return new Found(first, line, rows + 1);
        }
    }

    /** Counts what one row breaks. */
    public void add(Violation violation, long line) {
        found.merge(
                new Rule(violation.field(), violation.rule()),
                new Found(violation, line, 1),
                (before, now) -> before.again());
    }

    /** The rules that most rows break, most frequent first; among equally frequent rules, the earlier first. */
    public List<Found> mostFrequent(int count) {
        return found.values().stream()
                .sorted(Comparator.comparingLong(Found::rows).reversed())
                .limit(count)
                .toList();
    }
}
