package io.github.telcochurn.customer;

import java.math.BigDecimal;

/** Numbers as people read them. */
public final class Numbers {
    /** From here on, a double cannot represent every digit. */
    private static final double PLAIN_BELOW = 1e15;

    private Numbers() {}

    /** Whether a unit stands before its number: {@code $}, not {@code months}. */
    public static boolean isCurrencySymbol(String unit) {
        return !unit.isEmpty() && unit.codePoints().allMatch(c -> Character.getType(c) == Character.CURRENCY_SYMBOL);
    }

    /** Digits with their unit: "$29.85", "2 months"; an empty unit adds nothing. */
    public static String withUnit(String digits, String unit) {
        if (unit.isEmpty()) {
            return digits;
        }
        if (!isCurrencySymbol(unit)) {
            return digits + " " + unit;
        }
        return digits.startsWith("-") ? "-" + unit + digits.substring(1) : unit + digits;
    }

    /** Whole numbers without a point, and all others but the very largest without an exponent. */
    public static String plain(double number) {
        if (Math.abs(number) >= PLAIN_BELOW || Double.isNaN(number)) {
            return Double.toString(number);
        }
        if (number == Math.rint(number)) {
            return Long.toString((long) number);
        }
        String digits = Double.toString(number);
        // Java writes an exponent from ten million on, and below a thousandth.
        return digits.indexOf('E') < 0
                ? digits
                : new BigDecimal(digits).stripTrailingZeros().toPlainString();
    }
}
