package io.github.telcochurn.scoring;

import io.github.telcochurn.customer.Customer;
import io.github.telcochurn.customer.CustomerSchema;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoostError;
import org.tribuo.classification.Label;
import org.tribuo.common.xgboost.XGBoostModel;

/**
 * Contributions for boosted trees: XGBoost's own TreeSHAP (Lundberg et al., From local explanations to global understanding with
 * explainable AI for trees, 2020), in single precision. Such a model has a margin for each label (softmax), and the log-odds of
 * churn are their difference; so are the contributions.
 */
final class TreeExplainer implements Explainer {
    private static final int ABSENT = -1;

    private final CustomerFeatures features;
    private final int columns;
    private final Booster booster;
    /** The booster's number of each of {@link CustomerFeatures#names()}. */
    private final int[] ids;
    /** How many features the booster knows. */
    private final int width;

    private final int yes;

    /** Copies the trees of a model, so that explaining does not wait for predicting. */
    TreeExplainer(XGBoostModel<Label> model, CustomerSchema schema, CustomerFeatures features) {
        this.features = features;
        this.columns = schema.fields().size();
        booster = model.getInnerModels().get(0);
        width = model.getFeatureIDMap().size();
        yes = model.getOutputIDInfo().getID(new Label(ChurnModel.CHURNED));
        ids = features.names().stream()
                .map(name -> model.getFeatureIDMap().get(name))
                .mapToInt(feature -> feature == null ? ABSENT : feature.getID())
                .toArray();
    }

    @Override
    public List<Contributions> explain(List<Customer> customers) {
        float[][] shares = shares(customers);
        List<Contributions> contributions = new ArrayList<>(customers.size());
        for (int row = 0; row < shares.length; row++) {
            contributions.add(contributions(customers.get(row), shares[row]));
        }
        return contributions;
    }

    /** For each customer and label, what each feature adds, and the base. */
    private float[][] shares(List<Customer> customers) {
        try {
            DMatrix matrix = matrix(customers);
            try {
                return booster.predictContrib(matrix, 0);
            } finally {
                matrix.dispose();
            }
        } catch (XGBoostError e) {
            throw new IllegalStateException("XGBoost cannot explain its predictions: " + e.getMessage(), e);
        }
    }

    /** To the trees a 0 is a missing value, since Tribuo leaves it out when it trains and predicts. */
    private DMatrix matrix(List<Customer> customers) throws XGBoostError {
        long[] rowStarts = new long[customers.size() + 1];
        int[] columns = new int[customers.size() * ids.length];
        float[] data = new float[columns.length];
        int count = 0;
        for (int row = 0; row < customers.size(); row++) {
            double[] values = features.vector(customers.get(row));
            for (int i = 0; i < values.length; i++) {
                if (values[i] != 0 && ids[i] != ABSENT) {
                    columns[count] = ids[i];
                    data[count++] = (float) values[i];
                }
            }
            rowStarts[row + 1] = count;
        }
        return new DMatrix(
                rowStarts, Arrays.copyOf(columns, count), Arrays.copyOf(data, count), DMatrix.SparseType.CSR, width);
    }

    private Contributions contributions(Customer customer, float[] shares) {
        int yesStart = yes * (width + 1);
        int noStart = (1 - yes) * (width + 1);
        double[] byFeature = new double[ids.length];
        for (int i = 0; i < ids.length; i++) {
            byFeature[i] = ids[i] == ABSENT ? 0 : (double) shares[yesStart + ids[i]] - shares[noStart + ids[i]];
        }
        double base = (double) shares[yesStart + width] - shares[noStart + width];
        return Contributions.of(features, customer, base, byFeature, columns);
    }
}
