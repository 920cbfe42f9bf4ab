package io.github.telcochurn.training;

import io.github.telcochurn.ChurnFailure;
import io.github.telcochurn.customer.Customer;
import io.github.telcochurn.customer.CustomerSchema;
import io.github.telcochurn.customer.Outcome;
import io.github.telcochurn.scoring.ChurnModel;
import io.github.telcochurn.scoring.CustomerFeatures;
import io.github.telcochurn.scoring.Feature;
import java.util.List;
import java.util.stream.IntStream;
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
 * @param examples in which a 0 is a missing value, as it is to trees
 * @param columns of the features, in their order: what each customer has, 0 for what is missing
 * @param outcomes 1 for those who left, else 0
 */
record TrainingData(
        LabelledCustomers labelled,
        CustomerFeatures features,
        Dataset<Label> examples,
        List<double[]> columns,
        double[] outcomes) {
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
        MutableDataset<Label> examples = examples(features, labelled.customers());
        examples.getData().stream().filter(TrainingData::isEmpty).forEach(TrainingData::spellOutAsMissing);
        return new TrainingData(
                labelled,
                features,
                examples,
                columns(features, labelled.customers()),
                labelled.customers().stream()
                        .mapToDouble(customer -> customer.outcome().indicator())
                        .toArray());
    }

    private static List<double[]> columns(CustomerFeatures features, List<Customer> customers) {
        double[][] columns = new double[features.size()][customers.size()];
        for (int row = 0; row < customers.size(); row++) {
            double[] vector = features.vector(customers.get(row));
            for (int i = 0; i < vector.length; i++) {
                columns[i][row] = vector[i];
            }
        }
        return List.of(columns);
    }

    /** The places of all customers. */
    int[] all() {
        return IntStream.range(0, outcomes.length).toArray();
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
