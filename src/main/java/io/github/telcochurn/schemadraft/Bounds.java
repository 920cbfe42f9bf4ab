package io.github.telcochurn.schemadraft;

/**
 * Which numbers a column allows: wide enough that tomorrow's rows are not refused, and narrow enough that a slip is.
 *
 * @param min what is allowed at least
 * @param max what is allowed at most
 * @param seen what the file has, in words
 */
record Bounds(double min, double max, String seen) {
    private static final double SLACK = 10;

    static Bounds of(ColumnProfile column) {
        return new Bounds(
                column.min() >= 0 ? 0 : -roundUp(-column.min() * SLACK),
                // Where all are below 0, none above it is expected.
                column.max() <= 0 ? 0 : roundUp(column.max() * SLACK),
                YamlText.of(column.min()) + " to " + YamlText.of(column.max()));
    }

    /** To 1, 2 or 5 times a power of ten. */
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
