package io.github.telcochurn.schemadraft;

import io.github.telcochurn.customer.Field;
import java.util.List;

/**
 * A column as the draft declares it.
 *
 * @param categories in their order; empty unless the kind is a category
 * @param bounds null unless it is a number
 * @param unit of its numbers; null when the name does not say
 * @param copyOf which column it repeats, in words; null when it repeats none, so that models may use it
 * @param isOptional whether it may be blank
 * @param blankWhen when it is blank; null when no other column decides that
 * @param implied its category that only repeats another column; null for none
 */
record DraftColumn(
        ColumnProfile profile,
        Field.Kind kind,
        List<String> categories,
        Bounds bounds,
        Unit unit,
        String copyOf,
        boolean isOptional,
        BlankWhen blankWhen,
        Implied implied) {

    /**
     * The column is blank exactly in the rows in which another column has this value.
     *
     * @param isNumber whether the other column has numbers
     */
    record BlankWhen(String column, String value, boolean isNumber) {}

    /** A value that occurs exactly in the rows in which another column has a certain value. */
    record Implied(String value, String column) {}

    String name() {
        return profile.name().text();
    }

    boolean isFeature() {
        return copyOf == null;
    }

    boolean isNumber() {
        return kind == Field.Kind.INTEGER || kind == Field.Kind.DECIMAL;
    }
}
