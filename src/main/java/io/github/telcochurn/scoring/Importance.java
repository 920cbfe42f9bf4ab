package io.github.telcochurn.scoring;

import io.github.telcochurn.customer.Customer;
import io.github.telcochurn.customer.CustomerSchema;
import io.github.telcochurn.customer.Field;
import java.util.Comparator;
import java.util.List;

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
     * @param customers some of the training data
     */
    public static List<Importance> of(ChurnModel model, List<Customer> customers) {
        CustomerSchema schema = model.schema();
        double[] sums = new double[schema.fields().size()];
        for (Contributions contributions : model.explain(customers)) {
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
