package io.github.telcochurn.cli;

import io.github.telcochurn.scoring.Importance;
import io.github.telcochurn.scoring.ModelCard;
import io.github.telcochurn.scoring.ModelFolder;
import io.github.telcochurn.scoring.PredictionQuality;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Models as lines of text. */
final class ModelLines {
    private static final int MAX_COLUMNS = 8;

    private ModelLines() {}

    /** A heading, and a line for each model. */
    static List<String> table(List<ModelSummary> models) {
        int widest = models.stream()
                .mapToInt(model -> model.version().length())
                .max()
                .orElse(0);
        String version = "%-" + Math.max(widest, "version".length()) + "s";
        List<String> lines = new ArrayList<>();
        lines.add(format(
                "  %-9s  " + version + "  %-7s %-8s %-7s %-20s  %9s",
                "role",
                "version",
                "AUC",
                "log loss",
                "Brier",
                "trained at",
                "rows"));
        for (ModelSummary model : models) {
            lines.add(
                    model.problem() != null
                            ? format("✗ %-9s  " + version + "  %s", model.role(), model.version(), model.problem())
                            : format(
                                    "✓ %-9s  " + version + "  %-6s  %-6s   %-6s  %-20s  %,9d",
                                    model.role(),
                                    model.version(),
                                    figure(model.auc()),
                                    figure(model.logLoss()),
                                    figure(model.brier()),
                                    model.trainedAt(),
                                    model.rows()));
        }
        return lines;
    }

    private static String figure(Double value) {
        return value == null ? "–" : format("%.4f", value);
    }

    /**
     * The contents of a card, except the features, the baseline and what charts are drawn from.
     *
     * @param page the card as HTML; null when there is none
     */
    static List<String> card(ModelFolder.Entry entry, Path page) {
        ModelCard card = entry.card();
        List<String> lines = new ArrayList<>();
        lines.add(row("version", card.version()));
        lines.add(row("role", entry.role() + (entry.since() == null ? "" : ", champion since " + entry.since())));
        lines.add(row("file", card.file() + ", SHA-256 " + card.sha256()));
        if (page != null) {
            lines.add(row("page", page + ", with charts, slices and known limits"));
        }
        boolean isImported = card.isImported();
        lines.add(row(isImported ? "imported at" : "trained at", card.trainedAt()));
        lines.add(row(
                isImported ? "measured with" : "trained on",
                format(
                        "%,d customers of %s, %,d of them churned (%.1f %%)",
                        card.data().rows(),
                        card.data().file(),
                        card.data().churned(),
                        100.0 * card.data().churned() / card.data().rows())));
        lines.add(row("its SHA-256", card.data().sha256()));
        lines.add(row(
                "schema",
                card.schema().name() + ", fingerprint " + card.schema().fingerprint()));
        lines.add(row(
                isImported ? "kind" : "trainer",
                card.trainer().name() + " "
                        + card.trainer().parameters().entrySet().stream()
                                .map(parameter -> parameter.getKey() + "=" + parameter.getValue())
                                .sorted()
                                .collect(Collectors.joining(", "))));
        if (card.calibration() != null) {
            lines.add(row(
                    "calibration",
                    format(
                            "slope %.4f, intercept %.4f",
                            card.calibration().slope(), card.calibration().intercept())));
        }
        if (isImported) {
            addInput(card.onnx(), lines);
            addFigures(card.onnx().measured(), Map.of(), lines);
        } else {
            addCrossValidated(card.crossValidation(), lines);
        }
        addCandidates(card, lines);
        if (card.importance() != null && !card.importance().isEmpty()) {
            lines.add(row(
                    "relies on",
                    card.importance().stream()
                            .limit(MAX_COLUMNS)
                            .map(Importance::column)
                            .collect(Collectors.joining(", "))));
        }
        return lines;
    }

    private static void addInput(ModelCard.Onnx onnx, List<String> lines) {
        lines.add(row(
                "takes",
                format(
                        "%d features; column %d of its output is the probability of churn",
                        onnx.columns().size(), onnx.churnedColumn())));
    }

    private static void addCrossValidated(ModelCard.CrossValidation validation, List<String> lines) {
        lines.add(row(
                "measured by",
                format(
                        "%d times %d-fold cross-validation; in brackets the 95 %% confidence interval",
                        validation.repeats(), validation.folds())));
        addFigures(validation.performance(), validation.intervals() == null ? Map.of() : validation.intervals(), lines);
    }

    private static void addFigures(
            PredictionQuality measured, Map<String, ModelCard.Interval> intervals, List<String> lines) {
        lines.add(figure("AUC", measured.auc(), intervals.get("auc")));
        lines.add(figure("log loss", measured.logLoss(), intervals.get("log_loss")));
        lines.add(figure("Brier score", measured.brier(), intervals.get("brier")));
        lines.add(figure("calibration error", measured.calibrationError(), intervals.get("calibration_error")));
        lines.add(row(
                "at 0.5",
                format(
                        "accuracy %.4f, precision %.4f, recall %.4f, F1 %.4f",
                        measured.accuracy(), measured.precision(), measured.recall(), measured.f1())));
    }

    private static String figure(String name, double value, ModelCard.Interval interval) {
        return row(
                "  " + name,
                format("%.4f", value)
                        + (interval == null ? "" : format(" (%.4f to %.4f)", interval.from(), interval.to())));
    }

    private static void addCandidates(ModelCard card, List<String> lines) {
        if (card.candidates() != null && !card.candidates().isEmpty()) {
            lines.add(row(
                    "compared with",
                    card.candidates().stream()
                            .map(candidate -> candidate.trainer()
                                    + format(
                                            " %.4f",
                                            candidate
                                                    .crossValidation()
                                                    .performance()
                                                    .logLoss()))
                            .collect(Collectors.joining(", ", "log loss of ", ""))));
        }
        if (card.choice() != null) {
            lines.add(row("chosen", card.choice()));
        }
    }

    private static String row(String name, String value) {
        return format("%-19s %s", name, value);
    }

    private static String format(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
