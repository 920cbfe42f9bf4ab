package io.github.telcochurn.scoring;

import io.github.telcochurn.customer.Customer;
import java.util.List;
import java.util.Map;
import org.tribuo.ImmutableFeatureMap;
import org.tribuo.VariableIDInfo;
import org.tribuo.classification.Label;
import org.tribuo.classification.sgd.linear.LinearSGDModel;
import org.tribuo.math.la.DenseMatrix;

/**
 * Exact contributions for a logistic regression. With a row of weights for each label, the margin is (w_yes - w_no)·x and the
 * difference of the biases. Feature i adds w_i (x_i - mean_i), where the mean is that of the training data: its Shapley value if
 * features are taken as independent (Lundberg and Lee, A Unified Approach to Interpreting Model Predictions, 2017). The base is
 * the margin at the means.
 */
final class LinearExplainer implements Explainer {
    private final CustomerFeatures features;
    private final double[] weights;
    private final double[] means;
    private final double base;

    /**
     * Reads the weights of a model.
     *
     * @param featureMeans by the features' names
     * @throws IllegalArgumentException when a mean is missing
     */
    LinearExplainer(LinearSGDModel model, CustomerFeatures features, Map<String, Double> featureMeans) {
        this.features = features;
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
        // The last column holds the biases.
        double atMeans = matrix.get(yes, ids.size()) - matrix.get(no, ids.size());
        for (int i = 0; i < weights.length; i++) {
            VariableIDInfo feature = ids.get(names.get(i));
            // What never occurred in training has no weight.
            weights[i] = feature == null ? 0 : matrix.get(yes, feature.getID()) - matrix.get(no, feature.getID());
            means[i] = featureMeans.get(names.get(i));
            atMeans += weights[i] * means[i];
        }
        base = atMeans;
    }

    @Override
    public List<Contributions> explain(List<Customer> customers) {
        return customers.stream().map(this::explain).toList();
    }

    private Contributions explain(Customer customer) {
        double[] values = features.vector(customer);
        for (int i = 0; i < values.length; i++) {
            values[i] = weights[i] * (values[i] - means[i]);
        }
        return Contributions.of(features, customer, base, values);
    }
}
