package io.github.telcochurn.training;

import java.util.stream.IntStream;

/**
 * Of some numbers.
 *
 * @param variance over the numbers themselves, not an estimate for more of them
 */
record Moments(double mean, double variance) {
    static Moments of(double[] values) {
        return of(values, IntStream.range(0, values.length).toArray());
    }

    /**
     * Of some of them.
     *
     * @param places which, one or more
     */
    static Moments of(double[] values, int[] places) {
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

    double deviation() {
        return Math.sqrt(variance);
    }
}
