package io.github.telcochurn.scoring;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.github.telcochurn.customer.Column;
import io.github.telcochurn.customer.Customer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What a model was trained on, in figures: what later data is compared with.
 *
 * @param columns one for each {@link Column}, in their order
 * @param score of the model's own probabilities for the training data, in ten bins of equal width
 * @param featureMeans of each of {@link CustomerFeatures#names()}
 */
public record Baseline(
        List<Distribution> columns,
        Distribution score,
        @JsonProperty("feature_means") Map<String, Double> featureMeans) {

    private static final int BINS = 10;
    private static final List<Double> TENTHS =
            IntStream.range(1, BINS).mapToObj(i -> i / (double) BINS).toList();

    /**
     * Measures training data.
     *
     * @param probabilities of churn, one for each customer
     */
    public static Baseline of(List<Customer> customers, double[] probabilities) {
        List<Distribution> columns = Stream.of(Column.values())
                .map(column -> distribution(column, customers))
                .toList();
        return new Baseline(columns, Distribution.ofEdges("score", TENTHS, probabilities), means(customers));
    }

    private static Distribution distribution(Column column, List<Customer> customers) {
        double[] values = customers.stream()
                .mapToDouble(customer -> customer.number(column))
                .toArray();
        return switch (column.kind()) {
            case CATEGORY -> Distribution.ofCategories(column.columnName(), column.categories(), values);
            case FLAG -> Distribution.ofCategories(column.columnName(), List.of("0", "1"), values);
            case MONTHS, DOLLARS -> Distribution.ofQuantiles(column.columnName(), BINS, values);
        };
    }

    private static Map<String, Double> means(List<Customer> customers) {
        double[] sums = new double[CustomerFeatures.names().size()];
        for (Customer customer : customers) {
            double[] values = CustomerFeatures.vector(customer);
            for (int i = 0; i < sums.length; i++) {
                sums[i] += values[i];
            }
        }
        Map<String, Double> means = new LinkedHashMap<>();
        for (int i = 0; i < sums.length; i++) {
            means.put(CustomerFeatures.names().get(i), sums[i] / Math.max(1, customers.size()));
        }
        return means;
    }
}
