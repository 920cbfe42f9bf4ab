package io.github.telcochurn.batch.figures;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.github.telcochurn.customer.Field;
import io.github.telcochurn.customer.Numbers;
import io.github.telcochurn.customer.Outcome;
import io.github.telcochurn.customer.ReportColumns.Breakdown;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Churn of some of the customers, such as those with one category.
 *
 * @param meanProbability of churn, 0 to 1
 * @param predictedShare of the customers, 0 to 1, whose prediction is Yes
 * @param observedShare of the customers with a label, 0 to 1, who left; null without labels
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Segment(
        String name, long customers, double meanProbability, double predictedShare, Double observedShare) {
    private static final String UNKNOWN = "unknown";

    /** The segments of a breakdown that have customers, in the order of its values; the unknown ones last. */
    static List<Segment> of(List<ScoredCustomer> customers, Breakdown breakdown, ReportedColumns columns) {
        List<String> names = names(breakdown);
        Sums[] sums = Stream.generate(Sums::new).limit(names.size() + 1L).toArray(Sums[]::new);
        for (ScoredCustomer customer : customers) {
            double value = columns.value(customer.profile(), breakdown.column());
            sums[Double.isNaN(value) ? names.size() : segment(breakdown, value)].add(customer);
        }
        List<Segment> segments = new ArrayList<>();
        for (int i = 0; i < sums.length; i++) {
            if (sums[i].customers > 0) {
                segments.add(sums[i].segment(i < names.size() ? names.get(i) : UNKNOWN));
            }
        }
        return segments;
    }

    private static int segment(Breakdown breakdown, double value) {
        if (!breakdown.column().isNumber()) {
            return (int) value;
        }
        int band = 0;
        while (band < breakdown.bounds().size() && value > breakdown.bounds().get(band)) {
            band++;
        }
        return band;
    }

    private static List<String> names(Breakdown breakdown) {
        Field column = breakdown.column();
        if (column.isCategory()) {
            return column.categories();
        }
        if (!column.isNumber()) {
            return column.values().stream()
                    .map(value -> column.words().getOrDefault(value, value))
                    .toList();
        }
        List<String> names = new ArrayList<>();
        for (int band = 0; band <= breakdown.bounds().size(); band++) {
            names.add(bandName(column, breakdown.bounds(), band));
        }
        return names;
    }

    /** Whole numbers have a first and a last one in each band; of others, a band's end belongs to it and its start does not. */
    private static String bandName(Field column, List<Double> bounds, int band) {
        boolean isWhole = column.kind() == Field.Kind.INTEGER;
        boolean isLast = band == bounds.size();
        if (bounds.isEmpty()) {
            return "all";
        }
        if (isLast) {
            double last = bounds.get(band - 1);
            return isWhole ? Numbers.plain(last + 1) + "+" : "over " + Numbers.plain(last);
        }
        String to = Numbers.plain(bounds.get(band));
        if (band > 0) {
            double before = bounds.get(band - 1);
            return Numbers.plain(isWhole ? before + 1 : before) + "–" + to;
        }
        return isWhole && Double.isFinite(column.min()) ? Numbers.plain(column.min()) + "–" + to : "up to " + to;
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
            Outcome outcome = customer.profile().outcome();
            labelled += outcome.isKnown() ? 1 : 0;
            churned += outcome == Outcome.CHURNED ? 1 : 0;
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
