package io.github.telcochurn.training;

import java.util.List;
import java.util.Locale;
import org.apache.commons.codec.digest.DigestUtils;
import org.tribuo.Model;
import org.tribuo.classification.Label;

/** The kinds of models that are candidates, simplest first. */
public enum Algorithm {
    /** A logistic regression: every column adds what it adds, whatever the others say. */
    LOGISTIC,
    /** Shallow boosted trees: curves, and columns that act together by twos. */
    XGBOOST,
    /** Deep boosted trees: several columns that act together. Deeper ones rank no better, and take far longer to explain. */
    XGBOOST_DEEP;

    private static final int SEED = 1;

    /** Its settings, which were chosen by cross-validation on the two shipped telcos. */
    Recipe recipe() {
        return switch (this) {
            case LOGISTIC -> new LogisticRegression(0.5, 0.1, 20, 32, SEED);
            case XGBOOST -> new BoostedTrees(250, 0.05, 2, 5, 0.8, 1, SEED);
            case XGBOOST_DEEP -> new BoostedTrees(100, 0.1, 4, 1, 0.8, 1, SEED);
        };
    }

    /**
     * A name made of what the model has learnt: times and machines do not change it.
     *
     * @param features their names, sorted
     */
    String version(List<String> features, Model<Label> model) {
        String learnt = features + recipe().content(model);
        return this + "-" + DigestUtils.sha256Hex(learnt).substring(0, 8);
    }

    /** Its name, as the option {@code --trainer} and the card have it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
