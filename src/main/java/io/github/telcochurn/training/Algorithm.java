package io.github.telcochurn.training;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.commons.codec.digest.DigestUtils;
import org.tribuo.Dataset;
import org.tribuo.Model;
import org.tribuo.Trainer;
import org.tribuo.classification.Label;
import org.tribuo.common.xgboost.XGBoostTrainer.TreeMethod;

/** The kinds of models that are candidates, simplest first. */
public enum Algorithm {
    /** A logistic regression: every column adds what it adds, whatever the others say. */
    LOGISTIC(new LogisticRegression(0.5, 0.1, 20, 32, 1)),

    /** Shallow boosted trees: curves, and columns that act together by twos. */
    XGBOOST(new BoostedTrees(TreeMethod.EXACT, 250, 0.05, 2, 5, 0.8, 1, 1)),

    /** Deep boosted trees: several columns that act together. */
    XGBOOST_DEEP(new BoostedTrees(TreeMethod.HIST, 250, 0.05, 6, 1, 0.8, 1, 1));

    private final Recipe recipe;

    Algorithm(Recipe recipe) {
        this.recipe = recipe;
    }

    /** A new one each time. */
    Trainer<Label> trainer() {
        return recipe.trainer();
    }

    /** The examples as the trainer takes them. */
    Dataset<Label> examples(TrainingData data) {
        return recipe.examples(data);
    }

    /** The trainer's settings, as they stand in the card. */
    Map<String, Object> parameters() {
        return recipe.parameters();
    }

    /**
     * A name made of what the model has learnt: times and machines do not change it.
     *
     * @param features their names, sorted
     */
    String version(List<String> features, Model<Label> model) {
        return this + "-"
                + DigestUtils.sha256Hex(features + recipe.content(model)).substring(0, 8);
    }

    /** Its name, as the option {@code --trainer} and the card have it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
