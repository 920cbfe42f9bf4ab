package io.github.telcochurn.batch.run;

import io.github.telcochurn.customer.Violation;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Which rules the rows of a file break, how often, and where each is broken first. */
final class ViolationTally {
    private final Remedy remedies;
    private final Map<Rule, Found> found = new LinkedHashMap<>();

    private record Rule(String field, String text) {}

    private record Found(Violation first, long line, long rows) {
        Found again() {
            return new Found(first, line, rows + 1);
        }
    }

    ViolationTally(Remedy remedies) {
        this.remedies = remedies;
    }

    void add(Violation violation, long line) {
        found.merge(
                new Rule(violation.field(), violation.rule()),
                new Found(violation, line, 1),
                (before, now) -> before.again());
    }

    /**
     * Those that most rows break, the most frequent first, with what to do about each: a line each.
     *
     * @param file for the commands to type
     */
    List<String> mostFrequent(int count, Path file) {
        return found.values().stream()
                .sorted(Comparator.comparingLong(Found::rows).reversed())
                .limit(count)
                .map(each -> line(each, file))
                .toList();
    }

    private String line(Found found, Path file) {
        Violation first = found.first();
        String value = first.value() == null ? "" : ": \"" + first.value() + '"';
        String remedy = remedies.of(first, file);
        return String.format(
                Locale.ROOT,
                "- %,d %s: %s %s, first in line %,d%s.%s",
                found.rows(),
                found.rows() == 1 ? "row" : "rows",
                first.field(),
                first.rule(),
                found.line(),
                value,
                remedy.isEmpty() ? "" : " " + remedy);
    }
}
