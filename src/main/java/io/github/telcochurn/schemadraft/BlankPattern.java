package io.github.telcochurn.schemadraft;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Finds the columns whose blanks another column explains: they are blank in every row in which the other column has a certain
 * value, and in no other row.
 */
final class BlankPattern {
    /** Fewer blanks can coincide with any value by chance. */
    private static final int MIN_BLANKS = 5;

    private final List<ColumnProfile> columns;
    /** By the column with the blanks: the values that came with every blank so far, and never without one. */
    private final Map<Integer, List<Cause>> candidates = new TreeMap<>();

    /**
     * A value of another column.
     *
     * @param column its position
     */
    record Cause(int column, String value) {}

    BlankPattern(List<ColumnProfile> columns) {
        this.columns = columns;
    }

    /**
     * Adds a row that the columns have already counted.
     *
     * @param values null when blank
     */
    void add(String[] values) {
        for (int i = 0; i < values.length; i++) {
            if (values[i] == null) {
                narrow(columns.get(i), values);
            }
        }
    }

    private void narrow(ColumnProfile blank, String[] values) {
        List<Cause> known = candidates.get(blank.position());
        if (known == null) {
            known = new ArrayList<>();
            for (int i = 0; i < values.length; i++) {
                if (values[i] != null) {
                    known.add(new Cause(i, values[i]));
                }
            }
            candidates.put(blank.position(), known);
        }
        known.removeIf(cause -> !cause.value().equals(values[cause.column()]) || !occursAsOften(cause, blank));
    }

    private boolean occursAsOften(Cause cause, ColumnProfile blank) {
        ColumnProfile.Value value = columns.get(cause.column()).values().get(cause.value());
        return value != null && value.count() == blank.blanks();
    }

    /** The values of other columns with which a column is blank, and without which it is not. */
    List<Cause> causes(ColumnProfile blank) {
        if (blank.blanks() < MIN_BLANKS) {
            return List.of();
        }
        return candidates.getOrDefault(blank.position(), List.of()).stream()
                .filter(cause -> occursAsOften(cause, blank))
                .toList();
    }
}
