package io.github.telcochurn.training;

import java.util.Map;
import org.tribuo.Model;
import org.tribuo.classification.Label;

/** How a kind of model is trained: settings that never change while the program runs. */
interface Recipe {
    /**
     * Fits a model to some of the customers.
     *
     * @param rows the places of the customers to learn from
     * @param draw which of several fits this is; those that draw random numbers draw others for each
     */
    Fit fit(TrainingData data, int[] rows, int draw);

    /** The settings, as they stand in the card. */
    Map<String, Object> parameters();

    /** What a model that this recipe made has learnt, as text. */
    String content(Model<Label> model);
}
