package io.github.telcochurn.schemadraft;

import io.github.telcochurn.customer.CsvDialect;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** The contents of one column of a file, in memory that does not grow with the file. */
final class ColumnProfile {
    /** The maximum number of different values that are counted one by one. */
    static final int MAX_VALUES = 256;
    /** Enough to see whether all of them are words for blank. */
    private static final int MAX_TEXTS = 8;
    /** A longer text is a remark rather than a category. */
    static final int MAX_VALUE_LENGTH = 100;

    private final int position;
    private final ColumnName name;
    private final CsvDialect dialect;
    private final DistinctValues distinct;
    private final Map<String, Value> values = new LinkedHashMap<>();
    private boolean anyUncounted;
    private long blanks;
    private long filled;
    private long numbers;
    private long decimals;
    private long codes;
    private long dates;
    private double min = Double.POSITIVE_INFINITY;
    private double max = Double.NEGATIVE_INFINITY;
    private boolean anyPadded;
    /** The first values that are not numbers. */
    private final Set<String> texts = new LinkedHashSet<>();

    /** One value and how often it occurs. */
    static final class Value {
        private final Cell cell;
        private final int index;
        private long count;

        private Value(Cell cell, int index) {
            this.cell = cell;
            this.index = index;
        }

        long count() {
            return count;
        }

        /** Its place among the values that are counted, in order of first occurrence. */
        int index() {
            return index;
        }

        Cell cell() {
            return cell;
        }
    }

    /**
     * A profile without any values yet.
     *
     * @param position in the file, from 0
     */
    ColumnProfile(int position, ColumnName name, CsvDialect dialect, DistinctValues.Budget budget) {
        this.position = position;
        this.name = name;
        this.dialect = dialect;
        this.distinct = new DistinctValues(budget);
    }

    /**
     * Adds the value of one row.
     *
     * @param text null when it is blank
     */
    void add(String text) {
        if (text == null) {
            blanks++;
            return;
        }
        Value known = values.get(text);
        if (known == null) {
            known = new Value(Cell.of(text, dialect), values.size());
            if (values.size() < MAX_VALUES && text.length() <= MAX_VALUE_LENGTH) {
                values.put(text, known);
            } else {
                anyUncounted = true;
            }
        }
        known.count++;
        distinct.add(text);
        count(text, known.cell);
    }

    private void count(String text, Cell cell) {
        filled++;
        if (cell.isNumber()) {
            numbers++;
            decimals += cell.isWhole() ? 0 : 1;
            codes += cell.isCode() ? 1 : 0;
            min = Math.min(min, cell.number());
            max = Math.max(max, cell.number());
        } else if (texts.size() < MAX_TEXTS) {
            texts.add(text.strip());
        }
        anyPadded |= isBlankAt(text, 0) || isBlankAt(text, text.length() - 1);
        dates += cell.isDate() ? 1 : 0;
    }

    private static boolean isBlankAt(String text, int index) {
        return Character.isWhitespace(text.charAt(index));
    }

    int position() {
        return position;
    }

    ColumnName name() {
        return name;
    }

    CsvDialect dialect() {
        return dialect;
    }

    /** Rows without a value. */
    long blanks() {
        return blanks;
    }

    /** Rows with a value. */
    long filled() {
        return filled;
    }

    /** Rows with a number. */
    long numbers() {
        return numbers;
    }

    /** How many different values there are; beyond a few thousand it may be an estimate. */
    long distinct() {
        return hasAllValues() ? values.size() : Math.max(distinct.count(), values.size());
    }

    boolean isDistinctEstimated() {
        return !hasAllValues() && distinct.isEstimate();
    }

    /** Whether it has a different value in every row, and no blanks. */
    boolean isUnique() {
        return blanks == 0 && filled > 0 && distinct.allDiffer();
    }

    /** The values that were counted one by one: all of them when {@link #hasAllValues()}. */
    Map<String, Value> values() {
        return values;
    }

    boolean hasAllValues() {
        return !anyUncounted;
    }

    /** Whether every value is a number, and loses nothing when it is read as one. */
    boolean isNumeric() {
        return filled > 0 && numbers == filled && codes == 0;
    }

    /** Whether every number is written without decimals. */
    boolean isWhole() {
        return isNumeric() && decimals == 0;
    }

    /** Whether it is 0 or 1 in every row that has a value, and both occur. */
    boolean isFlag() {
        return isNumeric()
                && hasAllValues()
                && min == 0
                && max == 1
                && values.values().stream().allMatch(value -> value.cell.number() == 0 || value.cell.number() == 1);
    }

    boolean isDate() {
        return filled > 0 && dates == filled;
    }

    /** The smallest number. */
    double min() {
        return min;
    }

    /** The largest number. */
    double max() {
        return max;
    }

    /** Some values that are not numbers. */
    Set<String> texts() {
        return texts;
    }

    /** Whether there are blanks around a value. */
    boolean isPadded() {
        return anyPadded;
    }
}
