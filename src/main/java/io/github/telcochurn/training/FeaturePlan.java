package io.github.telcochurn.training;

import io.github.telcochurn.customer.Customer;
import io.github.telcochurn.customer.CustomerSchema;
import io.github.telcochurn.customer.Field;
import io.github.telcochurn.scoring.CustomerFeatures;
import io.github.telcochurn.scoring.Feature;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Chooses what a model sees of customers, by the kind of each column that may be a feature:
 *
 * <ul>
 *   <li>a category: 1 for each of its categories but the first, which all others are compared with, and the one that only repeats
 *       another column;
 *   <li>a flag: as it is;
 *   <li>a number: divided by its scale, and its logarithm beside it where a logistic regression gains by it;
 *   <li>where blanks occur and the schema allows them: 1 for a blank, where a logistic regression gains by it.
 * </ul>
 *
 * What hardly varies is left out.
 */
final class FeaturePlan {
    /** Fewer customers than this do not make a rule. */
    private static final int FEWEST_CUSTOMERS = 20;
    /** Of one column; those that occur most. */
    private static final int MOST_CATEGORIES = 100;
    /** A gain that is worth a feature shows in as many. */
    private static final int MOST_TESTED_CUSTOMERS = 10_000;
    /** The test's cost grows with the square of the features. A table this wide hardly lacks one more. */
    private static final int MOST_TESTED_FEATURES = 150;
    /** A scale is not decided by the outermost hundredth of the customers. */
    private static final double ROBUST_MAXIMUM = 0.99;
    /** In scales: the test's sums of squares must stay finite. */
    private static final double FURTHEST_OUT = 1_000;

    private final CustomerSchema schema;
    private final List<Customer> customers;
    /** By name, since a model identifies its features by name. */
    private final Map<String, Feature> features = new LinkedHashMap<>();

    private final List<Feature> blanks = new ArrayList<>();
    private final List<Feature> logarithms = new ArrayList<>();

    private FeaturePlan(CustomerSchema schema, List<Customer> customers) {
        this.schema = schema;
        this.customers = customers;
    }

    /**
     * The features for training data.
     *
     * @param customers all with a known outcome
     * @return sorted by their names; empty when no column says anything
     */
    static List<Feature> of(CustomerSchema schema, List<Customer> customers) {
        FeaturePlan plan = new FeaturePlan(schema, customers);
        schema.fields().stream().filter(Field::isFeature).forEach(plan::plan);
        // A logarithm, which is 0 for a blank, could stand in for it, and hide what the number says.
        plan.addWhatGains(plan.blanks);
        plan.addWhatGains(plan.logarithms);
        return plan.features.values().stream()
                .sorted(Comparator.comparing(Feature::name))
                .toList();
    }

    private void plan(Field column) {
        double[] values = customers.stream()
                .mapToDouble(customer -> customer.number(column))
                .filter(value -> !Double.isNaN(value))
                .toArray();
        switch (column.kind()) {
            case CATEGORY -> planCategory(column, values);
            case FLAG -> planFlag(column, values);
            case INTEGER, DECIMAL -> planNumber(column, values);
        }
        if (!column.blank().equals(Field.Blank.NEVER) && isEnough(customers.size() - values.length)) {
            blanks.add(Feature.blank(column));
        }
    }

    /** Whether enough customers have it, and enough do not. */
    private boolean isEnough(long having) {
        return having >= FEWEST_CUSTOMERS && customers.size() - having >= FEWEST_CUSTOMERS;
    }

    private void planCategory(Field column, double[] values) {
        long[] counts = new long[column.categories().size()];
        for (double value : values) {
            counts[(int) value]++;
        }
        int implied = column.implied() == null ? -1 : column.implied().category();
        IntStream.range(1, counts.length)
                .filter(category -> category != implied && isEnough(counts[category]))
                .boxed()
                .sorted(Comparator.comparing(category -> -counts[category]))
                .limit(MOST_CATEGORIES)
                .forEach(category ->
                        add(Feature.category(column, column.categories().get(category))));
    }

    private void planFlag(Field column, double[] values) {
        long set = IntStream.range(0, values.length).filter(i -> values[i] == 1).count();
        if (isEnough(set)) {
            add(Feature.number(column, 1));
        }
    }

    private void planNumber(Field column, double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        if (sorted.length < FEWEST_CUSTOMERS || sorted[0] == sorted[sorted.length - 1]) {
            return;
        }
        double scale = Double.isNaN(column.scale()) ? scale(sorted) : column.scale();
        add(Feature.number(column, scale));
        if (sorted[0] >= 0) {
            logarithms.add(Feature.log(column, scale));
        }
    }

    private static double scale(double[] values) {
        double[] sizes = Arrays.stream(values).map(Math::abs).sorted().toArray();
        double robust = sizes[(int) (ROBUST_MAXIMUM * (sizes.length - 1))];
        return roundedUp(robust > 0 ? robust : sizes[sizes.length - 1]);
    }

    /** To one digit: 341.2 becomes 400. */
    private static double roundedUp(double number) {
        double unit = Math.pow(10, Math.floor(Math.log10(number)));
        double rounded = Math.ceil(number / unit) * unit;
        return Double.isFinite(rounded) && rounded > 0 ? rounded : number;
    }

    private void add(Feature feature) {
        features.putIfAbsent(feature.name(), feature);
    }

    /**
     * Adds the candidate that the fit gains most by, and looks again: of two that say the same, the other has then nothing left to
     * say.
     */
    private void addWhatGains(List<Feature> candidates) {
        candidates.removeIf(candidate -> features.containsKey(candidate.name()));
        // As the compiled features are.
        candidates.sort(Comparator.comparing(Feature::name));
        List<Customer> sample = EvenlySpaced.of(customers, MOST_TESTED_CUSTOMERS);
        double[] outcomes = sample.stream()
                .mapToDouble(customer -> customer.outcome().indicator())
                .toArray();
        while (!candidates.isEmpty() && features.size() <= MOST_TESTED_FEATURES) {
            RaoScore test = new RaoScore(columns(List.copyOf(features.values()), sample), outcomes);
            double[] gains = columns(candidates, sample).stream()
                    .mapToDouble(test::statistic)
                    .toArray();
            int best = IntStream.range(0, gains.length)
                    .reduce((a, b) -> gains[b] > gains[a] ? b : a)
                    .orElseThrow();
            if (gains[best] < RaoScore.ONCE_IN_A_MILLION) {
                return;
            }
            add(candidates.remove(best));
        }
    }

    private List<double[]> columns(List<Feature> chosen, List<Customer> sample) {
        CustomerFeatures compiled = new CustomerFeatures(schema, chosen);
        double[][] columns = new double[chosen.size()][sample.size()];
        for (int row = 0; row < sample.size(); row++) {
            double[] vector = compiled.vector(sample.get(row));
            for (int i = 0; i < vector.length; i++) {
                columns[i][row] = Math.max(-FURTHEST_OUT, Math.min(FURTHEST_OUT, vector[i]));
            }
        }
        return List.of(columns);
    }
}
