package io.github.telcochurn.scoring;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.github.telcochurn.customer.Field;
import java.util.List;

/**
 * One number that a model sees of a customer, as its card has it.
 *
 * @param name as the model knows it; no two features of a model share one
 * @param column that it is made of; null for {@link Kind#PRODUCT}
 * @param kind how it is made
 * @param category of {@link Kind#CATEGORY}, else null
 * @param scale of {@link Kind#NUMBER} and {@link Kind#LOG}, above 0; else null
 * @param factors of {@link Kind#PRODUCT}, the names of two other features of the model; else null
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Feature(String name, String column, Kind kind, String category, Double scale, List<String> factors) {
    /** How a column's value becomes the feature's. */
    public enum Kind {
        /** 1 where the column has that category. */
        @JsonProperty("category")
        CATEGORY,
        /** The number divided by the scale. */
        @JsonProperty("number")
        NUMBER,
        /** ln(1 + number) divided by ln(1 + scale); 0 for numbers below 0. */
        @JsonProperty("log")
        LOG,
        /** 1 where the column is blank. */
        @JsonProperty("blank")
        BLANK,
        /** Two other features, multiplied: what one says depends on the other. */
        @JsonProperty("product")
        PRODUCT
    }

    /** 1 where a column has a category. */
    public static Feature category(Field column, String category) {
        return new Feature(column.name() + "=" + category, column.name(), Kind.CATEGORY, category, null, null);
    }

    /** A number, or a flag at scale 1. */
    public static Feature number(Field column, double scale) {
        return new Feature(column.name(), column.name(), Kind.NUMBER, null, scale, null);
    }

    /** The logarithm of a number. */
    public static Feature log(Field column, double scale) {
        return new Feature("log(1+" + column.name() + ")", column.name(), Kind.LOG, null, scale, null);
    }

    /** 1 where a column is blank. */
    public static Feature blank(Field column) {
        return new Feature(column.name() + " is blank", column.name(), Kind.BLANK, null, null, null);
    }

    /** Two features that act together. */
    public static Feature product(Feature one, Feature other) {
        return new Feature(
                one.name() + " * " + other.name(), null, Kind.PRODUCT, null, null, List.of(one.name(), other.name()));
    }
}
