package io.github.telcochurn.batch.figures;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.github.telcochurn.scoring.RiskTier;
import java.math.BigDecimal;
import java.math.RoundingMode;
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
 * @param revenueAtRisk the sum of their MonthlyCharges, in dollars a month, to the cent
 * @param tiers all customers by the label of their tier, High first
 * @param probabilityHistogram ten bins
 * @param topCustomers at most twenty who have not left already, highest risk first
 * @param all of them, highest risk first
 */
public record CustomerFigures(
        long distinctCustomers,
        long alreadyLeft,
        long highRisk,
        double revenueAtRisk,
        Map<String, Long> tiers,
        List<HistogramBin> probabilityHistogram,
        List<Segment> churnByContract,
        List<Segment> churnByTenure,
        List<TopCustomer> topCustomers,
        @JsonIgnore List<ScoredCustomer> all) {

    private static final int TOP_CUSTOMERS = 20;

    /**
     * A customer to call.
     *
     * @param tenure months; null where unknown
     * @param monthlyCharges dollars; null where unknown
     * @param reasons in words, strongest first; empty where the prediction has none
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record TopCustomer(
            String customerId,
            double churnProbability,
            String riskTier,
            String contract,
            Long tenure,
            Double monthlyCharges,
            List<String> reasons) {

        static TopCustomer of(ScoredCustomer customer) {
            Profile profile = customer.profile();
            return new TopCustomer(
                    customer.customerId(),
                    customer.probability(),
                    customer.tier().label(),
                    profile.contract(),
                    profile.tenureMonths(),
                    profile.monthlyDollars(),
                    customer.reasons());
        }
    }

    /**
     * Counts customers.
     *
     * @param customers each once, highest risk first
     */
    public static CustomerFigures of(List<ScoredCustomer> customers) {
        List<ScoredCustomer> toKeep =
                customers.stream().filter(customer -> !customer.hasLeft()).toList();
        List<ScoredCustomer> atRisk = toKeep.stream()
                .filter(customer -> customer.tier() == RiskTier.HIGH)
                .toList();
        return new CustomerFigures(
                customers.size(),
                customers.size() - toKeep.size(),
                atRisk.size(),
                monthlyDollars(atRisk),
                tiers(customers),
                HistogramBin.histogram(customers),
                Segment.byContract(customers),
                Segment.byTenure(customers),
                toKeep.stream().limit(TOP_CUSTOMERS).map(TopCustomer::of).toList(),
                customers);
    }

    private static Map<String, Long> tiers(List<ScoredCustomer> customers) {
        Map<String, Long> counts = new LinkedHashMap<>();
        Stream.of(RiskTier.HIGH, RiskTier.MEDIUM, RiskTier.LOW).forEach(tier -> counts.put(tier.label(), 0L));
        customers.forEach(customer -> counts.merge(customer.tier().label(), 1L, Long::sum));
        return counts;
    }

    private static double monthlyDollars(List<ScoredCustomer> customers) {
        double sum = customers.stream()
                .mapToDouble(customer -> customer.profile().monthlyCharges())
                .filter(Double::isFinite)
                .sum();
        return BigDecimal.valueOf(sum).setScale(2, RoundingMode.HALF_UP).doubleValue();
    }
}
