package io.github.telcochurn.training;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.commons.codec.digest.DigestUtils;
import org.tribuo.Model;
import org.tribuo.classification.Label;

/** The kinds of models that are candidates, simplest first. */
public enum Algorithm {
    /** A logistic regression: every column adds what it adds, whatever the others say. */
    LOGISTIC,
    /** A logistic regression in which the columns that matter most act together by twos. */
    INTERACTIONS,
    /** Shallow boosted trees: curves, and columns that act together by twos or threes. */
    XGBOOST,
    /** Deep boosted trees: several columns that act together. Deeper ones rank no better, and take far longer to explain. */
    XGBOOST_DEEP,
    /** The mean of the regression with interactions and of shallow trees, which err in different ways. */
    BLEND;

    private static final int SEED = 1;

    /** Those that are made of no others. */
    static List<Algorithm> simple() {
        return Stream.of(values())
                .filter(algorithm -> !(algorithm.recipe() instanceof Blend))
                .toList();
    }

    /** Its settings, which were chosen by cross-validation on the two shipped telcos. */
    Recipe recipe() {
        return switch (this) {
            case LOGISTIC -> new RidgeRegression(10, 0);
            case INTERACTIONS -> new RidgeRegression(0.3, 4);
            case XGBOOST -> new BoostedTrees(120, 0.06, 3, 5, 0.6, 0.4, 1, SEED);
            case XGBOOST_DEEP -> new BoostedTrees(100, 0.1, 4, 1, 0.8, 0.8, 1, SEED);
            case BLEND -> new Blend(INTERACTIONS, XGBOOST, 0.4);
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
