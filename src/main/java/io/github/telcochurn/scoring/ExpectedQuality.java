package io.github.telcochurn.scoring;

import java.util.Arrays;
import java.util.function.IntPredicate;

/**
 * How good probabilities of churn can be expected to be before it is known who left: each customer counts as one who leaves with
 * the weight p, and as one who stays with 1 - p (confidence-based performance estimation, CBPE, as in the documentation of
 * NannyML). This holds as long as the probabilities are calibrated: it sees that other customers came, but not that customers
 * of the same kind began to behave differently.
 *
 * @param auc expected area under the ROC curve, 0 to 1, over all pairs of two different customers; NaN where no such pair can be
 *     one of a leaver and a stayer
 * @param accuracy expected share of right predictions, 0 to 1
 */
public record ExpectedQuality(double auc, double accuracy) {
    /**
     * Estimates.
     *
     * @param probabilities of churn, 0 to 1, of one customer or more
     * @param isPredicted whether the customer at a place is predicted to leave
     */
    public static ExpectedQuality of(double[] probabilities, IntPredicate isPredicted) {
        double right = 0;
        for (int i = 0; i < probabilities.length; i++) {
            right += isPredicted.test(i) ? probabilities[i] : 1 - probabilities[i];
        }
        return new ExpectedQuality(auc(probabilities), right / probabilities.length);
    }

    private static double auc(double[] probabilities) {
        double[] lowestFirst = probabilities.clone();
        Arrays.sort(lowestFirst);
        double leave = 0;
        double stay = 0;
        double rightPairs = 0;
        double withThemselves = 0;
        for (int i = 0; i < lowestFirst.length; ) {
            double probability = lowestFirst[i];
            double leaveHere = 0;
            double stayHere = 0;
            for (; i < lowestFirst.length && lowestFirst[i] == probability; i++) {
                leaveHere += probability;
                stayHere += 1 - probability;
                // Nobody both leaves and stays.
                withThemselves += probability * (1 - probability);
            }
            rightPairs += leaveHere * (stay + stayHere / 2);
            leave += leaveHere;
            stay += stayHere;
        }
        return (rightPairs - withThemselves / 2) / (leave * stay - withThemselves);
    }
}
