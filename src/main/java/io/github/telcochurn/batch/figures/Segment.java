package io.github.telcochurn.batch.figures;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.github.telcochurn.customer.Column;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Churn of some of the customers, such as those with one contract.
 *
 * @param meanProbability of churn, 0 to 1
 * @param predictedShare of the customers, 0 to 1, whose prediction is Yes
 * @param observedShare of the customers with a label, 0 to 1, who left; null without labels
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Segment(
        String name, long customers, double meanProbability, double predictedShare, Double observedShare) {
    private static final String UNKNOWN = "unknown";

    /** By contract, in the order of the column's categories. */
    static List<Segment> byContract(List<ScoredCustomer> customers) {
        return of(customers, Column.CONTRACT.categories(), customer -> customer.profile()
                .contract());
    }

    /** By tenure, in bands of a year or more. */
    static List<Segment> byTenure(List<ScoredCustomer> customers) {
        return of(
                customers,
                List.of("0–12", "13–24", "25–48", "49–72", "73+"),
                customer -> tenureBand(customer.profile().tenureMonths()));
    }

    private static String tenureBand(Long months) {
        if (months == null) {
            return null;
        }
        if (months <= 12) {
            return "0–12";
        }
        if (months <= 24) {
            return "13–24";
        }
        if (months <= 48) {
            return "25–48";
        }
        return months <= 72 ? "49–72" : "73+";
    }

    /** Those that have customers; the unknown ones last. */
    private static List<Segment> of(
            List<ScoredCustomer> customers, List<String> names, Function<ScoredCustomer, String> nameOf) {
        Map<String, Sums> sums = new LinkedHashMap<>();
        names.forEach(name -> sums.put(name, new Sums()));
        sums.put(UNKNOWN, new Sums());
        for (ScoredCustomer customer : customers) {
            String name = nameOf.apply(customer);
            sums.get(name == null ? UNKNOWN : name).add(customer);
        }
        return sums.entrySet().stream()
                .filter(sum -> sum.getValue().customers > 0)
                .map(sum -> sum.getValue().segment(sum.getKey()))
                .toList();
    }

    private static final class Sums {
        private long customers;
        private double probability;
        private long predicted;
        private long labelled;
        private long churned;

        void add(ScoredCustomer customer) {
            customers++;
            probability += customer.probability();
            predicted += customer.predictedYes() ? 1 : 0;
            Boolean label = customer.profile().churned();
            labelled += label == null ? 0 : 1;
            churned += label != null && label ? 1 : 0;
        }

        Segment segment(String name) {
            return new Segment(
                    name,
                    customers,
                    probability / customers,
                    (double) predicted / customers,
                    labelled == 0 ? null : Double.valueOf((double) churned / labelled));
        }
    }
}
