package io.github.telcochurn.customer;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Which rules the rows of a file break, how often, and where each is broken first. */
public final class ViolationTally {
    private final Map<Rule, Found> found = new LinkedHashMap<>();

    private record Rule(String field, String text) {}

    /**
     * A rule that is broken.
     *
     * @param first violation of it
     * @param line on which the row of that one begins
     * @param rows that break it
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

    /** Those that most rows break, the most frequent first; of equally frequent ones the earlier first. */
    public List<Found> mostFrequent(int count) {
        return found.values().stream()
                .sorted(Comparator.comparingLong(Found::rows).reversed())
                .limit(count)
                .toList();
    }
}
