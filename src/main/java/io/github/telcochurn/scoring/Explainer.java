package io.github.telcochurn.scoring;

import io.github.telcochurn.customer.Customer;
import java.util.List;
import org.tribuo.Model;
import org.tribuo.classification.Label;
import org.tribuo.classification.sgd.linear.LinearSGDModel;
import org.tribuo.common.xgboost.XGBoostModel;

/** Takes a model's margins apart; there is one for each kind of model. Safe for use by several threads. */
interface Explainer {
    /** The contributions for each customer, in the same order. */
    List<Contributions> explain(List<Customer> customers);

    /**
     * The one that fits a model.
     *
     * @param baseline of the data that the model was trained on
     * @throws IllegalArgumentException when they do not go together, or no explainer knows such a model
     */
    static Explainer of(Model<Label> model, CustomerFeatures features, Baseline baseline) {
        if (model instanceof LinearSGDModel linear) {
            return new LinearExplainer(linear, features, baseline.featureMeans());
        }
        if (model instanceof XGBoostModel<Label> trees) {
            return new TreeExplainer(TreeEnsemble.of(trees, features), features);
        }
        throw new IllegalArgumentException("a " + model.getClass().getName() + " cannot be explained");
    }
}
