package io.github.telcochurn.training;

import io.github.telcochurn.scoring.Calibration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The predictions of one kind of model for customers that it was not trained on.
 *
 * @param margins by repetition and customer: from the model that was trained on all folds but the customer's
 */
record OutOfFold(Folds folds, double[] outcomes, double[][] margins) {
    /** A correction is worth its two parameters when chance would gain as much once in a thousand times: chi-squared, two degrees. */
    private static final double ONCE_IN_A_THOUSAND = 13.816;

    /** The correction of all margins; {@link Calibration#NONE} when they are right up to chance. */
    Calibration calibration() {
        return calibration(
                (repeat, customer) -> true, IntStream.range(0, folds.repeats()).toArray());
    }

    /**
     * The probabilities, each corrected by what was found on the other folds of the repetition.
     *
     * @return by repetition and customer
     */
    double[][] probabilities() {
        double[][] probabilities = new double[folds.repeats()][outcomes.length];
        for (int repeat = 0; repeat < folds.repeats(); repeat++) {
            for (int fold = 0; fold < folds.folds(); fold++) {
                int held = fold;
                Calibration calibration =
                        calibration((r, customer) -> folds.foldOf()[r][customer] != held, new int[] {repeat});
                for (int customer : folds.heldOut(repeat, fold)) {
                    probabilities[repeat][customer] = calibration.probability(margins[repeat][customer]);
                }
            }
        }
        return probabilities;
    }

    private interface Choice {
        boolean includes(int repeat, int customer);
    }

    private Calibration calibration(Choice choice, int[] repeats) {
        List<Double> x = new ArrayList<>();
        List<Double> y = new ArrayList<>();
        for (int repeat : repeats) {
            for (int customer = 0; customer < outcomes.length; customer++) {
                if (choice.includes(repeat, customer)) {
                    x.add(margins[repeat][customer]);
                    y.add(outcomes[customer]);
                }
            }
        }
        double[] known = x.stream().mapToDouble(Double::doubleValue).toArray();
        double[] labels = y.stream().mapToDouble(Double::doubleValue).toArray();
        double[] coefficients = LogisticFit.of(List.of(known), labels).coefficients();
        Calibration fitted = new Calibration(coefficients[1], coefficients[0]);
        // A customer counts once, however often the folds were dealt.
        double gain = 2
                * (logLikelihood(fitted, known, labels) - logLikelihood(Calibration.NONE, known, labels))
                / repeats.length;
        return gain > ONCE_IN_A_THOUSAND && fitted.slope() > 0 ? fitted : Calibration.NONE;
    }

    private static double logLikelihood(Calibration calibration, double[] margins, double[] outcomes) {
        double sum = 0;
        for (int i = 0; i < margins.length; i++) {
            double margin = calibration.of(margins[i]);
            double right = outcomes[i] == 1 ? margin : -margin;
            sum += Math.min(0, right) - Math.log1p(Math.exp(-Math.abs(right)));
        }
        return sum;
    }
}
