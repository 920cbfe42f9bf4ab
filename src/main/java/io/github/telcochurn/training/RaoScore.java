package io.github.telcochurn.training;

import java.util.List;
import org.tribuo.math.la.DenseVector;

/**
 * Rao's score test of whether a logistic regression gains by one more column, which needs no fit with that column (Rao, Large
 * sample tests of statistical hypotheses concerning several parameters, Proc. Cambridge Phil. Soc. 44, 1948).
 *
 * <p>With the fit's columns X, its probabilities p and the outcomes y, a column z has the score U = z'(y - p). Its variance is
 * V = z'Wz - z'WX (X'WX)^-1 X'Wz with W = p (1 - p). U^2 / V is distributed as chi-squared with one degree of freedom where z
 * says nothing of its own.
 */
final class RaoScore {
    /** Chi-squared with one degree of freedom is larger than this once in a million times. */
    static final double ONCE_IN_A_MILLION = 23.928;

    /** With less of its variance left, a column only repeats the others, up to rounding. */
    private static final double REPEATS = 1e-8;

    private final LogisticFit fit;
    private final double[] weights;
    private final double[] outcomes;

    /**
     * Fits the model without the column.
     *
     * @param columns of the model, without the constant, which it has in any case
     * @param outcomes 0 or 1 of each row
     */
    RaoScore(List<double[]> columns, double[] outcomes) {
        this.fit = LogisticFit.of(columns, outcomes);
        this.weights = fit.weights();
        this.outcomes = outcomes;
    }

    /**
     * How much the model would gain.
     *
     * @param added the column, a value for each row
     * @return U^2 / V, 0 or more; 0 where the column only repeats those of the model
     */
    double statistic(double[] added) {
        double score = 0;
        double own = 0;
        double[] weighted = new double[added.length];
        for (int row = 0; row < added.length; row++) {
            score += added[row] * (outcomes[row] - fit.probabilities()[row]);
            weighted[row] = weights[row] * added[row];
            own += weighted[row] * added[row];
        }
        DenseVector shared = DenseVector.createDenseVector(fit.times(weighted));
        double variance = own - shared.dot(fit.information().solve(shared));
        return variance > REPEATS * own ? score * score / variance : 0;
    }
}
