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
import org.tribuo.Example;
import org.tribuo.MutableDataset;
import org.tribuo.classification.Label;
import org.tribuo.classification.LabelFactory;
import org.tribuo.provenance.SimpleDataSourceProvenance;

/**
 * What all candidates learn from: an example for each customer, in the same order.
 *
 * @param features that were chosen for it
 * @param sparse examples in which a 0 is a missing value, as it is to trees
 * @param uniform examples in which all zeros are left out, or none is: Tribuo's gradient descent cannot add up the gradients of
 *     both kinds, and an example of a customer who has all features is of the latter
 */
record TrainingData(
        LabelledCustomers labelled, CustomerFeatures features, Dataset<Label> sparse, Dataset<Label> uniform) {
    /**
     * Chooses the features, and makes the examples.
     *
     * @throws ChurnFailure when no column says anything
     */
    static TrainingData of(CustomerSchema schema, LabelledCustomers labelled) {
        List<Feature> chosen = FeaturePlan.of(schema, labelled.customers());
        if (chosen.isEmpty()) {
            throw new ChurnFailure(labelled.file().path()
                    + " has nothing to tell its customers apart by: each column of the schema " + schema.name()
                    + " has feature: false, or the same value for nearly all of them.");
        }
        CustomerFeatures features = new CustomerFeatures(schema, chosen);
        MutableDataset<Label> uniform = examples(features, labelled.customers());
        MutableDataset<Label> sparse = uniform;
        if (uniform.getData().stream().anyMatch(TrainingData::isEmpty)) {
            sparse = examples(features, labelled.customers());
            sparse.getData().stream().filter(TrainingData::isEmpty).forEach(TrainingData::spellOutAsMissing);
        }
        if (uniform.getData().stream().anyMatch(example -> example.size() == features.size())) {
            uniform = examples(features, labelled.customers());
            uniform.densify();
        }
        return new TrainingData(labelled, features, sparse, uniform);
    }

    /** Whether the customer has no feature: one of them is then spelt out, with its 0. */
    private static boolean isEmpty(Example<Label> example) {
        return example.size() == 1 && example.iterator().next().getValue() == 0;
    }

    private static void spellOutAsMissing(Example<Label> example) {
        example.set(new org.tribuo.Feature(example.iterator().next().getName(), Double.NaN));
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
}
