package io.github.telcochurn.scoring;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.github.telcochurn.customer.Customer;
import io.github.telcochurn.customer.CustomerSchema;
import io.github.telcochurn.customer.Field;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What predictions about customers whose outcome is known show beyond {@link PredictionQuality}: all that the charts and tables of a
 * card are drawn from.
 *
 * @param threshold at and above which a probability predicts churn, 0 to 1
 * @param confusion at the threshold
 * @param curve whom a list of the most likely customers reaches, from nobody to all of them, in about a hundred steps
 * @param calibration of ten bins of equally many customers, the lowest probabilities first
 * @param slices of the columns that the schema marks with {@code slice: true}
 * @param limits what the figures do not say, in sentences
 */
public record CardFigures(
        double threshold,
        Confusion confusion,
        List<Point> curve,
        List<Bin> calibration,
        List<Slice> slices,
        List<String> limits) {
    private static final int STEPS = 100;
    private static final int BINS = 10;
    private static final double DIGITS = 1e5;

    /**
     * The most likely customers, down to a probability; in JSON an array of the three. ROC, precision-recall and gain curves are all
     * made of such points.
     *
     * @param from the smallest probability among them, 0 to 1
     * @param customers how many they are
     * @param left how many of them left
     */
    @JsonFormat(shape = JsonFormat.Shape.ARRAY)
    @JsonPropertyOrder({"from", "customers", "left"})
    public record Point(double from, int customers, int left) {}

    /**
     * Customers with similar probabilities.
     *
     * @param meanPredicted the mean of their probabilities
     * @param observedShare the share that left
     */
    public record Bin(
            int customers,
            @JsonProperty("mean_predicted") double meanPredicted,
            @JsonProperty("observed_share") double observedShare) {}

    /**
     * Evaluates.
     *
     * @param customers all with a known outcome
     * @param probabilities of churn, of each
     * @param threshold at and above which a probability predicts churn
     * @return without limits
     */
    public static CardFigures of(
            CustomerSchema schema, List<Customer> customers, double[] probabilities, double threshold) {
        double[] outcomes = customers.stream()
                .mapToDouble(customer -> customer.outcome().indicator())
                .toArray();
        int[] ranked = IntStream.range(0, probabilities.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> -probabilities[i]))
                .mapToInt(Integer::intValue)
                .toArray();
        return new CardFigures(
                threshold,
                Confusion.of(i -> probabilities[i] >= threshold, outcomes),
                curve(ranked, probabilities, outcomes),
                calibration(ranked, probabilities, outcomes),
                schema.fields().stream()
                        .filter(Field::isSlice)
                        .map(field -> Slice.of(field, customers, probabilities, outcomes, threshold))
                        .toList(),
                List.of());
    }

    /** The same with what its figures do not say. */
    public CardFigures with(List<String> knownLimits) {
        return new CardFigures(threshold, confusion, curve, calibration, slices, knownLimits);
    }

    private static List<Point> curve(int[] ranked, double[] probabilities, double[] outcomes) {
        List<Point> curve = new ArrayList<>(List.of(new Point(1, 0, 0)));
        int left = 0;
        int step = 1;
        for (int i = 0; i < ranked.length; i++) {
            left += (int) outcomes[ranked[i]];
            int reached = i + 1;
            // No threshold comes between customers of the same probability.
            boolean isTied = reached < ranked.length && probabilities[ranked[reached]] == probabilities[ranked[i]];
            if (!isTied && (long) reached * STEPS >= (long) step * ranked.length) {
                curve.add(new Point(rounded(probabilities[ranked[i]]), reached, left));
                step = (int) ((long) reached * STEPS / ranked.length) + 1;
            }
        }
        return List.copyOf(curve);
    }

    private static List<Bin> calibration(int[] ranked, double[] probabilities, double[] outcomes) {
        List<Bin> bins = new ArrayList<>();
        for (int bin = BINS - 1; bin >= 0; bin--) {
            int from = (int) ((long) bin * ranked.length / BINS);
            int to = (int) ((long) (bin + 1) * ranked.length / BINS);
            double predicted = 0;
            double left = 0;
            for (int i = from; i < to; i++) {
                predicted += probabilities[ranked[i]];
                left += outcomes[ranked[i]];
            }
            if (to > from) {
                bins.add(new Bin(to - from, rounded(predicted / (to - from)), rounded(left / (to - from))));
            }
        }
        return List.copyOf(bins);
    }

    /** To as many digits as a reader of a card can use. */
    static double rounded(double number) {
        return Math.rint(number * DIGITS) / DIGITS;
    }
}
