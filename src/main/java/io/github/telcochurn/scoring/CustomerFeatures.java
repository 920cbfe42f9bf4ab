package io.github.telcochurn.scoring;

import io.github.telcochurn.customer.Customer;
import io.github.telcochurn.customer.CustomerSchema;
import io.github.telcochurn.customer.Field;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.tribuo.Example;
import org.tribuo.classification.Label;
import org.tribuo.impl.ArrayExample;

/**
 * Makes of a customer what a model sees, by the features of the model's card. They are compiled into arrays once, so that no
 * name is looked up for a record. Safe for use by several threads.
 */
public final class CustomerFeatures {
    private final List<Feature> features;
    private final int columns;
    private final String[] names;
    private final Definition[] definitions;
    /** The places of a product's factors; null for all other features. */
    private final int[][] factors;

    private final int standIn;

    /**
     * Compiles features.
     *
     * @throws IllegalArgumentException when one is of a column or category that the schema does not have
     */
    public CustomerFeatures(CustomerSchema schema, List<Feature> features) {
        this.features =
                features.stream().sorted(Comparator.comparing(Feature::name)).toList();
        this.columns = schema.fields().size();
        this.names = this.features.stream().map(Feature::name).toArray(String[]::new);
        this.definitions = this.features.stream()
                .map(feature -> isProduct(feature) ? null : Definition.of(schema, feature))
                .toArray(Definition[]::new);
        this.factors = this.features.stream()
                .map(feature -> isProduct(feature) ? factors(feature) : null)
                .toArray(int[][]::new);
        this.standIn = IntStream.range(0, definitions.length)
                .filter(i -> definitions[i] != null && definitions[i].kind() == Feature.Kind.NUMBER)
                .findFirst()
                .orElse(0);
    }

    private static boolean isProduct(Feature feature) {
        return feature.kind() == Feature.Kind.PRODUCT;
    }

    private int[] factors(Feature product) {
        List<String> known = List.of(names);
        int[] places = product.factors() == null
                ? new int[0]
                : product.factors().stream().mapToInt(known::indexOf).toArray();
        if (places.length != 2 || Arrays.stream(places).anyMatch(i -> i < 0 || definitions[i] == null)) {
            throw new IllegalArgumentException(
                    "the feature " + product.name() + " is no product of two other features of the model");
        }
        return places;
    }

    /**
     * A compiled feature.
     *
     * @param operand the category's index, or what the number or its logarithm is divided by
     */
    private record Definition(Field column, Feature.Kind kind, double operand) {
        static Definition of(CustomerSchema schema, Feature feature) {
            Field column = schema.field(feature.column());
            if (column == null) {
                throw new IllegalArgumentException("the feature " + feature.name() + " is of no column of the schema");
            }
            return new Definition(column, feature.kind(), operand(column, feature));
        }

        private static double operand(Field column, Feature feature) {
            return switch (feature.kind()) {
                case CATEGORY -> indexOf(column, feature);
                case NUMBER -> scale(feature);
                case LOG -> Math.log1p(scale(feature));
                case BLANK -> 0;
                case PRODUCT -> throw new IllegalArgumentException("a product is of no column");
            };
        }

        private static int indexOf(Field column, Feature feature) {
            int index = column.indexOf(feature.category());
            if (index < 0) {
                throw new IllegalArgumentException(
                        "the feature " + feature.name() + " is of no category of " + column.categories());
            }
            return index;
        }

        private static double scale(Feature feature) {
            if (feature.scale() == null || !(feature.scale() > 0)) {
                throw new IllegalArgumentException("the feature " + feature.name() + " has no scale above 0");
            }
            return feature.scale();
        }

        /** 0 and NaN both mean that the customer does not have the feature. */
        double of(Customer customer) {
            double value = customer.number(column);
            return switch (kind) {
                case CATEGORY -> value == operand ? 1 : 0;
                case NUMBER -> value / operand;
                case LOG -> Math.log1p(Math.max(0, value)) / operand;
                case BLANK -> Double.isNaN(value) ? 1 : 0;
                case PRODUCT -> throw new IllegalStateException("a product is of no column");
            };
        }
    }

    /** As they stand in the card, sorted by their names. */
    public List<Feature> features() {
        return features;
    }

    /** The names of all features, sorted. */
    public List<String> names() {
        return List.of(names);
    }

    /** How many columns the schema has. */
    int columns() {
        return columns;
    }

    /** How many there are. */
    public int size() {
        return names.length;
    }

    /**
     * The column that speaks for a feature of a customer, which is no product: its own, or the one that implies its category. Who does not have a
     * service cannot have an extra of it: that it is missing says nothing of its own.
     *
     * @param feature its place in {@link #names}
     */
    Field columnFor(int feature, Customer customer) {
        Field column = definitions[feature].column();
        Field.Implied implied = column.implied();
        return implied != null && customer.number(column) == implied.category() ? implied.column() : column;
    }

    /**
     * The places of a product's factors in {@link #names}; null for all other features.
     *
     * @param feature its place in {@link #names}
     */
    int[] factors(int feature) {
        return factors[feature];
    }

    /**
     * The places in {@link #names} of the features that are made of one column alone, for each column that has some. Products are
     * left out.
     */
    int[][] placesByColumn() {
        return IntStream.range(0, columns)
                .mapToObj(column -> IntStream.range(0, definitions.length)
                        .filter(i -> definitions[i] != null
                                && definitions[i].column().index() == column)
                        .toArray())
                .filter(places -> places.length > 0)
                .toArray(int[][]::new);
    }

    /** Works out the products of a vector whose other features are set. */
    void multiply(double[] vector) {
        for (int i = 0; i < vector.length; i++) {
            if (factors[i] != null) {
                vector[i] = vector[factors[i][0]] * vector[factors[i][1]];
            }
        }
    }

    /**
     * The customer as Tribuo takes it: without the features that are 0. Since it takes no example that is empty, the first number
     * is there with its 0 where a customer has no feature at all.
     *
     * @param label the known outcome, or Tribuo's unknown label when it is to be predicted
     */
    public Example<Label> of(Customer customer, Label label) {
        return of(vector(customer), label);
    }

    /** As {@link #of(Customer, Label)}, of a customer as {@link #vector} gives it. */
    Example<Label> of(double[] vector, Label label) {
        String[] present = new String[names.length];
        double[] values = new double[names.length];
        int count = 0;
        for (int i = 0; i < names.length; i++) {
            if (vector[i] != 0) {
                present[count] = names[i];
                values[count++] = vector[i];
            }
        }
        if (count == 0) {
            present[count++] = names[standIn];
        }
        return new SortedExample(label, present, values, count);
    }

    /** The values of all features in the order of {@link #names}; 0 where the customer does not have one. */
    public double[] vector(Customer customer) {
        double[] values = new double[names.length];
        for (int i = 0; i < values.length; i++) {
            if (definitions[i] != null) {
                double value = definitions[i].of(customer);
                values[i] = Double.isNaN(value) ? 0 : value;
            }
        }
        multiply(values);
        return values;
    }

    /** Spares the sort of names that are sorted already, which would cost more than the prediction. */
    private static final class SortedExample extends ArrayExample<Label> {
        SortedExample(Label label, String[] names, double[] values, int count) {
            super(label, Arrays.copyOf(names, count), Arrays.copyOf(values, count));
        }

        @Override
        protected void sort() {}
    }
}
