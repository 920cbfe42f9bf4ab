package io.github.telcochurn.batch.report.chart;

/**
 * A finished chart.
 *
 * @param onPage an {@code svg} element for a page that defines {@code --chart-axis}, {@code -grid}, {@code -strong}, {@code
 *     -medium} and {@code -quiet}; it has no ground of its own
 * @param inFile the same as a file, in colours of its own
 */
public record SvgChart(String onPage, String inFile) {
    /** As {@link #onPage()}, with words for those who cannot see it; they must be free of markup. */
    public String onPage(String words) {
        return "<svg role=\"img\" aria-label=\"" + words + "\"" + onPage.substring("<svg".length());
    }
}
