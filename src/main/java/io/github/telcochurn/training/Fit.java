package io.github.telcochurn.training;

import io.github.telcochurn.scoring.Feature;
import java.util.List;
import org.tribuo.Model;
import org.tribuo.classification.Label;

/** What was learnt from some of the customers. */
interface Fit {
    /**
     * The margins ln(p / (1 - p)) of the probabilities of churn.
     *
     * @param rows the places of customers, whether or not they were learnt from
     */
    double[] margins(int[] rows);

    /** As Tribuo has it. */
    Model<Label> model();

    /** What the model sees. */
    List<Feature> features();
}
