package io.github.telcochurn.scoring;

import java.util.function.IntFunction;
import org.tribuo.Model;
import org.tribuo.classification.Label;
import org.tribuo.classification.sgd.linear.LinearSGDModel;
import org.tribuo.common.xgboost.XGBoostModel;
import org.tribuo.ensemble.WeightedEnsembleModel;
import org.tribuo.interop.ExternalModel;

/**
 * A model made ready for scoring: what it says of a customer's features, and why. There is one for each kind of model: those trained
 * here are arrays that are walked in Java, and models of other libraries are asked in batches. Safe for use by several threads.
 */
interface CompiledModel {
    /**
     * The margin ln(p / (1 - p)) of the probability p of churn.
     *
     * @param vector as {@link CustomerFeatures#vector} gives it
     */
    double margin(double[] vector);

    /**
     * The margins of several customers.
     *
     * @param count how many there are
     * @param vectors gives the vector of each by its place, from 0
     */
    default double[] margins(int count, IntFunction<double[]> vectors) {
        double[] margins = new double[count];
        for (int i = 0; i < count; i++) {
            margins[i] = margin(vectors.apply(i));
        }
        return margins;
    }

    /** The margin where nothing is known of the customer. */
    double base();

    /**
     * Adds what each feature contributes to the margin beyond the base.
     *
     * @param vector as {@link CustomerFeatures#vector} gives it
     * @param byFeature by the place in {@link CustomerFeatures#names()}
     */
    void explain(double[] vector, double[] byFeature);

    /**
     * Compiles a model.
     *
     * @param baseline of the data that the model was trained on
     * @throws IllegalArgumentException when they do not go together, or such a model cannot be compiled
     */
    static CompiledModel of(Model<Label> model, CustomerFeatures features, Baseline baseline) {
        if (model instanceof LinearSGDModel linear) {
            return new LinearWeights(linear, features, baseline.featureMeans());
        }
        if (model instanceof XGBoostModel<Label> trees) {
            return new TreeExplainer(TreeEnsemble.of(trees, features), features.size());
        }
        if (model instanceof WeightedEnsembleModel<Label> ensemble) {
            return MarginPool.of(ensemble, features, baseline);
        }
        if (model instanceof ExternalModel<Label, ?, ?> external) {
            return new BlackBox(external, features, baseline.featureMeans());
        }
        throw new IllegalArgumentException("a " + model.getClass().getName() + " cannot be explained");
    }
}
