package io.github.telcochurn.scoring;

import java.lang.ref.Cleaner;
import java.lang.ref.Reference;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tribuo.Example;
import org.tribuo.Prediction;
import org.tribuo.classification.Label;
import org.tribuo.classification.LabelFactory;
import org.tribuo.interop.ExternalModel;

/**
 * A model of another library, of which only the predictions are known. It is asked in batches.
 *
 * <p>Its contributions are estimated Shapley values of the columns, against the mean customer of the baseline. From the mean customer
 * to this one the columns change one after the other, in the schema's order and in the reverse order; a column's contribution is the
 * mean of how far the margin moves when it changes. Contributions always add up to the margin, and they are the exact Shapley values
 * where columns act alone or by twos (paired permutations: Mitchell, Cooper, Frank and Holmes, Sampling Permutations for Shapley Value
 * Estimation, Journal of Machine Learning Research 23, 2022).
 */
final class BlackBox implements CompiledModel {
    private static final Logger LOG = LoggerFactory.getLogger(BlackBox.class);
    private static final Cleaner CLEANER = Cleaner.create();
    private static final int CUSTOMERS_AT_ONCE = 512;
    /** The smallest probability that a float next to 1 leaves for the other label: a margin must be finite. */
    private static final double LEAST_PROBABILITY = 0x1p-24;
    /** Both probabilities are floats, and are rounded. */
    private static final double MOST_DEVIATION = 1e-3;

    private final ExternalModel<Label, ?, ?> model;
    private final CustomerFeatures features;
    private final double[] means;
    private final int[][] columns;
    private final double base;

    /**
     * Makes a model ready.
     *
     * @param featureMeans by the features' names
     * @throws IllegalArgumentException when a mean is missing
     */
    BlackBox(ExternalModel<Label, ?, ?> model, CustomerFeatures features, Map<String, Double> featureMeans) {
        if (featureMeans == null || !featureMeans.keySet().containsAll(features.names())) {
            throw new IllegalArgumentException("its card lacks the means of some of the features " + features.names());
        }
        this.model = model;
        this.features = features;
        this.means = features.names().stream().mapToDouble(featureMeans::get).toArray();
        features.multiply(means);
        this.columns = features.placesByColumn();
        model.setBatchSize(CUSTOMERS_AT_ONCE);
        this.base = margin(means);
        if (model instanceof AutoCloseable closeable) {
            // A model that another one replaced may still be asked by a poll that is under way.
            CLEANER.register(this, () -> close(closeable));
        }
    }

    private static void close(AutoCloseable model) {
        try {
            model.close();
        } catch (Exception e) {
            LOG.warn("The memory of a model that is not used any more cannot be freed", e);
        }
    }

    @Override
    public double margin(double[] vector) {
        return margins(1, i -> vector)[0];
    }

    @Override
    public double[] margins(int count, IntFunction<double[]> vectors) {
        List<Example<Label>> examples = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            examples.add(features.of(vectors.apply(i), LabelFactory.UNKNOWN_LABEL));
        }
        try {
            return model.predict(examples).stream()
                    .mapToDouble(BlackBox::margin)
                    .toArray();
        } finally {
            // Its memory outside of Java is freed when nothing refers to this object any more.
            Reference.reachabilityFence(this);
        }
    }

    private static double margin(Prediction<Label> prediction) {
        double churned = prediction.getOutputScores().get(ChurnModel.CHURNED).getScore();
        double stayed = prediction.getOutputScores().get(ChurnModel.STAYED).getScore();
        // Also of NaN, for which no comparison holds.
        if (!(churned >= 0 && stayed >= 0 && Math.abs(churned + stayed - 1) <= MOST_DEVIATION)) {
            throw new IllegalStateException("it gives " + churned + " for those who churn and " + stayed
                    + " for those who stay, which are no probabilities that add up to 1");
        }
        return Math.log(Math.max(LEAST_PROBABILITY, churned)) - Math.log(Math.max(LEAST_PROBABILITY, stayed));
    }

    @Override
    public double base() {
        return base;
    }

    @Override
    public void explain(double[] vector, double[] byFeature) {
        int steps = columns.length;
        double[][] path = new double[2 * steps][];
        // Up: the first columns are the customer's, 0 to all of them. Down: the last ones are, 1 to all but one.
        for (int known = 0; known <= steps; known++) {
            path[known] = mixed(vector, 0, known);
        }
        for (int known = 1; known < steps; known++) {
            path[steps + known] = mixed(vector, steps - known, steps);
        }
        double[] margins = margins(path.length, i -> path[i]);
        for (int column = 0; column < steps; column++) {
            double up = margins[column + 1] - margins[column];
            int after = steps - column;
            double with = after == steps ? margins[steps] : margins[steps + after];
            double without = after == 1 ? margins[0] : margins[steps + after - 1];
            // All features of a column count for the same column, so one of them stands for them all.
            byFeature[columns[column][0]] += (up + with - without) / 2;
        }
    }

    /** The customer in some columns, and the mean customer in the others. */
    private double[] mixed(double[] vector, int from, int to) {
        double[] mixed = means.clone();
        for (int column = from; column < to; column++) {
            for (int place : columns[column]) {
                mixed[place] = vector[place];
            }
        }
        features.multiply(mixed);
        return mixed;
    }
}
