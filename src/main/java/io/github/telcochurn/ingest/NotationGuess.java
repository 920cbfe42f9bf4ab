package io.github.telcochurn.ingest;

import io.github.telcochurn.customer.DecimalNotation;
import java.util.List;
import java.util.regex.Pattern;

/** Detects the notation of numbers: the one with which most values that look like numbers can be read. */
final class NotationGuess {
    /** The simplest first: of two that read equally many values, the first one wins. */
    private static final List<DecimalNotation> NOTATIONS = List.of(
            DecimalNotation.PLAIN,
            new DecimalNotation(',', (char) 0),
            new DecimalNotation('.', ','),
            new DecimalNotation(',', '.'),
            new DecimalNotation('.', ' '),
            new DecimalNotation(',', ' '),
            new DecimalNotation('.', '\''),
            new DecimalNotation(',', '\''));

    /** The share of numbers in a column of numbers; the other values may be words for blank. */
    private static final double MOSTLY = 0.5;

    private static final Pattern IN_THREES = Pattern.compile("[+-]?[1-9]\\d{0,2}(,\\d{3})+");
    private static final Pattern MORE_THAN_THREE = Pattern.compile("[+-]?\\d{4,}");

    private NotationGuess() {}

    /**
     * The notation of a table's numbers.
     *
     * @param columns the values of each that are not blank
     */
    static DecimalNotation of(List<List<String>> columns) {
        DecimalNotation best = DecimalNotation.PLAIN;
        long max = 0;
        for (DecimalNotation notation : NOTATIONS) {
            long read =
                    columns.stream().mapToLong(column -> read(column, notation)).sum();
            if (read > max) {
                best = notation;
                max = read;
            }
        }
        return best;
    }

    /** How many values of a column of numbers can be read; 0 for any other column. */
    private static long read(List<String> column, DecimalNotation notation) {
        if (notation.decimal() == ',' && isGroupedByCommas(column)) {
            return 0;
        }
        long read =
                column.stream().filter(value -> notation.plain(value) != null).count();
        return read > MOSTLY * column.size() && !isGroupedAlways(column, notation) ? read : 0;
    }

    /** Such as 1,250 beside 980: decimals do not always have three digits, and whole parts do not stop at 999. */
    private static boolean isGroupedByCommas(List<String> column) {
        return column.stream().anyMatch(value -> value.indexOf(',') >= 0)
                && column.stream()
                        .allMatch(value -> value.indexOf(',') < 0
                                ? !MORE_THAN_THREE.matcher(value).matches() && value.indexOf('.') < 0
                                : IN_THREES.matcher(value).matches());
    }

    /** Identifiers such as phone numbers have groups of digits in every row; amounts do not. */
    private static boolean isGroupedAlways(List<String> column, DecimalNotation notation) {
        char thousands = notation.thousands();
        return thousands != 0
                && column.stream()
                        .allMatch(value -> value.indexOf(thousands) > 0 && value.indexOf(notation.decimal()) < 0);
    }
}
