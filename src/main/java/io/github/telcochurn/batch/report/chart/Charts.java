package io.github.telcochurn.batch.report.chart;

import static io.github.telcochurn.batch.report.chart.ChartStyle.numbers;
import static io.github.telcochurn.batch.report.chart.ChartStyle.percent;
import static io.github.telcochurn.batch.report.chart.ChartStyle.whole;
import static io.github.telcochurn.batch.report.chart.ChartStyle.withoutLine;

import java.awt.BasicStroke;
import java.awt.Paint;
import java.awt.geom.Ellipse2D;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;
import org.jfree.chart.annotations.XYLineAnnotation;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.NumberTickUnit;
import org.jfree.chart.labels.ItemLabelAnchor;
import org.jfree.chart.labels.ItemLabelPosition;
import org.jfree.chart.labels.StandardCategoryItemLabelGenerator;
import org.jfree.chart.plot.CategoryPlot;
import org.jfree.chart.plot.PlotOrientation;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.category.BarRenderer;
import org.jfree.chart.renderer.category.StandardBarPainter;
import org.jfree.chart.renderer.xy.StandardXYBarPainter;
import org.jfree.chart.renderer.xy.XYBarRenderer;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.chart.ui.TextAnchor;
import org.jfree.data.category.CategoryDataset;
import org.jfree.data.category.DefaultCategoryDataset;
import org.jfree.data.xy.DefaultXYDataset;
import org.jfree.data.xy.XYBarDataset;
import org.jfree.data.xy.XYDataset;

/** The kinds of chart that reports have. Drawing needs a font: without one, the JRE throws. */
public final class Charts {
    private static final float BAR_GAP = 0.12f;

    private Charts() {}

    /** A bar of a chart. */
    public record Bar(String name, double value, Ink ink) {}

    /** A colour of bars, and what it stands for. */
    public record Series(String name, Ink ink) {}

    /** Bars side by side, of a number each, above an axis of shares from 0 to 1. */
    public static SvgChart histogram(List<Bar> bars) {
        double width = 1.0 / bars.size();
        double[][] points = new double[2][bars.size()];
        for (int i = 0; i < bars.size(); i++) {
            points[0][i] = (i + 0.5) * width;
            points[1][i] = bars.get(i).value();
        }
        NumberAxis shares = numbers(percent());
        shares.setRange(0, 1);
        shares.setTickUnit(new NumberTickUnit(0.2));
        XYPlot plot = ChartStyle.xyPlot(shares, withoutLine(wholeNumbers(points[1])));
        plot.setDataset(bars(points, width));
        plot.setRenderer(barRenderer(item -> bars.get(item).ink()));
        return SvgDrawing.draw(ChartStyle.chart(plot, false));
    }

    /**
     * Bars over time.
     *
     * @param seconds at which each bar begins
     * @param length of each, in seconds
     */
    public static SvgChart timeline(List<Double> seconds, double length, List<Double> values) {
        double[][] points = new double[2][seconds.size()];
        for (int i = 0; i < seconds.size(); i++) {
            points[0][i] = seconds.get(i) + length / 2;
            points[1][i] = values.get(i);
        }
        double end = seconds.get(seconds.size() - 1) + length;
        NumberAxis time = numbers(
                new DecimalFormat(end < 5 ? "0.0 s" : "#,##0 s", DecimalFormatSymbols.getInstance(Locale.ROOT)));
        time.setRange(0, end);
        XYPlot plot = ChartStyle.xyPlot(time, withoutLine(wholeNumbers(points[1])));
        plot.setDataset(bars(points, length));
        plot.setRenderer(barRenderer(item -> Ink.QUIET));
        return SvgDrawing.draw(ChartStyle.chart(plot, false));
    }

    /** Lying bars, each with its number and its share of all. */
    public static SvgChart lyingBars(List<Bar> bars) {
        double total = Math.max(1, bars.stream().mapToDouble(Bar::value).sum());
        DefaultCategoryDataset data = new DefaultCategoryDataset();
        bars.forEach(bar -> data.addValue(bar.value(), "", bar.name()));
        NumberAxis values = numbers(whole());
        values.setVisible(false);
        // Room for the label at the longest bar's end.
        values.setUpperMargin(0.55);
        CategoryPlot plot = ChartStyle.categoryPlot(ChartStyle.names(), values);
        plot.setRangeGridlinesVisible(false);
        plot.setOrientation(PlotOrientation.HORIZONTAL);
        plot.setDataset(data);
        BarRenderer renderer = new InkedBars(item -> bars.get(item).ink());
        renderer.setMaximumBarWidth(0.2);
        labels(
                renderer,
                (column, value) -> whole().format(value) + " (" + percent().format(value / total) + ")",
                ItemLabelAnchor.OUTSIDE3,
                TextAnchor.CENTER_LEFT);
        plot.setRenderer(renderer);
        return SvgDrawing.draw(ChartStyle.chart(plot, false));
    }

    /**
     * Groups of bars, of a share from 0 to 1 each.
     *
     * @param groups their names
     * @param shares one list per series, with one value per group; null where there is none
     */
    public static SvgChart groupedShares(List<String> groups, List<Series> series, List<List<Double>> shares) {
        DefaultCategoryDataset data = new DefaultCategoryDataset();
        for (int i = 0; i < series.size(); i++) {
            for (int j = 0; j < groups.size(); j++) {
                data.addValue(shares.get(i).get(j), series.get(i).name(), groups.get(j));
            }
        }
        NumberAxis values = withoutLine(numbers(percent()));
        double highest = shares.stream()
                .flatMap(List::stream)
                .filter(share -> share != null)
                .mapToDouble(Double::doubleValue)
                .max()
                .orElse(0);
        // The number above a bar stands inside the plot.
        values.setRange(0, Math.max(0.05, 1.12 * highest));
        values.setTickUnit(new NumberTickUnit(highest > 0.5 ? 0.2 : highest > 0.2 ? 0.1 : 0.05));
        CategoryPlot plot = ChartStyle.categoryPlot(ChartStyle.names(), values);
        plot.setDataset(data);
        BarRenderer renderer = new BarRenderer();
        plain(renderer);
        renderer.setItemMargin(0.06);
        for (int i = 0; i < series.size(); i++) {
            renderer.setSeriesPaint(i, series.get(i).ink().paint());
        }
        labels(
                renderer,
                (column, value) -> whole().format(100 * value),
                ItemLabelAnchor.OUTSIDE12,
                TextAnchor.BOTTOM_CENTER);
        plot.setRenderer(renderer);
        return SvgDrawing.draw(ChartStyle.chart(plot, series.size() > 1));
    }

    /** Observed shares over predicted ones, both 0 to 1, with the line on which they are equal. */
    public static SvgChart calibration(List<Double> predicted, List<Double> observed) {
        DefaultXYDataset data = new DefaultXYDataset();
        data.addSeries("", new double[][] {
            predicted.stream().mapToDouble(Double::doubleValue).toArray(),
            observed.stream().mapToDouble(Double::doubleValue).toArray()
        });
        NumberAxis x = numbers(percent());
        NumberAxis y = withoutLine(numbers(percent()));
        for (NumberAxis axis : List.of(x, y)) {
            axis.setRange(0, 1);
            axis.setTickUnit(new NumberTickUnit(0.2));
        }
        XYPlot plot = ChartStyle.xyPlot(x, y);
        plot.setDataset(data);
        plot.addAnnotation(new XYLineAnnotation(
                0,
                0,
                1,
                1,
                new BasicStroke(1f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER, 10f, new float[] {4f, 4f}, 0f),
                Ink.AXIS.paint()));
        XYLineAndShapeRenderer renderer = new XYLineAndShapeRenderer(true, true);
        renderer.setSeriesPaint(0, Ink.STRONG.paint());
        renderer.setSeriesStroke(0, new BasicStroke(2f));
        renderer.setSeriesShape(0, new Ellipse2D.Double(-3.5, -3.5, 7, 7));
        plot.setRenderer(renderer);
        return SvgDrawing.draw(ChartStyle.chart(plot, false));
    }

    private static XYDataset bars(double[][] points, double width) {
        DefaultXYDataset data = new DefaultXYDataset();
        data.addSeries("", points);
        return new XYBarDataset(data, width);
    }

    /** From 0 to beyond the highest value, with four or five lines. */
    private static NumberAxis wholeNumbers(double[] values) {
        NumberAxis axis = numbers(whole());
        double highest = Math.max(1, DoubleStream.of(values).max().orElse(1));
        axis.setRange(0, 1.05 * highest);
        double magnitude = Math.pow(10, Math.floor(Math.log10(highest)));
        double unit = DoubleStream.of(0.2, 0.5, 1, 2)
                .map(step -> step * magnitude)
                .filter(step -> highest / step <= 5)
                .findFirst()
                .orElse(magnitude);
        axis.setTickUnit(new NumberTickUnit(Math.max(1, unit)));
        return axis;
    }

    /** The ink of each bar. */
    private interface InkOf {
        Ink item(int item);
    }

    private static XYBarRenderer barRenderer(InkOf inks) {
        XYBarRenderer renderer = new XYBarRenderer(BAR_GAP) {
            @Override
            public Paint getItemPaint(int row, int column) {
                return inks.item(column).paint();
            }
        };
        renderer.setBarPainter(new StandardXYBarPainter());
        renderer.setShadowVisible(false);
        renderer.setDrawBarOutline(false);
        return renderer;
    }

    private static final class InkedBars extends BarRenderer {
        // JFreeChart's renderers are serializable for a use that this program has not.
        private final transient InkOf inks;

        InkedBars(InkOf inks) {
            this.inks = inks;
            plain(this);
        }

        @Override
        public Paint getItemPaint(int row, int column) {
            return inks.item(column).paint();
        }
    }

    private static void plain(BarRenderer renderer) {
        renderer.setBarPainter(new StandardBarPainter());
        renderer.setShadowVisible(false);
        renderer.setDrawBarOutline(false);
    }

    /** The label of a bar. */
    private interface LabelOf {
        String label(int column, double value);
    }

    private static void labels(BarRenderer renderer, LabelOf labels, ItemLabelAnchor at, TextAnchor anchor) {
        renderer.setDefaultItemLabelsVisible(true);
        renderer.setDefaultItemLabelFont(ChartStyle.FONT);
        renderer.setDefaultItemLabelPaint(Ink.TEXT.paint());
        renderer.setDefaultPositiveItemLabelPosition(new ItemLabelPosition(at, anchor));
        renderer.setDefaultItemLabelGenerator(new StandardCategoryItemLabelGenerator() {
            @Override
            public String generateLabel(CategoryDataset data, int row, int column) {
                Number value = data.getValue(row, column);
                return value == null ? null : labels.label(column, value.doubleValue());
            }
        });
    }
}
