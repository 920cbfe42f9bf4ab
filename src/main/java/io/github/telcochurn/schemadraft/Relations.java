package io.github.telcochurn.schemadraft;

import io.github.telcochurn.customer.Numbers;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/** Finds the columns that repeat what other columns already say. */
final class Relations {
    /** A correlation that survives rounding to cents, and that chance does not reach. */
    private static final double NEARLY_ONE = 0.9999;
    /** In fewer rows, columns can agree by chance. */
    private static final int MIN_ROWS = 30;
    /** At least this many rows must have the value, and as many must not. */
    private static final int MIN_OF_EACH = 5;
    /** Most pairs of columns differ visibly within the first rows. */
    private static final int FIRST_ROWS = 64;
    /** A number with fewer different values may be a category in digits. */
    private static final int MAX_GROUPS = 60;

    private static final long SEED = 20_240_229;

    private final Sample sample;
    private final List<ColumnProfile> columns;
    private final Map<Integer, String> copies = new TreeMap<>();
    private final Map<Integer, DraftColumn.Implied> implied = new TreeMap<>();

    /** Finds relations among these columns of a sample, in their order in the file. */
    Relations(Sample sample, List<ColumnProfile> columns) {
        this.sample = sample;
        this.columns = columns;
        if (sample.rows() >= MIN_ROWS) {
            findSameGroups();
            findLines();
            findImplied();
        }
    }

    /** Which column a column repeats, in words; null when it repeats none. */
    String copyOf(ColumnProfile column) {
        return copies.get(column.position());
    }

    /** The category that only repeats another column; null for none. */
    DraftColumn.Implied implied(ColumnProfile column) {
        return implied.get(column.position());
    }

    private double[] values(ColumnProfile column) {
        return sample.values()[column.position()];
    }

    /** Finds columns that divide the rows into the same groups under other names. */
    private void findSameGroups() {
        Map<List<Integer>, ColumnProfile> firstOf = new HashMap<>();
        for (ColumnProfile column : columns) {
            if (column.distinct() < 2 || column.distinct() > MAX_GROUPS) {
                continue;
            }
            List<Integer> groups = groups(values(column));
            ColumnProfile first = firstOf.putIfAbsent(groups, column);
            if (first != null) {
                copies.put(
                        column.position(), "it says the same as " + first.name().text() + " in other words");
            }
        }
    }

    /** Numbers the values in order of first occurrence: the same list for two columns that differ in their words only. */
    private static List<Integer> groups(double[] values) {
        Map<Double, Integer> numberOf = new HashMap<>();
        List<Integer> groups = new ArrayList<>(values.length);
        for (double value : values) {
            Integer next = numberOf.size();
            Integer known = numberOf.putIfAbsent(value, next);
            groups.add(known == null ? next : known);
        }
        return groups;
    }

    /** Finds numbers that are those of another column times a constant, plus a constant. */
    private void findLines() {
        List<ColumnProfile> numbers = columns.stream()
                .filter(ColumnProfile::isNumeric)
                .filter(column -> column.distinct() > 2 && !copies.containsKey(column.position()))
                .toList();
        for (int i = 1; i < numbers.size(); i++) {
            for (int j = 0; j < i; j++) {
                ColumnProfile earlier = numbers.get(j);
                if (!copies.containsKey(earlier.position()) && isLine(values(earlier), values(numbers.get(i)))) {
                    copies.put(numbers.get(i).position(), inWords(earlier, numbers.get(i)));
                    break;
                }
            }
        }
    }

    private static boolean isLine(double[] x, double[] y) {
        Line first = Line.of(x, y, Math.min(FIRST_ROWS, x.length));
        if (Math.abs(first.correlation()) < NEARLY_ONE - 0.005) {
            return false;
        }
        Line all = Line.of(x, y, x.length);
        return all.rows() >= MIN_ROWS && Math.abs(all.correlation()) >= NEARLY_ONE;
    }

    private String inWords(ColumnProfile earlier, ColumnProfile column) {
        Line line = Line.of(values(earlier), values(column), sample.rows());
        double slope = new BigDecimal(line.slope()).round(new MathContext(3)).doubleValue();
        return "it says the same as " + earlier.name().text() + " (slope " + Numbers.plain(slope) + ")";
    }

    /** Finds categories that occur exactly in the rows in which another column has a certain value. */
    private void findImplied() {
        long[] marks = new SplittableRandom(SEED).longs(sample.rows()).toArray();
        Map<RowSet, List<Group>> byRows = new LinkedHashMap<>();
        for (ColumnProfile column : columns) {
            boolean isCategory = column.isFlag() || (!column.isNumeric() && column.hasAllValues());
            if (isCategory && !copies.containsKey(column.position()) && column.distinct() <= MAX_GROUPS) {
                groupsOf(column, marks).forEach((rows, group) -> byRows.computeIfAbsent(rows, key -> new ArrayList<>())
                        .add(group));
            }
        }
        byRows.values().stream().filter(groups -> groups.size() > 1).forEach(this::explain);
    }

    /** The rows in which a column has a value. */
    private record Group(ColumnProfile column, String value) {}

    /**
     * Identifies a set of rows.
     *
     * @param rows how many there are
     * @param marks the sum of their random marks
     */
    private record RowSet(long rows, long marks) {}

    private Map<RowSet, Group> groupsOf(ColumnProfile column, long[] marks) {
        String[] texts = new String[column.values().size()];
        column.values()
                .forEach((text, value) ->
                        texts[column.isNumeric() ? (int) value.cell().number() : value.index()] = text);
        long[] counts = new long[texts.length];
        long[] sums = new long[texts.length];
        double[] values = values(column);
        for (int i = 0; i < values.length; i++) {
            if (!Double.isNaN(values[i])) {
                counts[(int) values[i]]++;
                sums[(int) values[i]] += marks[i];
            }
        }
        Map<RowSet, Group> groups = new LinkedHashMap<>();
        for (int i = 0; i < texts.length; i++) {
            if (Math.min(counts[i], sample.rows() - counts[i]) >= MIN_OF_EACH) {
                groups.put(new RowSet(counts[i], sums[i]), new Group(column, texts[i]));
            }
        }
        return groups;
    }

    /** The column with the shortest word is the one that the others refer to: "no" rather than "no such service". */
    private void explain(List<Group> same) {
        Group cause = same.get(0);
        for (Group group : same) {
            if (group.value().length() < cause.value().length()) {
                cause = group;
            }
        }
        for (Group group : same) {
            boolean hasMoreToSay = group.column().distinct() > 2
                    && !implied.containsKey(group.column().position());
            if (group.column() != cause.column()
                    && hasMoreToSay
                    && !implied.containsKey(cause.column().position())) {
                implied.put(
                        group.column().position(),
                        new DraftColumn.Implied(
                                group.value(), cause.column().name().text()));
            }
        }
    }
}
