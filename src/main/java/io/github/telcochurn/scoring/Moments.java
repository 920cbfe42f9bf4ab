package io.github.telcochurn.scoring;

import java.util.stream.IntStream;

/**
 * Mean and variance of some numbers.
 *
 * @param variance over the numbers themselves, not an estimate for more of them
 */
public record Moments(double mean, double variance) {
    /** Of one number or more. */
    public static Moments of(double[] values) {
        return of(values, IntStream.range(0, values.length).toArray());
    }

    /**
     * Of some of them.
     *
     * @param places which, one or more
     */
    public static Moments of(double[] values, int[] places) {
        double sum = 0;
        for (int place : places) {
            sum += values[place];
        }
        double mean = sum / places.length;
        double squares = 0;
        for (int place : places) {
            squares += (values[place] - mean) * (values[place] - mean);
        }
        return new Moments(mean, squares / places.length);
    }

    /** The root of the variance. */
    public double deviation() {
        return Math.sqrt(variance);
    }
}
