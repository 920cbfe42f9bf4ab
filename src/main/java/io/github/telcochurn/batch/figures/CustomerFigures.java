package io.github.telcochurn.batch.figures;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.github.telcochurn.scoring.RiskTier;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
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
 * @param calls how many calls pay, and what they are expected to bring
 * @param topCustomers the first of the call list, at most twenty, the control group among them
 * @param commonReasons what nearly all of these have in common, the most frequent first
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
        CallFigures calls,
        List<TopCustomer> topCustomers,
        List<ListedReasons.Common> commonReasons,
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
     * Counts customers.
     *
     * @param customers each once, highest risk first
     * @param calls whom of them to call
     */
    public static CustomerFigures of(List<ScoredCustomer> customers, ReportedColumns columns, CallList calls) {
        List<CallList.Ranked> top = calls.ranked().stream().limit(TOP_CUSTOMERS).toList();
        ListedReasons reasons =
                ListedReasons.of(top.stream().map(CallList.Ranked::reasons).toList());
        List<ScoredCustomer> toKeep =
                customers.stream().filter(customer -> !customer.hasLeft()).toList();
        List<ScoredCustomer> atRisk = toKeep.stream().filter(RiskChange::isHigh).toList();
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
                CallFigures.of(calls, columns),
                IntStream.range(0, top.size())
                        .mapToObj(i -> TopCustomer.of(
                                top.get(i), columns, reasons.own().get(i)))
                        .toList(),
                reasons.common(),
                columns,
                customers);
    }

    private static Map<String, Long> tiers(List<ScoredCustomer> customers) {
        Map<String, Long> counts = new LinkedHashMap<>();
        Stream.of(RiskTier.HIGH, RiskTier.MEDIUM, RiskTier.LOW).forEach(tier -> counts.put(tier.label(), 0L));
        customers.forEach(customer -> counts.merge(customer.tier().label(), 1L, Long::sum));
        return counts;
    }

    static double revenue(List<ScoredCustomer> customers, ReportedColumns columns) {
        double sum = customers.stream()
                .mapToDouble(customer -> columns.value(customer.profile(), columns.revenue()))
                .filter(Double::isFinite)
                .sum();
        return BigDecimal.valueOf(sum).setScale(2, RoundingMode.HALF_UP).doubleValue();
    }
}
