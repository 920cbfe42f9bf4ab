package io.github.telcochurn.inference;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Finds the columns whose blanks another column explains: blank in every row in which the other has a certain value, and in no
 * other row.
 */
final class BlankPattern {
    /** Fewer blanks can fall together with anything. */
    private static final int FEWEST_BLANKS = 5;

    /** By the column with the blanks: what the others said in every row in which it was blank. */
    private final Map<Integer, List<Cause>> candidates = new TreeMap<>();

    /**
     * A value of another column.
     *
     * @param column its position
     */
    record Cause(int column, String value) {}

    /**
     * One row.
     *
     * @param values null where blank
     */
    void add(String[] values) {
        for (int i = 0; i < values.length; i++) {
            if (values[i] == null) {
                narrow(i, values);
            }
        }
    }

    private void narrow(int blank, String[] values) {
        List<Cause> known = candidates.get(blank);
        if (known != null) {
            known.removeIf(cause -> !cause.value().equals(values[cause.column()]));
            return;
        }
        List<Cause> all = new ArrayList<>();
        for (int i = 0; i < values.length; i++) {
            if (values[i] != null && values[i].length() <= ColumnProfile.LONGEST_VALUE) {
                all.add(new Cause(i, values[i]));
            }
        }
        candidates.put(blank, all);
    }

    /** The values of other columns with which a column is blank, and without which it is not. */
    List<Cause> causes(ColumnProfile blank, List<ColumnProfile> columns) {
        if (blank.blanks() < FEWEST_BLANKS) {
            return List.of();
        }
        return candidates.getOrDefault(blank.position(), List.of()).stream()
                .filter(cause -> {
                    ColumnProfile.Value value =
                            columns.get(cause.column()).values().get(cause.value());
                    return value != null && value.count() == blank.blanks();
                })
                .toList();
    }
}
