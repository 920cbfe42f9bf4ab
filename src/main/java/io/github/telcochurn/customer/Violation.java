package io.github.telcochurn.customer;

import java.util.List;
import java.util.stream.Collectors;

/**
 * One rule that one record breaks.
 *
 * @param field the column's name, or what else the rule is about
 * @param problem what is wrong, with the offending value, such as {@code must be 0 or more, but is -3}
 */
public record Violation(String field, String problem) {
    /** The problem of a field that must have a value and has none. */
    public static final String MISSING = "is missing";

    @Override
    public String toString() {
        return field + " " + problem;
    }

    /** All of them in one line, in the order of the columns. */
    public static String inOneLine(List<Violation> violations) {
        return violations.stream().map(Violation::toString).collect(Collectors.joining("; "));
    }
}
