package io.github.telcochurn.batch.report.chart;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Stroke;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.text.NumberFormat;
import java.util.Locale;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.Axis;
import org.jfree.chart.axis.CategoryAxis;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.block.BlockBorder;
import org.jfree.chart.plot.CategoryPlot;
import org.jfree.chart.plot.Plot;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.title.LegendTitle;
import org.jfree.chart.ui.HorizontalAlignment;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.RectangleInsets;

/** How every chart looks: no frame, no ground, faint lines, one size of text. */
final class ChartStyle {
    static final int FONT_SIZE = 13;
    static final Font FONT = new Font(Font.SANS_SERIF, Font.PLAIN, FONT_SIZE);
    static final Stroke HAIRLINE = new BasicStroke(1f);
    private static final Color NONE = new Color(0, 0, 0, 0);

    private ChartStyle() {}

    /** Percent without decimals, of a share. */
    static NumberFormat percent() {
        return new DecimalFormat("0%", DecimalFormatSymbols.getInstance(Locale.ROOT));
    }

    /** A whole number, grouped by thousands. */
    static NumberFormat whole() {
        return new DecimalFormat("#,##0", DecimalFormatSymbols.getInstance(Locale.ROOT));
    }

    static JFreeChart chart(Plot plot, boolean withLegend) {
        plot.setBackgroundPaint(null);
        plot.setOutlineVisible(false);
        plot.setInsets(new RectangleInsets(6, 0, 0, 22));
        JFreeChart chart = new JFreeChart(null, FONT, plot, withLegend);
        chart.setBackgroundPaint(null);
        chart.setPadding(new RectangleInsets(2, 2, 2, 2));
        if (withLegend) {
            LegendTitle legend = chart.getLegend();
            legend.setPosition(RectangleEdge.TOP);
            legend.setHorizontalAlignment(HorizontalAlignment.LEFT);
            legend.setItemFont(FONT);
            legend.setItemPaint(Ink.TEXT.paint());
            legend.setBackgroundPaint(NONE);
            legend.setFrame(BlockBorder.NONE);
        }
        return chart;
    }

    static XYPlot xyPlot(NumberAxis x, NumberAxis y) {
        XYPlot plot = new XYPlot();
        plot.setDomainAxis(x);
        plot.setRangeAxis(y);
        plot.setDomainGridlinesVisible(false);
        plot.setRangeGridlinePaint(Ink.GRID.paint());
        plot.setRangeGridlineStroke(HAIRLINE);
        plot.setAxisOffset(RectangleInsets.ZERO_INSETS);
        return plot;
    }

    static CategoryPlot categoryPlot(CategoryAxis names, NumberAxis values) {
        CategoryPlot plot = new CategoryPlot();
        plot.setDomainAxis(names);
        plot.setRangeAxis(values);
        plot.setRangeGridlinePaint(Ink.GRID.paint());
        plot.setRangeGridlineStroke(HAIRLINE);
        plot.setAxisOffset(RectangleInsets.ZERO_INSETS);
        return plot;
    }

    static NumberAxis numbers(NumberFormat format) {
        NumberAxis axis = new NumberAxis();
        style(axis);
        axis.setNumberFormatOverride(format);
        axis.setUpperMargin(0.12);
        return axis;
    }

    static CategoryAxis names() {
        CategoryAxis axis = new CategoryAxis();
        style(axis);
        axis.setMaximumCategoryLabelLines(2);
        axis.setLowerMargin(0.02);
        axis.setUpperMargin(0.02);
        return axis;
    }

    private static void style(Axis axis) {
        axis.setTickLabelFont(FONT);
        axis.setTickLabelPaint(Ink.TEXT.paint());
        axis.setLabelFont(FONT);
        axis.setLabelPaint(Ink.TEXT.paint());
        axis.setAxisLinePaint(Ink.AXIS.paint());
        axis.setAxisLineStroke(HAIRLINE);
        axis.setTickMarksVisible(false);
    }

    /** An axis whose values are told by the grid alone. */
    static NumberAxis withoutLine(NumberAxis axis) {
        axis.setAxisLineVisible(false);
        return axis;
    }
}
