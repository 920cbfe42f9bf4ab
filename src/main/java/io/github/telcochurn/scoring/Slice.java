package io.github.telcochurn.scoring;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.github.telcochurn.customer.Customer;
import io.github.telcochurn.customer.Field;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How good a model is for each kind of customer.
 *
 * @param column the name of the column that makes the kinds
 * @param title what people call it
 * @param groups one for each value that occurs, in the schema's order
 * @param equalOpportunity null when fewer than two groups have enough customers who left
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Slice(
        String column,
        String title,
        List<Group> groups,
        @JsonProperty("equal_opportunity") EqualOpportunity equalOpportunity) {
    /** With fewer customers who left, a share of them says nothing. */
    static final int FEWEST_LEFT = 20;

    private static final String NO_VALUE = "no value";
    /**
     * The customers with one value of the column.
     *
     * @param words what people call the value
     * @param left how many of the customers left
     * @param auc null when nobody left or nobody stayed
     * @param meanProbability the mean predicted probability of churn
     * @param byChance how far the share that left is from the mean probability in 95 of 100 cases, when all probabilities are right
     * @param truePositiveRate the share of those who left who were predicted to leave; null when fewer than 20 left
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Group(
            String value,
            String words,
            int customers,
            int left,
            Double auc,
            double brier,
            @JsonProperty("mean_probability") double meanProbability,
            @JsonProperty("by_chance") double byChance,
            @JsonProperty("true_positive_rate") Double truePositiveRate) {
        /** Whether the probabilities are wrong, on average, by more than chance explains. */
        @JsonIgnore
        public boolean isOff() {
            return Math.abs(meanProbability - (double) left / customers) > byChance;
        }
    }

    /**
     * The difference of the true-positive rates of two groups, 0 when those who will leave have the same chance to be found whichever
     * group they are in (Hardt, Price and Srebro, Equality of opportunity in supervised learning, 2016).
     *
     * @param highest the group with the highest rate, by its value
     * @param lowest the group with the lowest rate, by its value
     * @param difference of their rates, 0 to 1
     * @param from with {@code to} its interval of 95 %, by the normal approximation
     */
    public record EqualOpportunity(String highest, String lowest, double difference, double from, double to) {}

    static Slice of(
            Field field, List<Customer> customers, double[] probabilities, double[] outcomes, double threshold) {
        List<Group> groups = new ArrayList<>();
        for (int value = 0; value <= field.values().size(); value++) {
            int wanted = value;
            boolean isBlank = value == field.values().size();
            int[] members = IntStream.range(0, customers.size())
                    .filter(i -> isBlank
                            ? !customers.get(i).has(field)
                            : customers.get(i).number(field) == wanted)
                    .toArray();
            if (members.length > 0) {
                String name = isBlank ? NO_VALUE : field.values().get(value);
                groups.add(group(
                        name,
                        field.words().getOrDefault(name, name),
                        pick(probabilities, members),
                        pick(outcomes, members),
                        threshold));
            }
        }
        return new Slice(field.name(), field.title(), List.copyOf(groups), equalOpportunity(groups));
    }

    private static double[] pick(double[] values, int[] places) {
        return Arrays.stream(places).mapToDouble(place -> values[place]).toArray();
    }

    private static Group group(
            String value, String words, double[] probabilities, double[] outcomes, double threshold) {
        PredictionQuality quality = PredictionQuality.of(probabilities, outcomes, threshold);
        int left = (int) Arrays.stream(outcomes).sum();
        double variance = Arrays.stream(probabilities).map(p -> p * (1 - p)).sum();
        return new Group(
                value,
                words,
                outcomes.length,
                left,
                Double.isNaN(quality.auc()) ? null : CardFigures.rounded(quality.auc()),
                CardFigures.rounded(quality.brier()),
                CardFigures.rounded(Arrays.stream(probabilities).average().orElseThrow()),
                CardFigures.rounded(QualityIntervals.WITHIN * Math.sqrt(variance) / outcomes.length),
                left < FEWEST_LEFT ? null : CardFigures.rounded(quality.recall()));
    }

    private static EqualOpportunity equalOpportunity(List<Group> groups) {
        List<Group> ranked = groups.stream()
                .filter(group -> group.truePositiveRate() != null)
                .sorted(Comparator.comparing(Group::truePositiveRate))
                .toList();
        if (ranked.size() < 2) {
            return null;
        }
        Group lowest = ranked.get(0);
        Group highest = ranked.get(ranked.size() - 1);
        double difference = highest.truePositiveRate() - lowest.truePositiveRate();
        double half = QualityIntervals.WITHIN * Math.sqrt(variance(highest) + variance(lowest));
        return new EqualOpportunity(
                highest.value(),
                lowest.value(),
                CardFigures.rounded(difference),
                CardFigures.rounded(Math.max(0, difference - half)),
                CardFigures.rounded(Math.min(1, difference + half)));
    }

    private static double variance(Group group) {
        return group.truePositiveRate() * (1 - group.truePositiveRate()) / group.left();
    }
}
