package io.github.telcochurn.customer;

/** Numbers as people read them. */
public final class Numbers {
    /** From here on a double's digits are no longer all its own. */
    private static final double PLAIN_BELOW = 1e15;

    private Numbers() {}

    /** Whole numbers without a point, all others as Java writes them. */
    public static String plain(double number) {
        boolean isWhole = number == Math.rint(number) && Math.abs(number) < PLAIN_BELOW;
        return isWhole ? Long.toString((long) number) : Double.toString(number);
    }
}
