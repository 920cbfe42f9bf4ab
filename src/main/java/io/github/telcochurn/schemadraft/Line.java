package io.github.telcochurn.schemadraft;

/**
 * The straight line that fits the points of two columns best.
 *
 * @param rows that have both numbers
 * @param correlation 1 or -1 when all points are on the line; 0 when there is no line
 * @param slope the rise of the second column when the first rises by one
 */
record Line(int rows, double correlation, double slope) {
    /**
     * The line through the first rows of two columns.
     *
     * @param x NaN when blank
     * @param y NaN when blank
     */
    static Line of(double[] x, double[] y, int rows) {
        int count = 0;
        double meanX = 0;
        double meanY = 0;
        double xx = 0;
        double yy = 0;
        double xy = 0;
        for (int i = 0; i < rows; i++) {
            if (Double.isNaN(x[i]) || Double.isNaN(y[i])) {
                continue;
            }
            count++;
            double fromX = x[i] - meanX;
            double fromY = y[i] - meanY;
            meanX += fromX / count;
            meanY += fromY / count;
            xx += fromX * (x[i] - meanX);
            yy += fromY * (y[i] - meanY);
            xy += fromX * (y[i] - meanY);
        }
        return xx > 0 && yy > 0 ? new Line(count, xy / Math.sqrt(xx * yy), xy / xx) : new Line(count, 0, 0);
    }
}
