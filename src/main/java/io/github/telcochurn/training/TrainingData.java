package io.github.telcochurn.training;

import io.github.telcochurn.ChurnFailure;
import io.github.telcochurn.customer.Customer;
import io.github.telcochurn.customer.CustomerSchema;
import io.github.telcochurn.customer.Outcome;
import io.github.telcochurn.scoring.ChurnModel;
import io.github.telcochurn.scoring.CustomerFeatures;
import io.github.telcochurn.scoring.Feature;
import java.util.List;
import org.tribuo.Dataset;
import org.tribuo.Model;
import org.tribuo.MutableDataset;
import org.tribuo.classification.Label;
import org.tribuo.classification.LabelFactory;
import org.tribuo.provenance.SimpleDataSourceProvenance;

/**
 * What all candidates learn from.
 *
 * @param features that were chosen for it
 * @param examples one for each customer, in the same order; without the features that are 0
 * @param uniform the same, but with every 0 spelt out where some customer has all features: Tribuo's gradient descent cannot add
 *     up the gradients of examples with zeros and without
 */
record TrainingData(
        LabelledCustomers labelled, CustomerFeatures features, Dataset<Label> examples, Dataset<Label> uniform) {
    /**
     * Chooses the features, and makes the examples.
     *
     * @throws ChurnFailure when no column says anything
     */
    static TrainingData of(CustomerSchema schema, LabelledCustomers labelled) {
        List<Feature> chosen = FeaturePlan.of(schema, labelled.customers());
        if (chosen.isEmpty()) {
            throw new ChurnFailure(labelled.file().path()
                    + " has nothing to tell its customers apart by: each column of the" + " schema " + schema.name()
                    + " has feature: false, or the same value for nearly all of them.");
        }
        CustomerFeatures features = new CustomerFeatures(schema, chosen);
        MutableDataset<Label> examples = examples(features, labelled.customers());
        boolean hasFullRow = examples.getData().stream().anyMatch(example -> example.size() == features.size());
        return new TrainingData(
                labelled, features, examples, hasFullRow ? dense(features, labelled.customers()) : examples);
    }

    private static MutableDataset<Label> examples(CustomerFeatures features, List<Customer> customers) {
        LabelFactory labels = new LabelFactory();
        MutableDataset<Label> examples =
                new MutableDataset<>(new SimpleDataSourceProvenance("labelled customers", labels), labels);
        for (Customer customer : customers) {
            boolean churned = customer.outcome() == Outcome.CHURNED;
            examples.add(features.of(customer, new Label(churned ? ChurnModel.CHURNED : ChurnModel.STAYED)));
        }
        return examples;
    }

    private static Dataset<Label> dense(CustomerFeatures features, List<Customer> customers) {
        MutableDataset<Label> dense = examples(features, customers);
        dense.densify();
        return dense;
    }

    /** What a model says of each customer: the probability of churn. */
    double[] probabilities(Model<Label> model) {
        return model.predict(examples).stream()
                .mapToDouble(prediction ->
                        prediction.getOutputScores().get(ChurnModel.CHURNED).getScore())
                .toArray();
    }
}
