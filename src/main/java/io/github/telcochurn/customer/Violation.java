package io.github.telcochurn.customer;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * One rule that one record breaks.
 *
 * @param field the column's name, or another subject of the rule
 * @param rule what the rule says, such as {@code must be 0 or more}
 * @param value the offending value, cut when it is long; null when there is none to show
 */
public record Violation(String field, String rule, String value) {
    /** The rule of a field that must have a value and has none. */
    public static final String MISSING = "is missing";

    private static final int MAX_CHARACTERS = 60;

    public Violation {
        value = value == null || value.length() <= MAX_CHARACTERS
                ? value
                : String.format(
                        Locale.ROOT, "%s… (%,d characters)", value.substring(0, MAX_CHARACTERS), value.length());
    }

    Violation(String field, String rule) {
        this(field, rule, null);
    }

    @Override
    public String toString() {
        return field + " " + rule + (value == null ? "" : ", but is \"" + value + '"');
    }

    /** Joins violations into one line, in their order. */
    public static String inOneLine(List<Violation> violations) {
        return violations.stream().map(Violation::toString).collect(Collectors.joining("; "));
    }
}
