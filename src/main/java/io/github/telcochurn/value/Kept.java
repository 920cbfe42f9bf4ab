package io.github.telcochurn.value;

/**
 * How many of a group of customers stayed.
 *
 * @param customers of the group, 0 or more
 * @param kept of them, those who did not leave
 */
public record Kept(long customers, long kept) {
    /** Nobody yet. */
    public static final Kept NOBODY = new Kept(0, 0);

    /** With one more customer. */
    public Kept plus(boolean hasLeft) {
        return new Kept(customers + 1, kept + (hasLeft ? 0 : 1));
    }

    /** The share that stayed, 0 to 1; NaN of nobody. */
    public double share() {
        return (double) kept / customers;
    }

    /**
     * The 95 % interval of the share, by Wilson's score (Probable inference, the law of succession, and statistical inference,
     * Journal of the American Statistical Association 22, 1927, pages 209 to 212). There must be customers.
     */
    public Interval interval() {
        double square = Interval.DEVIATIONS * Interval.DEVIATIONS;
        double middle = 2 * kept + square;
        double half = Interval.DEVIATIONS * Math.sqrt(square + 4 * kept * (1 - share()));
        double scale = 2 * (customers + square);
        return new Interval(Math.max(0, (middle - half) / scale), Math.min(1, (middle + half) / scale));
    }
}
