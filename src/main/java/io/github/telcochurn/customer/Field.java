package io.github.telcochurn.customer;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One column of the schema: the values that it allows, its use, and its names in texts. Its index is its place in all arrays. */
public final class Field {
    private static final List<String> FLAG_VALUES = List.of("0", "1");

    private final int index;
    private final Declaration declared;
    private final Map<String, Integer> indexOfCategory = new HashMap<>();

    /** The kind of a column's values. */
    public enum Kind {
        /** One of {@link Field#categories()}. */
        CATEGORY,
        /** The number 0 or 1. */
        FLAG,
        /** A whole number. */
        INTEGER,
        /** Any number. */
        DECIMAL
    }

    /**
     * When a blank value is allowed.
     *
     * @param always whatever the other columns say
     * @param column the column that must have {@code value}; null when no column allows a blank
     * @param value the number, or the category's index
     */
    public record Blank(boolean always, Field column, double value) {
        /** A column that must have a value. */
        public static final Blank NEVER = new Blank(false, null, Double.NaN);
        /** A column that may be left blank. */
        public static final Blank ALWAYS = new Blank(true, null, Double.NaN);

        /** {@code value} as people write it. */
        public String valueText() {
            return column.isCategory() ? column.categories().get((int) value) : Numbers.plain(value);
        }
    }

    /**
     * A category that only repeats what another column already says, such as an extra of a service that the customer does not have.
     *
     * @param category its index
     * @param column the column that says it
     */
    public record Implied(int category, Field column) {}

    /**
     * A column as the schema file declares it.
     *
     * @param aliases other names that a CSV file may use
     * @param categories in the file's order; empty unless the kind is {@link Kind#CATEGORY}
     * @param min the smallest number, or -Infinity
     * @param max the largest number, or Infinity
     * @param unit such as {@code months} or {@code $}; empty for none
     * @param title what people call the column
     * @param words what people call each value; without an entry for a value that is clear in itself
     * @param isFeature whether models may use it
     * @param isReason whether it may be given as a reason
     * @param isActionable whether an offer or a talk can change it; never without isReason
     * @param isSlice whether a model's card has figures for each of its categories
     * @param scale numbers are divided by it for the model; NaN when training chooses
     * @param implied null for none
     */
    public record Declaration(
            String name,
            List<String> aliases,
            Kind kind,
            List<String> categories,
            double min,
            double max,
            String unit,
            String title,
            Map<String, String> words,
            boolean isFeature,
            boolean isReason,
            boolean isActionable,
            boolean isSlice,
            double scale,
            Blank blank,
            Implied implied) {}

    Field(int index, Declaration declared) {
        this.index = index;
        this.declared = declared;
        for (int i = 0; i < declared.categories().size(); i++) {
            indexOfCategory.put(declared.categories().get(i), i);
        }
    }

    /** As the schema file declares it; its text has other columns by name only. */
    Declaration declared() {
        return declared;
    }

    /** Its place among the schema's columns, from 0. */
    public int index() {
        return index;
    }

    /** The name in messages and, unless it uses an alias, in the CSV's header. */
    public String name() {
        return declared.name();
    }

    public List<String> aliases() {
        return declared.aliases();
    }

    public Kind kind() {
        return declared.kind();
    }

    public boolean isCategory() {
        return declared.kind() == Kind.CATEGORY;
    }

    /** Whether its values are amounts rather than names: an {@link Kind#INTEGER} or a {@link Kind#DECIMAL}. */
    public boolean isNumber() {
        return declared.kind() == Kind.INTEGER || declared.kind() == Kind.DECIMAL;
    }

    /** The categories in the schema's order; empty unless {@link #isCategory()}. */
    public List<String> categories() {
        return declared.categories();
    }

    /** The values that {@link Customer#number} is an index of: the categories, or 0 and 1 of a flag; empty for numbers. */
    public List<String> values() {
        return declared.kind() == Kind.FLAG ? FLAG_VALUES : declared.categories();
    }

    /** The index of a category, or -1 for any other text. */
    public int indexOf(Object category) {
        Integer found = indexOfCategory.get(category);
        return found == null ? -1 : found;
    }

    /** The smallest number that is allowed, or -Infinity. */
    public double min() {
        return declared.min();
    }

    /** The largest number that is allowed, or Infinity. */
    public double max() {
        return declared.max();
    }

    /** The unit, such as {@code months} or {@code $}; empty for none. */
    public String unit() {
        return declared.unit();
    }

    /** What people call the column. */
    public String title() {
        return declared.title();
    }

    /** What people call each value; a value without an entry is clear in itself. */
    public Map<String, String> words() {
        return declared.words();
    }

    /** Whether models may use it. */
    public boolean isFeature() {
        return declared.isFeature();
    }

    /** Whether it may be given as a reason; the model's contributions have it in any case. */
    public boolean isReason() {
        return declared.isReason();
    }

    /** Whether an offer or a talk can change it, such as a contract; it is a reason that an agent can do something about. */
    public boolean isActionable() {
        return declared.isActionable();
    }

    /** Whether a model's card has figures for each of its categories. */
    public boolean isSlice() {
        return declared.isSlice();
    }

    /** Numbers are divided by it for the model; NaN when training chooses. */
    public double scale() {
        return declared.scale();
    }

    /** When a blank value is allowed. */
    public Blank blank() {
        return declared.blank();
    }

    /** The category that only repeats another column, or null. */
    public Implied implied() {
        return declared.implied();
    }

    @Override
    public String toString() {
        return declared.name();
    }
}
