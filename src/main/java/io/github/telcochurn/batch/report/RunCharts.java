package io.github.telcochurn.batch.report;

import io.github.telcochurn.batch.figures.BreakdownFigures;
import io.github.telcochurn.batch.figures.HistogramBin;
import io.github.telcochurn.batch.figures.RunFigures;
import io.github.telcochurn.batch.figures.ScoredCustomer;
import io.github.telcochurn.batch.figures.Segment;
import io.github.telcochurn.scoring.RiskTier;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Which charts a report has, and what is written above each; {@code report/chart.ftlx} draws them. */
final class RunCharts {
    private static final int MAX_CHARACTERS = 60;
    /** What cannot occur in XML, whether escaped or not. */
    private static final Pattern NO_XML =
            Pattern.compile("[^\\t\\n\\r\\x20-\\uD7FF\\uE000-\\uFFFD\\x{10000}-\\x{10FFFF}]");

    private final Map<String, Object> report;
    private final List<String> tierOfBin;
    private final List<Chart> charts = new ArrayList<>();

    private RunCharts(Map<String, Object> report, List<String> tierOfBin) {
        this.report = report;
        this.tierOfBin = tierOfBin;
    }

    /**
     * One chart.
     *
     * @param name of its file, after the report's
     * @param note what its axes are
     * @param svg for the page, and for a file of its own
     */
    record Chart(String name, String title, String note, String svg) {}

    /**
     * The charts that there are data for, in the order in which a report shows them.
     *
     * @param report the run's JSON, as maps and lists
     */
    static List<Chart> draw(RunFigures figures, Map<String, Object> report) throws IOException {
        RunCharts drawn =
                new RunCharts(report, tierOfEachBin(figures.customers().all()));
        if (!figures.customers().all().isEmpty()) {
            drawn.addAll(figures);
        }
        return drawn.charts;
    }

    private void addAll(RunFigures figures) throws IOException {
        String left = figures.customers().alreadyLeft() == 0 ? "" : "; including those who have already left";
        String shares = figures.model().quality() == null
                ? "Mean predicted probability of churn, in percent"
                : "Mean predicted probability, and share observed to leave, in percent";
        String step = ReadableDuration.of(figures.throughput().bucketMs());
        add(
                "probability",
                "How likely customers are to leave",
                "Customers by probability of churn, coloured by risk" + left);
        add("tiers", "Risk tiers", "Customers, and their share of all" + left);
        addBreakdowns(figures.customers().breakdowns(), shares);
        add("throughput", "Speed of scoring", "Predictions per second, since the first of them, in steps of " + step);
        if (figures.model().quality() != null) {
            add(
                    "calibration",
                    "Predicted against observed",
                    "Share who left over mean predicted probability; the dashed line is a perfect match");
        }
    }

    private void addBreakdowns(List<BreakdownFigures> breakdowns, String shares) throws IOException {
        Set<String> names = new HashSet<>();
        for (BreakdownFigures breakdown : breakdowns) {
            String name = fileName(breakdown.column());
            while (!names.add(name)) {
                name += "_";
            }
            List<Segment> charted = breakdown.charted();
            int together = breakdown.segments().size() - charted.size() + 1;
            String unit = breakdown.unit().isEmpty() ? "" : "In " + breakdown.unit() + ". ";
            String part = together == 1
                    ? ""
                    : String.format(
                            Locale.ROOT,
                            "The %d with the most customers, and the other %,d together (rest). ",
                            charted.size() - 1,
                            together);
            add(name, "segments", "Churn by " + breakdown.title(), unit + part + shares, charted);
        }
    }

    /** Named after the column, in letters that every file system accepts. */
    private static String fileName(String column) {
        String safe = column.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "_");
        return "by_" + safe.substring(0, Math.min(safe.length(), MAX_CHARACTERS));
    }

    private void add(String name, String title, String note) throws IOException {
        add(name, name, title, note, List.of());
    }

    private void add(String name, String kind, String title, String note, List<Segment> segments) throws IOException {
        Map<String, Object> model = Map.of(
                "chart", kind,
                "words", title + ". " + note,
                "report", report,
                "rows", segments.stream().map(ReportJson::model).toList(),
                "tier_of_bin", tierOfBin);
        String svg = ReportTemplates.fill("chart.ftlx", model);
        charts.add(new Chart(name, title, note, NO_XML.matcher(svg).replaceAll("\uFFFD")));
    }

    /** The tier that most customers of each bin are in, which gives it its colour. */
    private static List<String> tierOfEachBin(List<ScoredCustomer> customers) {
        long[][] counts = new long[HistogramBin.BINS][RiskTier.values().length];
        for (ScoredCustomer customer : customers) {
            counts[HistogramBin.binOf(customer.probability())][customer.tier().ordinal()]++;
        }
        return Stream.of(counts).map(RunCharts::mostCommon).map(RiskTier::label).toList();
    }

    private static RiskTier mostCommon(long[] counts) {
        RiskTier most = RiskTier.LOW;
        for (RiskTier tier : RiskTier.values()) {
            most = counts[tier.ordinal()] > counts[most.ordinal()] ? tier : most;
        }
        return most;
    }
}
