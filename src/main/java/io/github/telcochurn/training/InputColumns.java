package io.github.telcochurn.training;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.telcochurn.ChurnFailure;
import io.github.telcochurn.customer.Customer;
import io.github.telcochurn.customer.CustomerSchema;
import io.github.telcochurn.customer.Field;
import io.github.telcochurn.customer.Numbers;
import io.github.telcochurn.customer.Outcome;
import io.github.telcochurn.scoring.CustomerFeatures;
import io.github.telcochurn.scoring.Feature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What a model of another library sees of a customer: a row of numbers, one for each feature, in their order.
 *
 * @param schema of the customers
 * @param features in the order of the columns
 */
public record InputColumns(CustomerSchema schema, List<Feature> features) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * The columns that models get unless something else is asked for, in the order of the schema: for a category 0 or 1 for each of its
     * values, for numbers and flags the value itself, and beside a column that may be blank 1 for a blank. A blank number is 0.
     */
    public static InputColumns of(CustomerSchema schema) {
        List<Feature> features = new ArrayList<>();
        for (Field column : schema.fields()) {
            if (!column.isFeature()) {
                continue;
            }
            if (column.isCategory()) {
                column.categories().forEach(category -> features.add(Feature.category(column, category)));
            } else {
                features.add(Feature.number(column, 1));
            }
            if (column.blank().always() || column.blank().column() != null) {
                features.add(Feature.blank(column));
            }
        }
        return new InputColumns(schema, List.copyOf(features));
    }

    /**
     * Reads the columns from a JSON file: an array of features, as {@code models features --json} prints it.
     *
     * @throws ChurnFailure when it is no such file, or a feature is not of the schema
     */
    public static InputColumns read(Path file, CustomerSchema schema) {
        List<Feature> features;
        try {
            features = List.of(JSON.readValue(Files.readAllBytes(file), Feature[].class));
        } catch (JacksonException e) {
            throw unusable(file, "it is no array of features: " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new ChurnFailure("The features cannot be read: " + ChurnFailure.reason(e) + ".", e);
        } catch (NullPointerException e) {
            throw unusable(file, "it is no array of features: one of them is null", e);
        }
        requireNames(file, features);
        try {
            return new InputColumns(schema, new CustomerFeatures(schema, features).size() == 0 ? List.of() : features);
        } catch (IllegalArgumentException e) {
            throw unusable(file, e.getMessage(), e);
        }
    }

    private static void requireNames(Path file, List<Feature> features) {
        if (features.isEmpty()) {
            throw unusable(file, "it has no features", null);
        }
        if (features.stream().anyMatch(feature -> feature.name() == null || feature.kind() == null)) {
            throw unusable(file, "a feature lacks its name or its kind", null);
        }
        String twice =
                features.stream()
                        .collect(Collectors.groupingBy(Feature::name, Collectors.counting()))
                        .entrySet()
                        .stream()
                        .filter(name -> name.getValue() > 1)
                        .map(name -> name.getKey())
                        .sorted()
                        .collect(Collectors.joining(", "));
        if (!twice.isEmpty()) {
            throw unusable(file, "these names occur twice: " + twice, null);
        }
    }

    private static ChurnFailure unusable(Path file, String why, Exception cause) {
        return new ChurnFailure(
                "The features of " + file + " cannot be used: " + why
                        + ". ./churn models features --json prints how they are written.",
                cause);
    }

    /** Their names. */
    public List<String> names() {
        return features.stream().map(Feature::name).toList();
    }

    /** Writes customers as rows of a table. */
    public Rows rows() {
        CustomerFeatures compiled = new CustomerFeatures(schema, features);
        int[] places = features.stream()
                .mapToInt(feature -> compiled.names().indexOf(feature.name()))
                .toArray();
        return new Rows(this, compiled, places);
    }

    /** The table for training such a model elsewhere: an id, the features, and the label as 1, 0 or blank. */
    public static final class Rows {
        private final InputColumns columns;
        private final CustomerFeatures compiled;
        private final int[] places;

        private Rows(InputColumns columns, CustomerFeatures compiled, int[] places) {
            this.columns = columns;
            this.compiled = compiled;
            this.places = places;
        }

        /** Its first row. */
        public List<String> header() {
            List<String> header = new ArrayList<>(List.of(columns.schema().idName()));
            header.addAll(columns.names());
            if (columns.schema().label() != null) {
                header.add(columns.schema().label().column());
            }
            return header;
        }

        /** The row of a customer. */
        public List<String> row(Customer customer) {
            double[] vector = compiled.vector(customer);
            List<String> row = new ArrayList<>(List.of(customer.customerId()));
            for (int place : places) {
                row.add(Numbers.plain(vector[place]));
            }
            if (columns.schema().label() != null) {
                row.add(customer.outcome().isKnown() ? customer.outcome() == Outcome.CHURNED ? "1" : "0" : "");
            }
            return row;
        }
    }
}
