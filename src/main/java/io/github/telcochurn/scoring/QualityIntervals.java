package io.github.telcochurn.scoring;

import io.github.telcochurn.scoring.ModelCard.Interval;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.function.ToDoubleFunction;

/**
 * Where figures of quality are with a probability of 95 %: each figure, plus and minus 1.96 of its standard deviations over
 * bootstrap samples of the customers (Efron and Tibshirani, An Introduction to the Bootstrap, 1993, chapter 13).
 */
public final class QualityIntervals {
    /** Samples: enough for two digits of an interval's width. */
    private static final int DRAWS = 200;
    /** Of the normal distribution, for 95 %. */
    static final double WITHIN = 1.959964;

    /** The only measure that may be above 1. */
    private static final String LOG_LOSS = "log_loss";

    private static final Map<String, ToDoubleFunction<PredictionQuality>> MEASURES = measures();

    private QualityIntervals() {}

    private static Map<String, ToDoubleFunction<PredictionQuality>> measures() {
        Map<String, ToDoubleFunction<PredictionQuality>> measures = new LinkedHashMap<>();
        measures.put("auc", PredictionQuality::auc);
        measures.put("accuracy", PredictionQuality::accuracy);
        measures.put("precision", PredictionQuality::precision);
        measures.put("recall", PredictionQuality::recall);
        measures.put("f1", PredictionQuality::f1);
        measures.put("brier", PredictionQuality::brier);
        measures.put(LOG_LOSS, PredictionQuality::logLoss);
        measures.put("calibration_error", PredictionQuality::calibrationError);
        return measures;
    }

    /**
     * Measures intervals.
     *
     * @param quality in the middle of the intervals
     * @param probabilities of churn, 0 to 1, of customers among whom some left and some stayed
     * @param outcomes of each, 1 for those who left, else 0
     * @param threshold at and above which a probability predicts churn
     * @param seed of the samples
     * @return by the figures' names
     */
    public static Map<String, Interval> of(
            PredictionQuality quality, double[] probabilities, double[] outcomes, double threshold, long seed) {
        Random random = new Random(seed);
        PredictionQuality[] draws = new PredictionQuality[DRAWS];
        for (int draw = 0; draw < DRAWS; draw++) {
            int[] customers = random.ints(outcomes.length, 0, outcomes.length).toArray();
            draws[draw] = PredictionQuality.of(probabilities, outcomes, customers, threshold);
        }
        Map<String, Interval> intervals = new LinkedHashMap<>();
        MEASURES.forEach((name, measure) -> {
            // A sample of few customers may have nobody who left, and then no AUC.
            double[] measured = Arrays.stream(draws)
                    .mapToDouble(measure)
                    .filter(Double::isFinite)
                    .toArray();
            double half = WITHIN * Moments.of(measured).deviation();
            double value = measure.applyAsDouble(quality);
            double largest = name.equals(LOG_LOSS) ? Double.MAX_VALUE : 1;
            intervals.put(name, new Interval(Math.max(0, value - half), Math.min(largest, value + half)));
        });
        return intervals;
    }
}
