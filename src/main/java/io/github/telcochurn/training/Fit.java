package io.github.telcochurn.training;

import io.github.telcochurn.scoring.Feature;
import java.util.List;
import org.tribuo.Model;
import org.tribuo.classification.Label;

/** A model fitted to some of the customers. */
interface Fit {
    /**
     * The margins ln(p / (1 - p)) of the probabilities of churn.
     *
     * @param rows the positions of customers, in training or not
     */
    double[] margins(int[] rows);

    /** As Tribuo has it. */
    Model<Label> model();

    /** What the model sees. */
    List<Feature> features();
}
