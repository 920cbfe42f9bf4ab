package io.github.telcochurn.batch.figures;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.github.telcochurn.customer.Field;
import io.github.telcochurn.customer.Wording;
import io.github.telcochurn.scoring.RiskTier;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Who the customers of a run are, and how likely they are to leave. One whose id is in several rows counts once, by its last row.
 *
 * @param distinctCustomers with a prediction
 * @param alreadyLeft those of them whose label says so
 * @param highRisk customers in the tier High who have not left already
 * @param revenueAtRisk what these pay, to two decimals; null where no column says so
 * @param revenueUnit of that column, such as {@code $}; null where there is no such column
 * @param tiers all customers by the label of their tier, High first
 * @param probabilityHistogram ten bins
 * @param breakdowns of churn by a column's values
 * @param shownColumns the columns shown of each {@link TopCustomer}
 * @param topCustomers at most twenty who have not left already, highest risk first
 * @param columns whose values are in the profiles
 * @param all customers, highest risk first
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record CustomerFigures(
        long distinctCustomers,
        long alreadyLeft,
        long highRisk,
        Double revenueAtRisk,
        String revenueUnit,
        Map<String, Long> tiers,
        List<HistogramBin> probabilityHistogram,
        List<BreakdownFigures> breakdowns,
        List<ShownColumn> shownColumns,
        List<TopCustomer> topCustomers,
        @JsonIgnore ReportedColumns columns,
        @JsonIgnore List<ScoredCustomer> all) {

    private static final int TOP_CUSTOMERS = 20;

    /**
     * A column of the call list.
     *
     * @param isNumber whether its values are numbers
     */
    record ShownColumn(String column, String title, boolean isNumber) {}

    /**
     * A customer to call.
     *
     * @param values of the shown columns by their names, as the raw message has them; unknown ones are left out
     * @param shown the same in words, in their order; {@code –} where unknown
     * @param reasons in words, strongest first; empty where the prediction has none
     */
    record TopCustomer(
            String id,
            double churnProbability,
            String riskTier,
            Map<String, Object> values,
            List<String> shown,
            List<String> reasons) {

        static TopCustomer of(ScoredCustomer customer, ReportedColumns columns) {
            Map<String, Object> values = new LinkedHashMap<>();
            List<String> shown = new ArrayList<>();
            for (Field column : columns.shown()) {
                double value = columns.value(customer.profile(), column);
                if (!Double.isNaN(value)) {
                    values.put(column.name(), columns.raw(customer.profile(), column));
                }
                shown.add(inWords(column, value));
            }
            return new TopCustomer(
                    customer.customerId(),
                    customer.probability(),
                    customer.tier().label(),
                    values,
                    shown,
                    customer.reasons());
        }

        private static String inWords(Field column, double value) {
            if (Double.isNaN(value)) {
                return "–";
            }
            if (column.isNumber()) {
                return new Wording(column).amount(value);
            }
            String category = column.values().get((int) value);
            return column.isCategory() ? category : column.words().getOrDefault(category, category);
        }
    }

    /**
     * Counts customers.
     *
     * @param customers each once, highest risk first
     */
    public static CustomerFigures of(List<ScoredCustomer> customers, ReportedColumns columns) {
        List<ScoredCustomer> toKeep =
                customers.stream().filter(customer -> !customer.hasLeft()).toList();
        List<ScoredCustomer> atRisk = toKeep.stream()
                .filter(customer -> customer.tier() == RiskTier.HIGH)
                .toList();
        return new CustomerFigures(
                customers.size(),
                customers.size() - toKeep.size(),
                atRisk.size(),
                columns.revenue() == null ? null : Double.valueOf(revenue(atRisk, columns)),
                columns.revenue() == null ? null : columns.revenue().unit(),
                tiers(customers),
                HistogramBin.histogram(customers),
                columns.breakdowns().stream()
                        .map(breakdown -> BreakdownFigures.of(customers, breakdown, columns))
                        .toList(),
                columns.shown().stream()
                        .map(column -> new ShownColumn(column.name(), column.title(), column.isNumber()))
                        .toList(),
                toKeep.stream()
                        .limit(TOP_CUSTOMERS)
                        .map(customer -> TopCustomer.of(customer, columns))
                        .toList(),
                columns,
                customers);
    }

    private static Map<String, Long> tiers(List<ScoredCustomer> customers) {
        Map<String, Long> counts = new LinkedHashMap<>();
        Stream.of(RiskTier.HIGH, RiskTier.MEDIUM, RiskTier.LOW).forEach(tier -> counts.put(tier.label(), 0L));
        customers.forEach(customer -> counts.merge(customer.tier().label(), 1L, Long::sum));
        return counts;
    }

    private static double revenue(List<ScoredCustomer> customers, ReportedColumns columns) {
        double sum = customers.stream()
                .mapToDouble(customer -> columns.value(customer.profile(), columns.revenue()))
                .filter(Double::isFinite)
                .sum();
        return BigDecimal.valueOf(sum).setScale(2, RoundingMode.HALF_UP).doubleValue();
    }
}
