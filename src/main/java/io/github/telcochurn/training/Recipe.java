package io.github.telcochurn.training;

import java.util.Map;
import org.tribuo.Dataset;
import org.tribuo.Model;
import org.tribuo.Trainer;
import org.tribuo.classification.Label;

/** How a kind of model is trained: settings that never change while the program runs. */
interface Recipe {
    /** A new one each time: a Tribuo trainer counts its calls and seeds the next by them. */
    Trainer<Label> trainer();

    /** The examples as the trainer takes them. */
    Dataset<Label> examples(TrainingData data);

    /** The trainer's settings, as they stand in the card. */
    Map<String, Object> parameters();

    /** What a model that this recipe made has learnt, as text. */
    String content(Model<Label> model);
}
