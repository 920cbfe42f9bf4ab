package io.github.telcochurn.schemadraft;

/**
 * The numbers that a column allows: wide enough to accept tomorrow's rows, and narrow enough to reject a typing mistake.
 *
 * @param min the smallest number that is allowed
 * @param max the largest number that is allowed
 * @param seen the range in the file, in words
 */
record Bounds(double min, double max, String seen) {
    private static final double SLACK = 10;

    static Bounds of(ColumnProfile column) {
        return new Bounds(
                column.min() >= 0 ? 0 : -roundUp(-column.min() * SLACK),
                // When all are below 0, none above 0 is expected.
                column.max() <= 0 ? 0 : roundUp(column.max() * SLACK),
                YamlText.of(column.min()) + " to " + YamlText.of(column.max()));
    }

    /** Rounds up to 1, 2 or 5 times a power of ten. */
    private static double roundUp(double number) {
        double power = Math.pow(10, Math.floor(Math.log10(number)));
        for (double step : new double[] {1, 2, 5}) {
            if (number <= step * power) {
                return step * power;
            }
        }
        return 10 * power;
    }
}
