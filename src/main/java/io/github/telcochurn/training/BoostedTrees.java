package io.github.telcochurn.training;

import io.github.telcochurn.scoring.ChurnModel;
import io.github.telcochurn.scoring.Feature;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tribuo.Dataset;
import org.tribuo.Model;
import org.tribuo.classification.Label;
import org.tribuo.classification.xgboost.XGBoostClassificationTrainer;
import org.tribuo.common.xgboost.XGBoostModel;
import org.tribuo.common.xgboost.XGBoostTrainer.BoosterType;
import org.tribuo.common.xgboost.XGBoostTrainer.LoggingVerbosity;
import org.tribuo.common.xgboost.XGBoostTrainer.TreeMethod;
import org.tribuo.dataset.DatasetView;

/**
 * XGBoost's trees. They are grown by one thread, so that any machine grows the same.
 *
 * @param eta the learning rate
 * @param depth the most columns that a tree can let act together
 * @param leastChildWeight the fewest customers of a leaf, roughly: each counts with p (1 - p)
 * @param sampledRows the share of the customers that each tree sees
 * @param sampledFeatures the share of the features that each tree sees
 * @param lambda the L2 penalty
 */
record BoostedTrees(
        int trees,
        double eta,
        int depth,
        double leastChildWeight,
        double sampledRows,
        double sampledFeatures,
        double lambda,
        int seed)
        implements Recipe {
    private static final double GAMMA = 0;
    private static final double ALPHA = 0;
    private static final int THREADS = 1;
    /** XGBoost's probabilities are floats, which 1 - p cannot tell from 1 below this. */
    private static final double LEAST_PROBABILITY = 1e-7;

    @Override
    public Fit fit(TrainingData data, int[] rows, int draw) {
        XGBoostClassificationTrainer trainer = new XGBoostClassificationTrainer(
                BoosterType.GBTREE,
                TreeMethod.EXACT,
                trees,
                eta,
                GAMMA,
                depth,
                leastChildWeight,
                sampledRows,
                sampledFeatures,
                lambda,
                ALPHA,
                THREADS,
                LoggingVerbosity.SILENT,
                seed);
        // A trainer counts its calls and seeds the next by them.
        trainer.setInvocationCount(draw);
        return new Grown(data, trainer.train(view(data, rows)));
    }

    private static Dataset<Label> view(TrainingData data, int[] rows) {
        Dataset<Label> examples = data.examples();
        return new DatasetView<>(examples, rows, examples.getFeatureIDMap(), examples.getOutputIDInfo(), "rows");
    }

    private record Grown(TrainingData data, Model<Label> model) implements Fit {
        @Override
        public double[] margins(int[] rows) {
            return model.predict(view(data, rows)).stream()
                    .mapToDouble(prediction -> margin(
                            prediction.getOutputScores().get(ChurnModel.CHURNED).getScore()))
                    .toArray();
        }

        private static double margin(double probability) {
            double possible = Math.min(1 - LEAST_PROBABILITY, Math.max(LEAST_PROBABILITY, probability));
            return Math.log(possible / (1 - possible));
        }

        @Override
        public List<Feature> features() {
            return data.features().features();
        }
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
        parameters.put("subsample", sampledRows);
        parameters.put("colsample_bytree", sampledFeatures);
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
