package io.github.telcochurn.schemadraft;

import io.github.telcochurn.customer.Field;
import java.util.List;

/**
 * A column as the draft declares it.
 *
 * @param categories in their order; empty unless the kind is a category
 * @param bounds null unless it is a number
 * @param unit what its numbers are counted in; null where the name does not say
 * @param copyOf what it says the same as, in words; null for a column of its own, which models may use
 * @param isOptional whether it may be blank
 * @param blankWhen when it is blank; null where no other column says
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
     * Blank exactly where another column has this value.
     *
     * @param isNumber whether that is a column of numbers
     */
    record BlankWhen(String column, String value, boolean isNumber) {}

    /** Exactly where another column has a certain value of its own. */
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
