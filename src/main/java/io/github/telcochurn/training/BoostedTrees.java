package io.github.telcochurn.training;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tribuo.Dataset;
import org.tribuo.Model;
import org.tribuo.Trainer;
import org.tribuo.classification.Label;
import org.tribuo.classification.xgboost.XGBoostClassificationTrainer;
import org.tribuo.common.xgboost.XGBoostModel;
import org.tribuo.common.xgboost.XGBoostTrainer.BoosterType;
import org.tribuo.common.xgboost.XGBoostTrainer.LoggingVerbosity;
import org.tribuo.common.xgboost.XGBoostTrainer.TreeMethod;

/**
 * XGBoost's trees. They are grown by one thread, so that any machine grows the same.
 *
 * @param eta the learning rate
 * @param depth the most columns that a tree can let act together
 * @param leastChildWeight the fewest customers of a leaf, roughly: each counts with p (1 - p)
 * @param sampled the share of the customers, and of the features, that each tree sees
 * @param lambda the L2 penalty
 */
record BoostedTrees(int trees, double eta, int depth, double leastChildWeight, double sampled, double lambda, int seed)
        implements Recipe {
    private static final double GAMMA = 0;
    private static final double ALPHA = 0;
    private static final int THREADS = 1;

    @Override
    public Trainer<Label> trainer() {
        return new XGBoostClassificationTrainer(
                BoosterType.GBTREE,
                TreeMethod.EXACT,
                trees,
                eta,
                GAMMA,
                depth,
                leastChildWeight,
                sampled,
                sampled,
                lambda,
                ALPHA,
                THREADS,
                LoggingVerbosity.SILENT,
                seed);
    }

    @Override
    public Dataset<Label> examples(TrainingData data) {
        return data.sparse();
    }

    @Override
    public Map<String, Object> parameters() {
        Map<String, Object> parameters = new LinkedHashMap<>();
        parameters.put("objective", "multi:softprob");
        parameters.put("tree_method", TreeMethod.EXACT.paramName);
        parameters.put("trees", trees);
        parameters.put("eta", eta);
        parameters.put("gamma", GAMMA);
        parameters.put("max_depth", depth);
        parameters.put("min_child_weight", leastChildWeight);
        parameters.put("subsample", sampled);
        parameters.put("colsample_bytree", sampled);
        parameters.put("lambda", lambda);
        parameters.put("alpha", ALPHA);
        parameters.put("seed", seed);
        return parameters;
    }

    @Override
    public String content(Model<Label> model) {
        return ((XGBoostModel<Label>) model)
                .getModelDump().stream().map(List::of).toList().toString();
    }
}
