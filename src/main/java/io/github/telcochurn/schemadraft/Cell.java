package io.github.telcochurn.schemadraft;

import io.github.telcochurn.customer.CsvDialect;
import java.util.regex.Pattern;

/**
 * The kinds of value that a text in a row can be.
 *
 * @param number its value; NaN when it is not a number
 * @param isWhole whether it is a number without decimals
 * @param isCode whether it has digits that a number would lose: leading zeros, or more digits than a double holds
 * @param isDate whether it is a date, with or without a time
 */
record Cell(double number, boolean isWhole, boolean isCode, boolean isDate) {
    private static final double LARGEST_EXACT = 9_007_199_254_740_992.0;
    private static final Pattern DATE =
            Pattern.compile("(\\d{4}([-/.])\\d{1,2}\\2\\d{1,2}|\\d{1,2}([-/.])\\d{1,2}\\3(\\d{4}|\\d{2}))"
                    + "([T ]\\d{1,2}:\\d{2}(:\\d{2}([.,]\\d{1,9})?)?\\s?([AaPp][Mm]|Z|[+-]\\d{2}:?\\d{2})?)?");
    private static final int MAX_DATE_LENGTH = 40;

    /** Reads a text that is not blank. */
    static Cell of(String text, CsvDialect dialect) {
        String stripped = text.strip();
        String plain = dialect.numbers().plain(stripped);
        double number = plain == null ? Double.NaN : number(plain);
        if (Double.isNaN(number)) {
            return new Cell(Double.NaN, false, false, isDate(stripped));
        }
        boolean isWhole = plain.indexOf('.') < 0;
        // 1.1.2024 is not a number, but 20240131 would be one.
        return new Cell(number, isWhole, isWhole && isCode(plain, number), false);
    }

    boolean isNumber() {
        return !Double.isNaN(number);
    }

    private static double number(String plain) {
        try {
            double number = Double.parseDouble(plain);
            return Double.isFinite(number) ? number : Double.NaN;
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }

    private static boolean isCode(String plain, double number) {
        int sign = plain.charAt(0) == '-' || plain.charAt(0) == '+' ? 1 : 0;
        return (plain.length() > sign + 1 && plain.charAt(sign) == '0') || Math.abs(number) > LARGEST_EXACT;
    }

    private static boolean isDate(String text) {
        return text.length() <= MAX_DATE_LENGTH
                && !text.isEmpty()
                && Character.isDigit(text.charAt(0))
                && DATE.matcher(text).matches();
    }
}
