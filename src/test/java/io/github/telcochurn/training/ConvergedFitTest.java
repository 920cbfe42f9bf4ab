package io.github.telcochurn.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.telcochurn.TestProject;
import io.github.telcochurn.scoring.Calibration;
import io.github.telcochurn.scoring.Moments;
import io.github.telcochurn.scoring.PredictionQuality;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Fits are at their optimum, and what they say comes true as often as they say. */
class ConvergedFitTest {
    private static TrainingData data;

    @BeforeAll
    static void read() {
        LabelledCustomers labelled = LabelledCustomers.read(TestProject.SHIPPED_CSV, TestProject.SCHEMA, line -> {});
        data = TrainingData.of(TestProject.SCHEMA, labelled);
    }

    @Test
    void saysOnAverageHowManyLeaveOnTwentySplitsAndIsAsGoodAsAConvergedRegression() {
        SoftAssertions softly = new SoftAssertions();
        Folds splits = Folds.deal(data.outcomes(), 5, 4, 7);
        for (int split = 0; split < 20; split++) {
            int[] learnt = splits.learntFrom(split / 5, split % 5);
            int[] held = splits.heldOut(split / 5, split % 5);
            double[] outcomes =
                    Arrays.stream(held).mapToDouble(i -> data.outcomes()[i]).toArray();

            double[] ours = probabilities(
                    Algorithm.LOGISTIC.recipe().fit(data, learnt, split).margins(held));
            double[] reference = gradientDescent(learnt, held);

            double mean = Arrays.stream(ours).average().orElseThrow();
            double share = Arrays.stream(outcomes).average().orElseThrow();
            softly.assertThat(Math.abs(mean - share)).as("split %d", split).isLessThanOrEqualTo(0.02);
            softly.assertThat(PredictionQuality.of(ours, outcomes, 0.5).brier())
                    .as("split %d", split)
                    .isLessThanOrEqualTo(
                            PredictionQuality.of(reference, outcomes, 0.5).brier() + 0.001);
        }
        softly.assertAll();
    }

    private static double[] probabilities(double[] margins) {
        return Arrays.stream(margins).map(Calibration.NONE::probability).toArray();
    }

    /**
     * A logistic regression without penalty that has nothing in common with Newton's method: plain gradient ascent with Nesterov's
     * momentum on standardised columns, until the gradient vanishes.
     */
    private static double[] gradientDescent(int[] learnt, int[] held) {
        int d = data.columns().size();
        double[][] x = new double[d][];
        double[] mean = new double[d];
        double[] deviation = new double[d];
        for (int j = 0; j < d; j++) {
            Moments moments = Moments.of(data.columns().get(j), learnt);
            mean[j] = moments.mean();
            deviation[j] = moments.deviation();
            double[] column = data.columns().get(j);
            int feature = j;
            x[j] = Arrays.stream(learnt)
                    .mapToDouble(i -> (column[i] - mean[feature]) / deviation[feature])
                    .toArray();
        }
        double[] weights = new double[d + 1];
        double[] before = weights.clone();
        for (int step = 1; step <= 500; step++) {
            double momentum = (step - 1.0) / (step + 2.0);
            double[] ahead = new double[d + 1];
            for (int j = 0; j <= d; j++) {
                ahead[j] = weights[j] + momentum * (weights[j] - before[j]);
            }
            double[] gradient = new double[d + 1];
            for (int i = 0; i < learnt.length; i++) {
                double margin = ahead[d];
                for (int j = 0; j < d; j++) {
                    margin += ahead[j] * x[j][i];
                }
                double error = data.outcomes()[learnt[i]] - 1 / (1 + Math.exp(-margin));
                gradient[d] += error;
                for (int j = 0; j < d; j++) {
                    gradient[j] += error * x[j][i];
                }
            }
            before = weights;
            weights = ahead;
            for (int j = 0; j <= d; j++) {
                weights[j] += 0.5 * gradient[j] / learnt.length;
            }
        }
        double[] margins = new double[held.length];
        for (int i = 0; i < held.length; i++) {
            margins[i] = weights[d];
            for (int j = 0; j < d; j++) {
                margins[i] += weights[j] * (data.columns().get(j)[held[i]] - mean[j]) / deviation[j];
            }
        }
        return probabilities(margins);
    }

    @Test
    void leavesNoGradientBehind() {
        LinearFit fit = (LinearFit) new RidgeRegression(1e-6, 0).fit(data, data.all(), 0);

        double[] probabilities = probabilities(fit.margins(data.all()));
        for (double[] column : data.columns()) {
            double gradient = IntStream.range(0, column.length)
                    .mapToDouble(i -> column[i] * (data.outcomes()[i] - probabilities[i]))
                    .sum();
            assertThat(Math.abs(gradient)).isLessThan(1e-3);
        }
    }

    @Test
    void correctsMarginsThatAreTooBoldAndLeavesThoseThatAreRight() {
        Folds folds = Folds.deal(data.outcomes(), 5, 2, 1);
        double[][] right = new double[2][data.outcomes().length];
        for (int repeat = 0; repeat < 2; repeat++) {
            for (int fold = 0; fold < 5; fold++) {
                int[] held = folds.heldOut(repeat, fold);
                double[] margins = Algorithm.LOGISTIC
                        .recipe()
                        .fit(data, folds.learntFrom(repeat, fold), 0)
                        .margins(held);
                for (int i = 0; i < held.length; i++) {
                    right[repeat][held[i]] = margins[i];
                }
            }
        }
        double[][] bold = Arrays.stream(right)
                .map(margins -> Arrays.stream(margins).map(m -> 2 * m - 1).toArray())
                .toArray(double[][]::new);

        assertThat(new OutOfFold(folds, data.outcomes(), right).calibration()).isEqualTo(Calibration.NONE);
        Calibration found = new OutOfFold(folds, data.outcomes(), bold).calibration();

        assertThat(found.slope()).isBetween(0.45, 0.55);
        assertThat(found.intercept()).isBetween(0.4, 0.6);
        double[] corrected = new OutOfFold(folds, data.outcomes(), bold).probabilities()[0];
        assertThat(PredictionQuality.of(corrected, data.outcomes(), 0.5).calibrationError())
                .isLessThan(0.02);
        assertThat(PredictionQuality.of(probabilities(bold[0]), data.outcomes(), 0.5)
                        .calibrationError())
                .isGreaterThan(0.05);
    }
}
