package io.github.telcochurn.scoring;

import java.util.List;
import java.util.Map;
import org.tribuo.ImmutableFeatureMap;
import org.tribuo.VariableIDInfo;
import org.tribuo.classification.Label;
import org.tribuo.classification.sgd.linear.LinearSGDModel;
import org.tribuo.math.la.DenseMatrix;

/**
 * A logistic regression as a row of weights. Tribuo has a row for each label; the margin is (w_yes - w_no)·x and the difference of
 * the biases.
 *
 * <p>Its contributions are exact. Feature i adds w_i (x_i - m_i), where m_i is the mean of the training data: its Shapley value
 * against the mean customer (Lundberg and Lee, A Unified Approach to Interpreting Model Predictions, 2017). The product of two
 * features adds w (u - m_u)(v + m_v) / 2 to the first and w (v - m_v)(u + m_u) / 2 to the second, their Shapley values in the game
 * of two. The base is the margin at the means.
 */
final class LinearWeights implements CompiledModel {
    private final double[] weights;
    private final double[] means;
    /** The places of a product's factors; null for all other features. */
    private final int[][] factors;

    private final double bias;
    private final double base;

    /**
     * Reads the weights of a model.
     *
     * @param featureMeans by the features' names
     * @throws IllegalArgumentException when a mean is missing
     */
    LinearWeights(LinearSGDModel model, CustomerFeatures features, Map<String, Double> featureMeans) {
        List<String> names = features.names();
        if (featureMeans == null || !featureMeans.keySet().containsAll(names)) {
            throw new IllegalArgumentException("its card lacks the means of some of the features " + names);
        }
        DenseMatrix matrix = model.getWeightsCopy();
        int yes = model.getOutputIDInfo().getID(new Label(ChurnModel.CHURNED));
        int no = 1 - yes;
        ImmutableFeatureMap ids = model.getFeatureIDMap();
        weights = new double[names.size()];
        means = new double[names.size()];
        factors = new int[names.size()][];
        // The last column holds the biases.
        bias = matrix.get(yes, ids.size()) - matrix.get(no, ids.size());
        double atMeans = bias;
        for (int i = 0; i < weights.length; i++) {
            VariableIDInfo feature = ids.get(names.get(i));
            // What never occurred in training has no weight.
            weights[i] = feature == null ? 0 : matrix.get(yes, feature.getID()) - matrix.get(no, feature.getID());
            means[i] = featureMeans.get(names.get(i));
            factors[i] = features.factors(i);
        }
        for (int i = 0; i < weights.length; i++) {
            atMeans += weights[i] * (factors[i] == null ? means[i] : means[factors[i][0]] * means[factors[i][1]]);
        }
        base = atMeans;
    }

    @Override
    public double margin(double[] vector) {
        double margin = bias;
        for (int i = 0; i < weights.length; i++) {
            margin += weights[i] * vector[i];
        }
        return margin;
    }

    @Override
    public double base() {
        return base;
    }

    @Override
    public void explain(double[] vector, double[] byFeature) {
        for (int i = 0; i < weights.length; i++) {
            if (factors[i] == null) {
                byFeature[i] += weights[i] * (vector[i] - means[i]);
            } else {
                int u = factors[i][0];
                int v = factors[i][1];
                byFeature[u] += weights[i] * (vector[u] - means[u]) * (vector[v] + means[v]) / 2;
                byFeature[v] += weights[i] * (vector[v] - means[v]) * (vector[u] + means[u]) / 2;
            }
        }
    }
}
