package io.github.telcochurn.batch.figures;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.github.telcochurn.scoring.RiskTier;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Who is at high risk now and was not in an earlier run, and the other way round. Customers who have left already are at no risk.
 *
 * @param since the earlier run
 * @param highRiskBefore customers at high risk then
 * @param revenueAtRiskBefore what these paid; null where no column says so
 * @param newAtHighRisk customers at high risk now who were not then
 * @param newRevenueAtRisk what these pay; null where no column says so
 * @param lowerRisk customers at high risk then whose risk is lower now
 * @param left customers at high risk then who have left by now, as their label says
 * @param notScored customers at high risk then of whom there is no prediction now
 * @param newCustomers the first of the new ones, highest risk first, at most ten
 * @param newOnList the ids of those new ones who are among the first of the call list, highest risk first
 * @param formerCustomers the first of those who are no longer at high risk, by their ids, at most ten
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RiskChange(
        String since,
        long highRiskBefore,
        Double revenueAtRiskBefore,
        long newAtHighRisk,
        Double newRevenueAtRisk,
        long lowerRisk,
        long left,
        long notScored,
        List<NewCustomer> newCustomers,
        List<String> newOnList,
        List<FormerCustomer> formerCustomers) {
    private static final int SHOWN = 10;
    /** Of those at high risk then, how many must be in this run; else it is of other customers. */
    private static final double SAME_CUSTOMERS = 0.5;

    /**
     * The earlier run.
     *
     * @param runId which one it was
     * @param revenueAtRisk null where no column said what customers pay
     * @param highRisk the ids of the customers at high risk, without blanks around them
     */
    public record Earlier(String runId, Double revenueAtRisk, Set<String> highRisk) {}

    /** Somebody who is at high risk now. */
    record NewCustomer(String id, double churnProbability) {}

    /** What became of somebody who was at high risk. */
    enum Now {
        LOWER_RISK,
        LEFT,
        NOT_SCORED
    }

    /**
     * Somebody who is at high risk no longer.
     *
     * @param churnProbability that the customer leaves, 0 to 1; null where there is no prediction
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record FormerCustomer(String id, Now now, Double churnProbability) {}

    /**
     * Compares two runs.
     *
     * @param customers of the later one, each once, highest risk first
     * @param listed the ids of the first of the call list
     * @return null where the earlier run was of other customers
     */
    static RiskChange since(
            Earlier earlier, List<ScoredCustomer> customers, ReportedColumns columns, Set<String> listed) {
        List<ScoredCustomer> newOnes = new ArrayList<>();
        Map<String, ScoredCustomer> formerOnes = new HashMap<>();
        long known = 0;
        for (ScoredCustomer customer : customers) {
            boolean wasHigh = earlier.highRisk().contains(customer.customerId().strip());
            boolean isHigh = isHigh(customer);
            known += wasHigh ? 1 : 0;
            if (isHigh && !wasHigh) {
                newOnes.add(customer);
            } else if (wasHigh && !isHigh) {
                formerOnes.put(customer.customerId().strip(), customer);
            }
        }
        if (known < SAME_CUSTOMERS * earlier.highRisk().size()) {
            return null;
        }
        long left = formerOnes.values().stream().filter(ScoredCustomer::hasLeft).count();
        return new RiskChange(
                earlier.runId(),
                earlier.highRisk().size(),
                earlier.revenueAtRisk(),
                newOnes.size(),
                columns.revenue() == null ? null : Double.valueOf(CustomerFigures.revenue(newOnes, columns)),
                formerOnes.size() - left,
                left,
                earlier.highRisk().size() - known,
                newOnes.stream()
                        .limit(SHOWN)
                        .map(customer -> new NewCustomer(customer.customerId(), customer.probability()))
                        .toList(),
                newOnes.stream()
                        .map(ScoredCustomer::customerId)
                        .filter(listed::contains)
                        .toList(),
                formerCustomers(earlier, customers, formerOnes));
    }

    static boolean isHigh(ScoredCustomer customer) {
        return customer.tier() == RiskTier.HIGH && !customer.hasLeft();
    }

    private static List<FormerCustomer> formerCustomers(
            Earlier earlier, List<ScoredCustomer> customers, Map<String, ScoredCustomer> formerOnes) {
        Set<String> gone = new TreeSet<>(earlier.highRisk());
        customers.stream()
                .map(customer -> customer.customerId().strip())
                .filter(id -> !formerOnes.containsKey(id))
                .forEach(gone::remove);
        return gone.stream()
                .limit(SHOWN)
                .map(id -> former(id, formerOnes.get(id)))
                .toList();
    }

    private static FormerCustomer former(String id, ScoredCustomer customer) {
        if (customer == null) {
            return new FormerCustomer(id, Now.NOT_SCORED, null);
        }
        return new FormerCustomer(id, customer.hasLeft() ? Now.LEFT : Now.LOWER_RISK, customer.probability());
    }
}
