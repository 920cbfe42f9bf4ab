package io.github.telcochurn.customer;

/** Numbers as people read them. */
public final class Numbers {
    /** From here on a double's digits are no longer all its own. */
    private static final double PLAIN_BELOW = 1e15;

    private Numbers() {}

    /** Whether a unit stands before its number: {@code $}, not {@code months}. */
    public static boolean isCurrencySymbol(String unit) {
        return !unit.isEmpty() && unit.codePoints().allMatch(c -> Character.getType(c) == Character.CURRENCY_SYMBOL);
    }

    /** Digits with their unit: "$29.85", "2 months"; a unit of nothing adds nothing. */
    public static String withUnit(String digits, String unit) {
        if (unit.isEmpty()) {
            return digits;
        }
        return isCurrencySymbol(unit) ? unit + digits : digits + " " + unit;
    }

    /** Whole numbers without a point, all others as Java writes them. */
    public static String plain(double number) {
        boolean isWhole = number == Math.rint(number) && Math.abs(number) < PLAIN_BELOW;
        return isWhole ? Long.toString((long) number) : Double.toString(number);
    }
}
