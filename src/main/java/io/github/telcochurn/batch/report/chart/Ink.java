package io.github.telcochurn.batch.report.chart;

import java.awt.Color;

/**
 * What charts are drawn with. Each ink has a colour that nothing else has; the finished drawing has it replaced by the page's
 * variable, so that one chart serves light and dark pages, or by a colour for a file of its own.
 */
public enum Ink {
    TEXT("currentColor", "#1f2328", 1),
    AXIS("var(--chart-axis)", "#8a9099", 2),
    GRID("var(--chart-grid)", "#e3e5e8", 3),
    /** What the reader should look at. */
    STRONG("var(--chart-strong)", "#a8431f", 4),
    MEDIUM("var(--chart-medium)", "#dda184", 5),
    QUIET("var(--chart-quiet)", "#b4bac2", 6);

    private final String onPage;
    private final String inFile;
    // Immutable, which its type cannot say.
    @SuppressWarnings("ImmutableEnumChecker")
    private final Color paint;

    Ink(String onPage, String inFile, int mark) {
        this.onPage = onPage;
        this.inFile = inFile;
        this.paint = new Color(1, 2, mark);
    }

    Color paint() {
        return paint;
    }

    /** As it stands in a drawing that is not finished. */
    String mark() {
        return "rgb(" + paint.getRed() + "," + paint.getGreen() + "," + paint.getBlue() + ")";
    }

    String onPage() {
        return onPage;
    }

    String inFile() {
        return inFile;
    }
}
