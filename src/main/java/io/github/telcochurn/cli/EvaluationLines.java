package io.github.telcochurn.cli;

import io.github.telcochurn.scoring.CalibrationBin;
import io.github.telcochurn.scoring.Confusion;
import io.github.telcochurn.scoring.Evaluation;
import io.github.telcochurn.scoring.ModelCard;
import io.github.telcochurn.scoring.PredictionQuality;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** An evaluation in lines for people. */
final class EvaluationLines {
    private final Evaluation found;
    private final PredictionQuality crossValidated;
    private final List<String> lines = new ArrayList<>();

    private EvaluationLines(Evaluation found, PredictionQuality crossValidated) {
        this.found = found;
        this.crossValidated = crossValidated;
    }

    /**
     * A heading and three tables.
     *
     * @param head what was evaluated, in one line or more
     */
    static List<String> of(Evaluation found, ModelCard.CrossValidation known, String head) {
        EvaluationLines lines = new EvaluationLines(found, known.performance());
        lines.lines.add(head);
        lines.addFigures();
        lines.addConfusion(found.confusion());
        lines.addCalibration();
        return lines.lines;
    }

    private void addFigures() {
        add("");
        add("%-18s %-28s %s", "", "this file (95 % interval)", "cross-validated");
        figure("AUC", "auc", PredictionQuality::auc);
        figure("log loss", "log_loss", PredictionQuality::logLoss);
        figure("Brier score", "brier", PredictionQuality::brier);
        figure("calibration error", "calibration_error", PredictionQuality::calibrationError);
        figure("accuracy", "accuracy", PredictionQuality::accuracy);
        figure("precision", "precision", PredictionQuality::precision);
        figure("recall", "recall", PredictionQuality::recall);
        figure("F1", "f1", PredictionQuality::f1);
    }

    private void figure(String title, String name, ToDoubleFunction<PredictionQuality> measure) {
        ModelCard.Interval interval = found.intervals().get(name);
        add(
                "%-18s %.4f (%.4f to %.4f)    %.4f",
                title,
                measure.applyAsDouble(found.quality()),
                interval.from(),
                interval.to(),
                measure.applyAsDouble(crossValidated));
    }

    private void addConfusion(Confusion confusion) {
        add("");
        add("%-18s %9s %9s", format("at %.1f", found.threshold()), "left", "stayed");
        add("%-18s %,9d %,9d", "predicted to leave", confusion.truePositives(), confusion.falsePositives());
        add("%-18s %,9d %,9d", "predicted to stay", confusion.falseNegatives(), confusion.trueNegatives());
    }

    private void addCalibration() {
        add("");
        add("%-18s %9s %15s %7s", "probability", "customers", "mean predicted", "left");
        for (CalibrationBin bin : found.calibration()) {
            String range = format("%.1f to %.1f", bin.from(), bin.to());
            if (bin.customers() == 0) {
                add("%-18s %9d %15s %7s", range, 0, "–", "–");
            } else {
                add("%-18s %,9d %15.4f %7.4f", range, bin.customers(), bin.meanPredicted(), bin.observedShare());
            }
        }
    }

    private void add(String format, Object... values) {
        lines.add(values.length == 0 ? format : format(format, values));
    }

    private static String format(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
