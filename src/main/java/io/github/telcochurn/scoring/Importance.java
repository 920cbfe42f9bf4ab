package io.github.telcochurn.scoring;

import io.github.telcochurn.customer.Customer;
import io.github.telcochurn.customer.CustomerSchema;
import io.github.telcochurn.customer.Field;
import java.util.Comparator;
import java.util.List;
import org.tribuo.Model;
import org.tribuo.classification.Label;

/**
 * How much a column moves the probabilities of the training data.
 *
 * @param column its name
 * @param meanContribution the mean of its contributions' absolute values, in log-odds, 0 or more
 */
public record Importance(String column, double meanContribution) {
    /**
     * Of every column that contributes, strongest first.
     *
     * @param baseline of the data that the model was trained on
     * @param customers some of that data
     * @throws IllegalArgumentException when the model cannot be explained
     */
    public static List<Importance> of(
            Model<Label> model,
            CustomerSchema schema,
            CustomerFeatures features,
            Baseline baseline,
            List<Customer> customers) {
        Explainer explainer = Explainer.of(model, features, baseline);
        double[] sums = new double[schema.fields().size()];
        for (Contributions contributions : explainer.explain(customers)) {
            for (Field field : schema.fields()) {
                sums[field.index()] += Math.abs(contributions.of(field));
            }
        }
        return schema.fields().stream()
                .filter(field -> sums[field.index()] > 0)
                .map(field -> new Importance(field.name(), sums[field.index()] / customers.size()))
                .sorted(Comparator.comparingDouble(Importance::meanContribution).reversed())
                .toList();
    }
}
