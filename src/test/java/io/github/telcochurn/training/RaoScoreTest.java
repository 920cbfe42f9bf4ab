package io.github.telcochurn.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RaoScoreTest {
    private static final int ROWS = 2_000;

    @Test
    void isPearsonsChiSquaredWhereTheModelHasNoColumnYet() {
        // 30 of 50 with the column left, 15 of 50 without it.
        double[] column =
                IntStream.range(0, 100).mapToDouble(i -> i < 50 ? 1 : 0).toArray();
        double[] outcomes = IntStream.range(0, 100)
                .mapToDouble(i -> i < 30 || (i >= 50 && i < 65) ? 1 : 0)
                .toArray();

        double pearson = 100 * Math.pow(30 * 35 - 20 * 15, 2) / (50.0 * 50 * 45 * 55);
        assertThat(new RaoScore(List.of(), outcomes).statistic(column)).isCloseTo(pearson, within(1e-4));
    }

    @Test
    void agreesWithSlopeAndCurvatureOfTheLikelihood() {
        Random random = new Random(1);
        double[] known = random.doubles(ROWS).toArray();
        double[] added =
                Arrays.stream(known).map(x -> x * x + random.nextDouble()).toArray();
        double[] outcomes = outcomes(known, x -> 2 * x - 1, random);
        double[] best = likeliest(known, added, outcomes);

        assertThat(new RaoScore(List.of(known), outcomes).statistic(added))
                .isCloseTo(byDifferences(best, known, added, outcomes), within(1e-3));
    }

    /** The maximum without the added column, by ever smaller steps. */
    private static double[] likeliest(double[] known, double[] added, double[] outcomes) {
        double[] at = new double[3];
        for (double step = 1; step > 1e-8; step /= 2) {
            boolean moved = true;
            while (moved) {
                moved = false;
                for (int i = 0; i < 2; i++) {
                    for (double change : new double[] {step, -step}) {
                        double[] there = at.clone();
                        there[i] += change;
                        if (logLikelihood(there, known, added, outcomes) > logLikelihood(at, known, added, outcomes)) {
                            at = there;
                            moved = true;
                        }
                    }
                }
            }
        }
        return at;
    }

    private static double logLikelihood(double[] coefficients, double[] known, double[] added, double[] outcomes) {
        double sum = 0;
        for (int i = 0; i < outcomes.length; i++) {
            double margin = coefficients[0] + coefficients[1] * known[i] + coefficients[2] * added[i];
            sum += outcomes[i] * margin - Math.log1p(Math.exp(margin));
        }
        return sum;
    }

    /** U^2 / V with derivatives by central differences. */
    private static double byDifferences(double[] at, double[] known, double[] added, double[] outcomes) {
        double[][] information = new double[3][3];
        double h = 1e-3;
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < 3; j++) {
                double sum = 0;
                for (int a = -1; a <= 1; a += 2) {
                    for (int b = -1; b <= 1; b += 2) {
                        double[] there = at.clone();
                        there[i] += a * h;
                        there[j] += b * h;
                        sum += a * b * logLikelihood(there, known, added, outcomes);
                    }
                }
                information[i][j] = -sum / (4 * h * h);
            }
        }
        double[] up = {at[0], at[1], h};
        double[] down = {at[0], at[1], -h};
        double score =
                (logLikelihood(up, known, added, outcomes) - logLikelihood(down, known, added, outcomes)) / (2 * h);
        double[][] m = information;
        double determinant = m[0][0] * m[1][1] - m[0][1] * m[1][0];
        double first = (m[1][1] * m[0][2] - m[0][1] * m[1][2]) / determinant;
        double second = (m[0][0] * m[1][2] - m[1][0] * m[0][2]) / determinant;
        double variance = m[2][2] - m[2][0] * first - m[2][1] * second;
        return score * score / variance;
    }

    @Test
    void isOneOnAverageForNoise() {
        Random random = new Random(2);
        double[] known = random.doubles(ROWS).toArray();
        RaoScore test = new RaoScore(List.of(known), outcomes(known, x -> 3 * x - 2, random));

        double[] statistics = IntStream.range(0, 500)
                .mapToDouble(i -> test.statistic(random.doubles(ROWS).toArray()))
                .toArray();

        // Chi-squared with one degree of freedom: mean 1, and above 3.84 once in twenty times.
        assertThat(Arrays.stream(statistics).average().orElseThrow()).isCloseTo(1, within(0.2));
        assertThat(Arrays.stream(statistics).filter(s -> s > 3.841).count()).isBetween(12L, 40L);
    }

    @Test
    void findsNothingInAColumnThatRepeatsOthers() {
        Random random = new Random(3);
        double[] one = random.doubles(ROWS).toArray();
        double[] other = random.doubles(ROWS).toArray();
        double[] both = IntStream.range(0, ROWS)
                .mapToDouble(i -> 3 * one[i] - other[i] + 7)
                .toArray();
        double[] outcomes = outcomes(one, x -> 2 * x, random);

        assertThat(new RaoScore(List.of(one, other), outcomes).statistic(both)).isZero();
    }

    @Test
    void survivesAColumnThatTellsTheOutcomesApart() {
        double[] column = IntStream.range(0, 100).mapToDouble(i -> i).toArray();
        double[] outcomes =
                IntStream.range(0, 100).mapToDouble(i -> i < 50 ? 0 : 1).toArray();
        double[] noise = new Random(4).doubles(100).toArray();

        assertThat(new RaoScore(List.of(column, column), outcomes).statistic(noise))
                .isBetween(0.0, RaoScore.ONCE_IN_A_MILLION);
    }

    private static double[] outcomes(double[] column, DoubleUnaryOperator logOdds, Random random) {
        return Arrays.stream(column)
                .map(x -> MadeUpCustomers.happens(logOdds.applyAsDouble(x), random) ? 1 : 0)
                .toArray();
    }
}
