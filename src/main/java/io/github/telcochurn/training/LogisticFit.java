package io.github.telcochurn.training;

import java.util.Arrays;
import java.util.List;
import org.tribuo.math.la.DenseMatrix;
import org.tribuo.math.la.DenseMatrix.CholeskyFactorization;
import org.tribuo.math.la.DenseVector;

/**
 * A logistic regression at the maximum of its likelihood, by Newton's method (McCullagh and Nelder, Generalized Linear Models,
 * 1989, section 4.4), less half a penalty times the sum of the squares of its coefficients. However small it is, a penalty lets
 * columns that repeat one another, or that alone tell the outcomes apart, do no harm.
 *
 * @param columns the first of which is the constant 1
 * @param coefficients one for each column
 * @param probabilities of each row
 * @param information the matrix X'WX of the columns X and the weights W = p (1 - p), factorised
 */
record LogisticFit(
        List<double[]> columns, double[] coefficients, double[] probabilities, CholeskyFactorization information) {
    private static final int MOST_STEPS = 30;
    private static final int MOST_HALVINGS = 20;
    private static final double CONVERGED = 1e-9;
    /** Too small to matter. */
    private static final double LEAST_PENALTY = 1e-6;

    /**
     * Fits.
     *
     * @param columns a value for each row; without the constant
     * @param outcomes 0 or 1 of each row
     */
    static LogisticFit of(List<double[]> columns, double[] outcomes) {
        return of(columns, outcomes, LEAST_PENALTY);
    }

    /**
     * Fits.
     *
     * @param columns a value for each row; without the constant
     * @param outcomes 0 or 1 of each row
     * @param penalty of all coefficients but the constant's, above 0
     */
    static LogisticFit of(List<double[]> columns, double[] outcomes, double penalty) {
        return new Newton(columns, outcomes, penalty).fit();
    }

    /** The weight of each row: the variance of its outcome. */
    double[] weights() {
        return Arrays.stream(probabilities).map(p -> p * (1 - p)).toArray();
    }

    /** The columns X' times a vector of one value for each row. */
    double[] times(double[] rows) {
        return columns.stream().mapToDouble(column -> dot(column, rows)).toArray();
    }

    private static double dot(double[] one, double[] other) {
        double sum = 0;
        for (int i = 0; i < one.length; i++) {
            sum += one[i] * other[i];
        }
        return sum;
    }

    /** Where the iteration is. */
    private static final class Newton {
        private final double[][] columns;
        private final double[] outcomes;
        private final double[] penalties;
        private double[] coefficients;
        private double[] margins;

        Newton(List<double[]> given, double[] outcomes, double penalty) {
            this.outcomes = outcomes;
            penalties = new double[given.size() + 1];
            Arrays.fill(penalties, penalty);
            penalties[0] = LEAST_PENALTY;
            double[] constant = new double[outcomes.length];
            Arrays.fill(constant, 1);
            columns = new double[given.size() + 1][];
            columns[0] = constant;
            for (int i = 0; i < given.size(); i++) {
                columns[i + 1] = given.get(i);
            }
            coefficients = new double[columns.length];
            margins = new double[outcomes.length];
        }

        LogisticFit fit() {
            for (int i = 0; i < MOST_STEPS; i++) {
                LogisticFit here = here();
                double[] gradient = gradient(here);
                double[] step = here.information()
                        .solve(DenseVector.createDenseVector(gradient))
                        .toArray();
                // Twice what the likelihood can still gain.
                if (dot(gradient, step) < CONVERGED || !move(step)) {
                    return here;
                }
            }
            return here();
        }

        private LogisticFit here() {
            double[] probabilities =
                    Arrays.stream(margins).map(m -> 1 / (1 + Math.exp(-m))).toArray();
            DenseMatrix information = new DenseMatrix(columns.length, columns.length);
            double[] weighted = new double[outcomes.length];
            for (int i = 0; i < columns.length; i++) {
                for (int row = 0; row < weighted.length; row++) {
                    weighted[row] = probabilities[row] * (1 - probabilities[row]) * columns[i][row];
                }
                for (int j = 0; j <= i; j++) {
                    double entry = dot(weighted, columns[j]) + (i == j ? penalties[i] : 0);
                    information.set(i, j, entry);
                    information.set(j, i, entry);
                }
            }
            return new LogisticFit(
                    List.of(columns),
                    coefficients,
                    probabilities,
                    information
                            .choleskyFactorization()
                            .orElseThrow(() -> new IllegalStateException("columns that are no finite numbers")));
        }

        private double[] gradient(LogisticFit here) {
            double[] residuals = new double[outcomes.length];
            Arrays.setAll(residuals, row -> outcomes[row] - here.probabilities()[row]);
            double[] gradient = here.times(residuals);
            for (int i = 0; i < gradient.length; i++) {
                gradient[i] -= penalties[i] * coefficients[i];
            }
            return gradient;
        }

        /** Takes the step, or as much of it as gains. */
        private boolean move(double[] step) {
            double before = logLikelihood(coefficients, margins);
            double share = 1;
            for (int i = 0; i < MOST_HALVINGS; i++) {
                double[] there = coefficients.clone();
                double[] marginsThere = margins.clone();
                for (int j = 0; j < step.length; j++) {
                    double moved = share * step[j];
                    there[j] += moved;
                    for (int row = 0; row < marginsThere.length; row++) {
                        marginsThere[row] += moved * columns[j][row];
                    }
                }
                if (logLikelihood(there, marginsThere) > before) {
                    coefficients = there;
                    margins = marginsThere;
                    return true;
                }
                share /= 2;
            }
            return false;
        }

        private double logLikelihood(double[] at, double[] marginsAt) {
            double sum = 0;
            for (int i = 0; i < at.length; i++) {
                sum -= penalties[i] / 2 * at[i] * at[i];
            }
            for (int row = 0; row < outcomes.length; row++) {
                // ln p of what happened, without overflow.
                double margin = outcomes[row] == 1 ? marginsAt[row] : -marginsAt[row];
                sum += Math.min(0, margin) - Math.log1p(Math.exp(-Math.abs(margin)));
            }
            return sum;
        }
    }
}
