package io.github.telcochurn.scoring;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.github.telcochurn.customer.Customer;
import io.github.telcochurn.customer.CustomerSchema;
import io.github.telcochurn.customer.Field;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * What a model was trained on, in figures: what later data is compared with.
 *
 * @param columns one for each column of the schema, in their order
 * @param score of the model's own probabilities for the training data, in ten bins of equal width
 * @param featureMeans of each of {@link CustomerFeatures#names()}
 */
public record Baseline(
        List<Distribution> columns,
        Distribution score,
        @JsonProperty("feature_means") Map<String, Double> featureMeans) {

    private static final int BINS = 10;
    /** Between ten bins of equal width from 0 to 1. */
    static final List<Double> TENTHS =
            IntStream.range(1, BINS).mapToObj(i -> i / (double) BINS).toList();

    /**
     * Measures training data.
     *
     * @param probabilities of churn, one for each customer
     */
    public static Baseline of(
            CustomerSchema schema, CustomerFeatures features, List<Customer> customers, double[] probabilities) {
        List<Distribution> columns = schema.fields().stream()
                .map(column -> distribution(column, customers))
                .toList();
        return new Baseline(columns, Distribution.ofEdges("score", TENTHS, probabilities), means(features, customers));
    }

    private static Distribution distribution(Field column, List<Customer> customers) {
        double[] values = customers.stream()
                .mapToDouble(customer -> customer.number(column))
                .toArray();
        return column.isNumber()
                ? Distribution.ofQuantiles(column.name(), BINS, values)
                : Distribution.ofCategories(column.name(), column.values(), values);
    }

    private static Map<String, Double> means(CustomerFeatures features, List<Customer> customers) {
        double[] sums = new double[features.size()];
        for (Customer customer : customers) {
            double[] values = features.vector(customer);
            for (int i = 0; i < sums.length; i++) {
                sums[i] += values[i];
            }
        }
        Map<String, Double> means = new LinkedHashMap<>();
        for (int i = 0; i < sums.length; i++) {
            means.put(features.names().get(i), sums[i] / Math.max(1, customers.size()));
        }
        return means;
    }
}
