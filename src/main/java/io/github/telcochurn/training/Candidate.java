package io.github.telcochurn.training;

import io.github.telcochurn.scoring.Calibration;
import io.github.telcochurn.scoring.ModelCard.CrossValidation;
import io.github.telcochurn.scoring.PredictionQuality;
import io.github.telcochurn.scoring.QualityIntervals;
import java.util.Arrays;
import java.util.function.ToDoubleFunction;

/**
 * A kind of model, evaluated on customers that it was not trained on.
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

    /** Judges. */
    static Candidate of(Algorithm algorithm, OutOfFold outOfFold) {
        Folds folds = outOfFold.folds();
        double[][] probabilities = outOfFold.probabilities();
        PredictionQuality[] ofFolds = new PredictionQuality[folds.repeats() * folds.folds()];
        for (int repeat = 0; repeat < folds.repeats(); repeat++) {
            for (int fold = 0; fold < folds.folds(); fold++) {
                ofFolds[repeat * folds.folds() + fold] = PredictionQuality.of(
                        probabilities[repeat], outOfFold.outcomes(), folds.heldOut(repeat, fold), THRESHOLD);
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
                        QualityIntervals.of(
                                performance, probabilities[0], outOfFold.outcomes(), THRESHOLD, folds.seed())),
                Arrays.stream(ofFolds).mapToDouble(PredictionQuality::logLoss).toArray(),
                probabilities[0]);
    }

    private static double mean(PredictionQuality[] performances, ToDoubleFunction<PredictionQuality> measure) {
        return Arrays.stream(performances).mapToDouble(measure).average().orElseThrow();
    }
}
