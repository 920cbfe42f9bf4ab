package io.github.telcochurn.customer;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * One rule that one record breaks.
 *
 * @param field the column's name, or what else the rule is about
 * @param rule what the rule says, such as {@code must be 0 or more}
 * @param value the offending value, cut when it is long; null where there is none to show
 */
public record Violation(String field, String rule, String value) {
    /** The rule of a field that must have a value and has none. */
    public static final String MISSING = "is missing";

    private static final int MOST_CHARACTERS = 60;

    public Violation {
        value = value == null || value.length() <= MOST_CHARACTERS
                ? value
                : String.format(
                        Locale.ROOT, "%s… (%,d characters)", value.substring(0, MOST_CHARACTERS), value.length());
    }

    Violation(String field, String rule) {
        this(field, rule, null);
    }

    @Override
    public String toString() {
        return field + " " + rule + (value == null ? "" : ", but is \"" + value + '"');
    }

    /** All of them in one line, in the order of the columns. */
    public static String inOneLine(List<Violation> violations) {
        return violations.stream().map(Violation::toString).collect(Collectors.joining("; "));
    }
}
