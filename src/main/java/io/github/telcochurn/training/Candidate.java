package io.github.telcochurn.training;

import io.github.telcochurn.scoring.Calibration;
import io.github.telcochurn.scoring.ModelCard.CrossValidation;
import io.github.telcochurn.scoring.ModelCard.Interval;
import io.github.telcochurn.scoring.PredictionQuality;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.function.ToDoubleFunction;

/**
 * A kind of model, judged on customers that it has not learnt from.
 *
 * @param logLosses one for each fold of each repetition
 * @param probabilities of each customer in the first repetition
 */
record Candidate(
        Algorithm algorithm,
        Calibration calibration,
        CrossValidation figures,
        double[] logLosses,
        double[] probabilities) {
    static final double THRESHOLD = 0.5;
    /** Of the bootstrap: enough for two digits of an interval's width. */
    private static final int DRAWS = 200;
    /** Of the normal distribution, for 95 %. */
    private static final double WITHIN = 1.959964;

    private static final Map<String, ToDoubleFunction<PredictionQuality>> MEASURES = measures();

    private static Map<String, ToDoubleFunction<PredictionQuality>> measures() {
        Map<String, ToDoubleFunction<PredictionQuality>> measures = new LinkedHashMap<>();
        measures.put("auc", PredictionQuality::auc);
        measures.put("accuracy", PredictionQuality::accuracy);
        measures.put("precision", PredictionQuality::precision);
        measures.put("recall", PredictionQuality::recall);
        measures.put("f1", PredictionQuality::f1);
        measures.put("brier", PredictionQuality::brier);
        measures.put("log_loss", PredictionQuality::logLoss);
        measures.put("calibration_error", PredictionQuality::calibrationError);
        return measures;
    }

    /** Judges. */
    static Candidate of(Algorithm algorithm, OutOfFold outOfFold) {
        Folds folds = outOfFold.folds();
        double[][] probabilities = outOfFold.probabilities();
        PredictionQuality[] ofFolds = new PredictionQuality[folds.repeats() * folds.folds()];
        for (int repeat = 0; repeat < folds.repeats(); repeat++) {
            for (int fold = 0; fold < folds.folds(); fold++) {
                ofFolds[repeat * folds.folds() + fold] =
                        performance(probabilities[repeat], outOfFold.outcomes(), folds.heldOut(repeat, fold));
            }
        }
        PredictionQuality[] ofRepeats = Arrays.stream(probabilities)
                .map(all -> PredictionQuality.of(all, outOfFold.outcomes(), THRESHOLD))
                .toArray(PredictionQuality[]::new);
        PredictionQuality performance = new PredictionQuality(
                mean(ofFolds, PredictionQuality::auc),
                mean(ofFolds, PredictionQuality::accuracy),
                mean(ofFolds, PredictionQuality::precision),
                mean(ofFolds, PredictionQuality::recall),
                mean(ofFolds, PredictionQuality::f1),
                mean(ofFolds, PredictionQuality::brier),
                mean(ofFolds, PredictionQuality::logLoss),
                // The bins of a fold would be too small: the fewer customers, the larger this error by chance.
                mean(ofRepeats, PredictionQuality::calibrationError));
        return new Candidate(
                algorithm,
                outOfFold.calibration(),
                new CrossValidation(
                        folds.folds(),
                        folds.repeats(),
                        folds.seed(),
                        performance,
                        intervals(performance, outOfFold, probabilities[0])),
                Arrays.stream(ofFolds).mapToDouble(PredictionQuality::logLoss).toArray(),
                probabilities[0]);
    }

    private static double mean(PredictionQuality[] performances, ToDoubleFunction<PredictionQuality> measure) {
        return Arrays.stream(performances).mapToDouble(measure).average().orElseThrow();
    }

    private static PredictionQuality performance(double[] probabilities, double[] outcomes, int[] customers) {
        return PredictionQuality.of(
                Arrays.stream(customers).mapToDouble(i -> probabilities[i]).toArray(),
                Arrays.stream(customers).mapToDouble(i -> outcomes[i]).toArray(),
                THRESHOLD);
    }

    /**
     * Of 95 %: a figure, plus and minus 1.96 of its standard deviations over bootstrap samples of the customers (Efron and
     * Tibshirani, An Introduction to the Bootstrap, 1993, chapter 13).
     *
     * @param probabilities of one repetition
     */
    private static Map<String, Interval> intervals(
            PredictionQuality performance, OutOfFold outOfFold, double[] probabilities) {
        double[] outcomes = outOfFold.outcomes();
        Random random = new Random(outOfFold.folds().seed());
        PredictionQuality[] draws = new PredictionQuality[DRAWS];
        for (int draw = 0; draw < DRAWS; draw++) {
            int[] customers = random.ints(outcomes.length, 0, outcomes.length).toArray();
            draws[draw] = performance(probabilities, outcomes, customers);
        }
        Map<String, Interval> intervals = new LinkedHashMap<>();
        MEASURES.forEach((name, measure) -> {
            double half = WITHIN
                    * Moments.of(Arrays.stream(draws).mapToDouble(measure).toArray())
                            .deviation();
            double value = measure.applyAsDouble(performance);
            intervals.put(name, new Interval(Math.max(0, value - half), value + half));
        });
        return intervals;
    }
}
