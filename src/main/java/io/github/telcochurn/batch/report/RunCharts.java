package io.github.telcochurn.batch.report;

import io.github.telcochurn.batch.figures.BreakdownFigures;
import io.github.telcochurn.batch.figures.CallFigures;
import io.github.telcochurn.batch.figures.HistogramBin;
import io.github.telcochurn.batch.figures.RunFigures;
import io.github.telcochurn.batch.figures.ScoredCustomer;
import io.github.telcochurn.batch.figures.Segment;
import io.github.telcochurn.batch.figures.TrendPoint;
import io.github.telcochurn.scoring.RiskTier;
import io.github.telcochurn.templates.ReportTemplates;
import java.io.IOException;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Which charts a report has, and what is written above each; {@code report/chart.ftlx} draws them. */
final class RunCharts {
    private static final int MAX_CHARACTERS = 60;
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("d MMM", Locale.UK).withZone(ZoneOffset.UTC);
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
     * @param group where it stands in the report
     * @param note what its axes are
     * @param svg for the page, and for a file of its own
     */
    record Chart(String name, Group group, String title, String note, String svg) {}

    /** The parts of a report that have charts. */
    enum Group {
        CALLS,
        CHANGE,
        RISK,
        OPERATION
    }

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
        addProfit(figures.customers().calls());
        addTrend(figures);
        add(
                "probability",
                Group.RISK,
                "How likely customers are to leave",
                "Customers by probability of churn, coloured by risk" + left);
        add("tiers", Group.RISK, "Risk tiers", "Customers, and their share of all" + left);
        addBreakdowns(figures.customers().breakdowns(), shares);
        add(
                "throughput",
                Group.OPERATION,
                "Speed of scoring",
                "Predictions per second, since the first of them, in steps of " + step);
        if (figures.model().quality() != null) {
            add(
                    "calibration",
                    Group.OPERATION,
                    "Predicted against observed",
                    "Share who left over mean predicted probability; the dashed line is a perfect match");
        }
    }

    private void addProfit(CallFigures calls) throws IOException {
        if (calls.value() == null || calls.value().curve().size() < 2) {
            return;
        }
        String unit =
                calls.value().unit().isEmpty() ? "" : ", in " + calls.value().unit();
        charts.add(chart(
                "profit",
                "profit",
                Group.CALLS,
                "What more and more calls bring",
                "Expected net benefit" + unit + ", by the number of the best customers who are called",
                Map.of("rows", ReportJson.models(calls.value().curve()))));
    }

    private void addTrend(RunFigures figures) throws IOException {
        if (figures.trend().size() > 1) {
            charts.add(trend(figures.trend(), figures.customers().revenueUnit()));
        }
    }

    /**
     * How the risk moved over some runs.
     *
     * @param runs the oldest first
     * @param unit of the revenue, such as {@code $}; null where none of them has a revenue
     */
    static Chart trend(List<TrendPoint> runs, String unit) throws IOException {
        boolean isMoney =
                unit != null && runs.stream().map(TrendPoint::revenueAtRisk).allMatch(Objects::nonNull);
        List<Map<String, Object>> rows = runs.stream()
                .<Map<String, Object>>map(run -> Map.of(
                        "label",
                        DAY.format(run.startedAt()),
                        "value",
                        isMoney ? run.revenueAtRisk() : (Number) run.highRisk()))
                .toList();
        String of = isMoney ? "Revenue at risk" : "Customers at high risk";
        return chart(
                "trend",
                "trend",
                Group.CHANGE,
                of + " over the runs",
                (isMoney && !unit.isEmpty() ? "In " + unit + ", in" : "In") + " the last " + runs.size()
                        + " runs, the latest one darkest",
                Map.of("rows", rows));
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
            add(name, "segments", Group.RISK, "Churn by " + breakdown.title(), unit + part + shares, charted);
        }
    }

    /** Named after the column, in letters that every file system accepts. */
    private static String fileName(String column) {
        String safe = column.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "_");
        return "by_" + safe.substring(0, Math.min(safe.length(), MAX_CHARACTERS));
    }

    private void add(String name, Group group, String title, String note) throws IOException {
        add(name, name, group, title, note, List.of());
    }

    private void add(String name, String kind, Group group, String title, String note, List<Segment> segments)
            throws IOException {
        charts.add(chart(
                name,
                kind,
                group,
                title,
                note,
                Map.of("report", report, "rows", ReportJson.models(segments), "tier_of_bin", tierOfBin)));
    }

    private static Chart chart(
            String name, String kind, Group group, String title, String note, Map<String, Object> data)
            throws IOException {
        Map<String, Object> model = new HashMap<>(data);
        model.put("chart", kind);
        model.put("words", title + ". " + note);
        String svg = ReportTemplates.fill("chart.ftlx", model);
        return new Chart(name, group, title, note, NO_XML.matcher(svg).replaceAll("\uFFFD"));
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
