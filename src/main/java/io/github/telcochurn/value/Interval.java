package io.github.telcochurn.value;

/** A range that holds an unknown value in 95 of 100 cases. Both ends are included. */
public record Interval(double from, double to) {
    /** The 97.5 % quantile of the standard normal distribution: how many standard deviations reach as far as such a range. */
    static final double DEVIATIONS = 1.959964;

    /** Whether the value lies in the range. */
    public boolean contains(double value) {
        return from <= value && value <= to;
    }
}
