package io.github.telcochurn.cli;

import io.github.telcochurn.schemadraft.InferredSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** An inferred schema, in a few lines of text. */
final class InferredLines {
    private InferredLines() {}

    static List<String> of(InferredSchema inferred) {
        List<String> lines = new ArrayList<>();
        lines.add(String.format(
                Locale.ROOT,
                "%s: %,d rows, %,d columns, id %s, %s",
                inferred.name(),
                inferred.rows(),
                inferred.columns().size(),
                inferred.id(),
                inferred.label() == null ? "no label" : "label " + inferred.label()));
        inferred.leftOut().forEach(column -> lines.add("Left out: " + column.column() + ", " + column.reason()));
        lines.addAll(inferred.notes());
        return lines;
    }
}
