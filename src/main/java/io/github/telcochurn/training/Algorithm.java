package io.github.telcochurn.training;

import io.github.telcochurn.scoring.CustomerFeatures;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.commons.codec.digest.DigestUtils;
import org.tribuo.Model;
import org.tribuo.Trainer;
import org.tribuo.classification.Label;
import org.tribuo.classification.sgd.linear.LinearSGDModel;
import org.tribuo.classification.sgd.linear.LinearSGDTrainer;
import org.tribuo.classification.sgd.objectives.LogMulticlass;
import org.tribuo.classification.xgboost.XGBoostClassificationTrainer;
import org.tribuo.common.xgboost.XGBoostModel;
import org.tribuo.math.optimisers.AdaGrad;

/** The kinds of models that can be trained, with settings that were chosen by cross-validation on the shipped data. */
public enum Algorithm {
    /** A logistic regression. Tribuo's own settings stop long before it has converged. */
    LOGISTIC {
        private static final double LEARNING_RATE = 0.5;
        private static final double EPSILON = 0.1;
        private static final int EPOCHS = 20;
        private static final int MINIBATCH = 32;

        @Override
        Trainer<Label> trainer() {
            return new LinearSGDTrainer(
                    new LogMulticlass(), new AdaGrad(LEARNING_RATE, EPSILON), EPOCHS, -1, MINIBATCH, SEED);
        }

        @Override
        void describe(Map<String, Object> parameters) {
            parameters.put("objective", "LogMulticlass");
            parameters.put("optimiser", "AdaGrad");
            parameters.put("learning_rate", LEARNING_RATE);
            parameters.put("epsilon", EPSILON);
            parameters.put("epochs", EPOCHS);
            parameters.put("minibatch_size", MINIBATCH);
            parameters.put("seed", SEED);
        }

        @Override
        String content(Model<Label> model) {
            return ((LinearSGDModel) model).getWeightsCopy().toString();
        }
    },

    /** Boosted trees. They are grown by one thread, so that any machine grows the same. */
    XGBOOST {
        private static final int TREES = 250;
        private static final double LEARNING_RATE = 0.05;
        private static final int DEPTH = 2;
        private static final double LEAST_CHILD_WEIGHT = 5;
        private static final double SUBSAMPLE = 0.8;
        private static final double LAMBDA = 1;

        @Override
        Trainer<Label> trainer() {
            return new XGBoostClassificationTrainer(
                    TREES, LEARNING_RATE, 0, DEPTH, LEAST_CHILD_WEIGHT, SUBSAMPLE, SUBSAMPLE, LAMBDA, 0, 1, true, SEED);
        }

        @Override
        void describe(Map<String, Object> parameters) {
            parameters.put("objective", "multi:softprob");
            parameters.put("trees", TREES);
            parameters.put("eta", LEARNING_RATE);
            parameters.put("gamma", 0);
            parameters.put("max_depth", DEPTH);
            parameters.put("min_child_weight", LEAST_CHILD_WEIGHT);
            parameters.put("subsample", SUBSAMPLE);
            parameters.put("colsample_bytree", SUBSAMPLE);
            parameters.put("lambda", LAMBDA);
            parameters.put("alpha", 0);
            parameters.put("seed", SEED);
        }

        @Override
        String content(Model<Label> model) {
            return ((XGBoostModel<Label>) model)
                    .getModelDump().stream().map(List::of).toList().toString();
        }
    };

    private static final long SEED = 1;

    /** A new one each time: a Tribuo trainer counts its calls and seeds the next by them. */
    abstract Trainer<Label> trainer();

    abstract void describe(Map<String, Object> parameters);

    /** What the model has learnt, as text. */
    abstract String content(Model<Label> model);

    /** The trainer's settings, as they stand in the card. */
    Map<String, Object> parameters() {
        Map<String, Object> parameters = new LinkedHashMap<>();
        describe(parameters);
        return Collections.unmodifiableMap(parameters);
    }

    /** A name made of what the model has learnt: times and machines do not change it. */
    String version(Model<Label> model) {
        String learnt = CustomerFeatures.names() + content(model);
        return name().toLowerCase(Locale.ROOT) + "-"
                + DigestUtils.sha256Hex(learnt).substring(0, 8);
    }
}
