package io.github.telcochurn.modelcard;

import io.github.telcochurn.scoring.CardFigures;
import io.github.telcochurn.scoring.Importance;
import io.github.telcochurn.scoring.ModelCard;
import io.github.telcochurn.templates.ReportTemplates;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Which charts a card has, and what is written above each; {@code report/chart.ftlx} draws them. */
final class CardCharts {
    private static final int MOST_COLUMNS = 12;

    private final ModelCard card;
    private final List<Chart> charts = new ArrayList<>();

    private CardCharts(ModelCard card) {
        this.card = card;
    }

    /**
     * One chart.
     *
     * @param group the part of the page that it belongs to
     * @param note what its axes are
     */
    record Chart(String group, String title, String note, String svg) {}

    /** The charts that the card has data for. */
    static List<Chart> draw(ModelCard card) throws IOException {
        CardCharts drawn = new CardCharts(card);
        if (card.evaluation() != null) {
            drawn.addCurves(card.evaluation());
        }
        if (card.importance() != null && !card.importance().isEmpty()) {
            drawn.addImportance(card.importance());
        }
        return drawn.charts;
    }

    private void addCurves(CardFigures evaluation) throws IOException {
        double all = card.data().rows();
        double left = card.data().churned();
        double stayed = all - left;
        List<Map<String, Double>> roc = new ArrayList<>();
        List<Map<String, Double>> precision = new ArrayList<>();
        List<Map<String, Double>> gain = new ArrayList<>();
        for (CardFigures.Point point : evaluation.curve()) {
            roc.add(point((point.customers() - point.left()) / stayed, point.left() / left));
            gain.add(point(point.customers() / all, point.left() / left));
            if (point.customers() > 0) {
                precision.add(point(point.left() / left, (double) point.left() / point.customers()));
            }
        }
        addCurve(
                "ranking",
                "ROC curve",
                "Share of those who left that is found, over the share of those who stayed that is taken for leavers; the"
                        + " dashed line is chance",
                roc,
                List.of(point(0, 0), point(1, 1)));
        addCurve(
                "ranking",
                "Precision and recall",
                "Share of those found who left, over the share of those who left that is found; the dashed line is chance",
                precision,
                List.of(point(0, left / all), point(1, left / all)));
        add(
                "ranking",
                "calibration",
                "Predicted against observed",
                "Share who left over mean predicted probability, in ten groups of equally many customers; the dashed line is"
                        + " a perfect match",
                Map.of("report", Map.of("quality", Map.of("calibration", bins(evaluation.calibration())))));
        // The profit chart of this model belongs here, drawn from the same points: who is called, and how many of them
        // left.
        addCurve(
                "calls",
                "What a call list reaches",
                "Share of those who left that is on the list, over the length of the list as a share of all customers; the"
                        + " dashed line is a random list",
                gain,
                List.of(point(0, 0), point(1, 1)));
    }

    private static Map<String, Double> point(double x, double y) {
        return Map.of("x", x, "y", y);
    }

    private static List<Map<String, Object>> bins(List<CardFigures.Bin> bins) {
        return bins.stream()
                .<Map<String, Object>>map(bin -> Map.of(
                        "customers",
                        bin.customers(),
                        "mean_predicted",
                        bin.meanPredicted(),
                        "observed_share",
                        bin.observedShare()))
                .toList();
    }

    private void addImportance(List<Importance> importance) throws IOException {
        List<Map<String, Object>> rows = importance.stream()
                .limit(MOST_COLUMNS)
                .<Map<String, Object>>map(
                        column -> Map.of("label", column.column(), "value", column.meanContribution()))
                .toList();
        String part = importance.size() > MOST_COLUMNS
                ? "; the first " + MOST_COLUMNS + " of " + importance.size() + " columns"
                : "";
        add(
                "importance",
                "importance",
                "What it relies on",
                "How much each column moves a prediction, in log-odds: the mean of its contributions, whatever their sign"
                        + part,
                Map.of("rows", rows));
    }

    private void addCurve(
            String group,
            String title,
            String note,
            List<Map<String, Double>> points,
            List<Map<String, Double>> reference)
            throws IOException {
        add(group, "curve", title, note, Map.of("rows", points, "reference", reference));
    }

    private void add(String group, String kind, String title, String note, Map<String, Object> data)
            throws IOException {
        Map<String, Object> model = new HashMap<>(data);
        model.put("chart", kind);
        model.put("words", title + ". " + note);
        charts.add(new Chart(group, title, note, ReportTemplates.fill("chart.ftlx", model)));
    }
}
