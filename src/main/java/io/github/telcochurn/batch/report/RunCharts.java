package io.github.telcochurn.batch.report;

import io.github.telcochurn.batch.figures.ModelQuality;
import io.github.telcochurn.batch.figures.RunFigures;
import io.github.telcochurn.batch.figures.ScoredCustomer;
import io.github.telcochurn.batch.figures.Segment;
import io.github.telcochurn.batch.figures.Tenths;
import io.github.telcochurn.batch.figures.Throughput;
import io.github.telcochurn.batch.report.chart.Charts;
import io.github.telcochurn.batch.report.chart.Ink;
import io.github.telcochurn.batch.report.chart.SvgChart;
import io.github.telcochurn.scoring.RiskTier;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The pictures of a run.
 *
 * @param charts in the order in which a report shows them; empty when they cannot be drawn
 * @param problem why they cannot be drawn and what to do, or null
 */
record RunCharts(List<Chart> charts, String problem) {
    private static final Logger LOG = LoggerFactory.getLogger(RunCharts.class);

    /**
     * One picture.
     *
     * @param name of its file, after the report's
     * @param note what its axes are
     */
    record Chart(String name, String title, String note, SvgChart svg) {}

    /** Draws what there is to draw. */
    static RunCharts draw(RunFigures figures) {
        return draw(figures, RunCharts::drawn);
    }

    /** As {@link #draw(RunFigures)}, with that way of drawing. */
    static RunCharts draw(RunFigures figures, Function<RunFigures, List<Chart>> drawing) {
        try {
            return new RunCharts(drawing.apply(figures), null);
        } catch (RuntimeException | LinkageError | InternalError e) {
            // A JRE without fonts fails in all of these ways, depending on what it lacks.
            LOG.warn("The charts cannot be drawn: {}", e.toString());
            return new RunCharts(
                    List.of(),
                    "The charts are missing, as Java found no font to draw them with. Install fontconfig and a font (Debian:"
                            + " apt-get install fontconfig fonts-dejavu-core; Red Hat: dnf install fontconfig"
                            + " dejavu-sans-fonts), and the next run has them.");
        }
    }

    private static List<Chart> drawn(RunFigures figures) {
        List<Chart> charts = new ArrayList<>();
        if (figures.customers().isEmpty()) {
            return charts;
        }
        String left = figures.alreadyLeft() == 0 ? "" : "; those who have left already are among them";
        charts.add(new Chart(
                "probability",
                "How likely customers are to leave",
                "Customers by probability of churn, coloured by risk" + left,
                probability(figures)));
        charts.add(new Chart("tiers", "Risk tiers", "Customers, and their share of all" + left, tiers(figures)));
        String shares = figures.quality() == null
                ? "Mean predicted probability of churn, in percent"
                : "Mean predicted probability, and share observed to leave, in percent";
        charts.add(new Chart("contract", "Churn by contract", shares, segments(figures.churnByContract())));
        charts.add(new Chart(
                "tenure", "Churn by tenure", "Months as a customer. " + shares, segments(figures.churnByTenure())));
        charts.add(throughput(figures.throughput()));
        if (figures.quality() != null) {
            charts.add(new Chart(
                    "calibration",
                    "Predicted against observed",
                    "Share who left over mean predicted probability; the dashed line is a perfect match",
                    calibration(figures.quality())));
        }
        return charts;
    }

    /** Each bin has the ink of the tier that most of its customers are in. */
    private static SvgChart probability(RunFigures figures) {
        long[][] tiers = new long[Tenths.BINS][RiskTier.values().length];
        for (ScoredCustomer customer : figures.customers()) {
            tiers[Tenths.binOf(customer.probability())][customer.tier().ordinal()]++;
        }
        return Charts.histogram(IntStream.range(0, Tenths.BINS)
                .mapToObj(bin -> new Charts.Bar(
                        "", figures.probabilityHistogram().get(bin).customers(), ink(mostCommon(tiers[bin]))))
                .toList());
    }

    private static RiskTier mostCommon(long[] counts) {
        RiskTier most = RiskTier.LOW;
        for (RiskTier tier : RiskTier.values()) {
            most = counts[tier.ordinal()] > counts[most.ordinal()] ? tier : most;
        }
        return most;
    }

    private static Ink ink(RiskTier tier) {
        return switch (tier) {
            case HIGH -> Ink.STRONG;
            case MEDIUM -> Ink.MEDIUM;
            case LOW -> Ink.QUIET;
        };
    }

    private static SvgChart tiers(RunFigures figures) {
        return Charts.lyingBars(Stream.of(RiskTier.HIGH, RiskTier.MEDIUM, RiskTier.LOW)
                .map(tier -> new Charts.Bar(tier.label(), figures.tiers().get(tier.label()), ink(tier)))
                .toList());
    }

    private static SvgChart segments(List<Segment> segments) {
        List<Charts.Series> series = new ArrayList<>();
        List<List<Double>> shares = new ArrayList<>();
        series.add(new Charts.Series("predicted", Ink.STRONG));
        shares.add(segments.stream().map(Segment::meanProbability).toList());
        if (segments.stream().anyMatch(segment -> segment.observedShare() != null)) {
            series.add(new Charts.Series("observed", Ink.QUIET));
            List<Double> observed = new ArrayList<>();
            segments.forEach(segment -> observed.add(segment.observedShare()));
            shares.add(observed);
        }
        return Charts.groupedShares(segments.stream().map(Segment::name).toList(), series, shares);
    }

    private static Chart throughput(Throughput throughput) {
        double bucketSeconds = throughput.bucketMs() / 1000.0;
        SvgChart svg = Charts.timeline(
                throughput.buckets().stream()
                        .map(bucket -> bucket.startMs() / 1000.0)
                        .toList(),
                bucketSeconds,
                throughput.buckets().stream().map(Throughput.Bucket::perSecond).toList());
        String note = String.format(
                Locale.ROOT,
                "Predictions per second, since the first of them, in steps of %s",
                Took.of(throughput.bucketMs()));
        return new Chart("throughput", "Speed of scoring", note, svg);
    }

    private static SvgChart calibration(ModelQuality quality) {
        List<ModelQuality.Calibration> bins = quality.calibration().stream()
                .filter(bin -> bin.customers() > 0)
                .toList();
        return Charts.calibration(
                bins.stream().map(ModelQuality.Calibration::meanPredicted).toList(),
                bins.stream().map(ModelQuality.Calibration::observedShare).toList());
    }
}
