package io.github.telcochurn.batch.run;

import io.github.telcochurn.customer.Violation;
import io.github.telcochurn.customer.ViolationTally;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * Says which rules the rows of a file break, and what to do about each.
 *
 * @param file for the commands to type
 */
record ViolationLines(Remedy remedies, Path file) {
    /** A line for each, in their order. */
    List<String> of(List<ViolationTally.Found> found) {
        return found.stream().map(this::line).toList();
    }

    private String line(ViolationTally.Found found) {
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
