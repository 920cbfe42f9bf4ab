package io.github.telcochurn.batch.figures;

import io.github.telcochurn.config.ChurnConfig;
import io.github.telcochurn.scoring.RiskTier;
import io.github.telcochurn.value.Call;
import io.github.telcochurn.value.CallTerms;
import io.github.telcochurn.value.ControlGroup;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Whom to call, the best call first: the customers who have not left already and whose call is expected to bring more than it
 * costs. Where no column says what customers pay, these are those at high risk, the highest risk first.
 *
 * @param terms what a call costs and brings; null where no column says what customers pay
 * @param control the customers who must not be called, whatever the call would bring
 * @param ranked all who would be called if there was no control group
 * @param reachable those who have not left already, as far as it is known what they pay, without the control group
 * @param withoutRevenue how many have not left already, but it is not known what they pay
 */
public record CallList(
        CallTerms terms, ControlGroup control, List<Ranked> ranked, List<Call> reachable, long withoutRevenue) {

    /**
     * A customer on the list.
     *
     * @param rank from 1, together with the control group
     * @param expectedValue of the call, above 0; NaN where no column says what customers pay
     * @param monthlyRevenue that the customer pays; NaN where no column says so
     * @param isControl whether the customer must not be called
     * @param reasons in words that speak for the call, strongest first; empty where there are none
     */
    public record Ranked(
            int rank,
            ScoredCustomer customer,
            double expectedValue,
            double monthlyRevenue,
            boolean isControl,
            List<String> reasons) {
        Call call() {
            return new Call(customer.probability(), monthlyRevenue);
        }

        private Ranked at(int place) {
            return new Ranked(place, customer, expectedValue, monthlyRevenue, isControl, reasons);
        }

        private Ranked because(List<String> better) {
            return better == null ? this : new Ranked(rank, customer, expectedValue, monthlyRevenue, isControl, better);
        }
    }

    /** The highest value first; equal ones by risk and then id, so that equal runs give equal lists. */
    private static final Comparator<Ranked> BEST_FIRST = Comparator.comparingDouble(Ranked::expectedValue)
            .reversed()
            .thenComparing(Ranked::customer, ScoredCustomer.HIGHEST_RISK_FIRST);

    /**
     * Ranks customers.
     *
     * @param customers each once, highest risk first
     */
    static CallList of(List<ScoredCustomer> customers, ReportedColumns columns, ChurnConfig.Value config) {
        CallTerms terms = columns.revenue() == null ? null : CallTerms.of(config);
        ControlGroup control = new ControlGroup(config.controlPercent());
        List<Ranked> worth = new ArrayList<>();
        List<Call> reachable = new ArrayList<>();
        long withoutRevenue = 0;
        for (ScoredCustomer customer : customers) {
            if (customer.hasLeft()) {
                continue;
            }
            double revenue = terms == null ? Double.NaN : columns.value(customer.profile(), columns.revenue());
            if (terms != null && Double.isNaN(revenue)) {
                withoutRevenue++;
                continue;
            }
            boolean isControl = control.contains(customer.customerId());
            double value = terms == null ? Double.NaN : terms.expectedValue(customer.probability(), revenue);
            Ranked ranked = new Ranked(0, customer, value, revenue, isControl, customer.reasons());
            if (terms != null && !isControl) {
                reachable.add(ranked.call());
            }
            if (terms == null ? customer.tier() == RiskTier.HIGH : value > 0) {
                worth.add(ranked);
            }
        }
        worth.sort(BEST_FIRST);
        worth.replaceAll(new Counting()::next);
        return new CallList(terms, control, worth, reachable, withoutRevenue);
    }

    private static final class Counting {
        private int last;

        Ranked next(Ranked ranked) {
            last++;
            return ranked.at(last);
        }
    }

    /** The rows of the input file that the customers on the list come from. */
    Set<Long> rows() {
        Set<Long> rows = new HashSet<>();
        ranked.forEach(each -> rows.add(each.customer().row()));
        return rows;
    }

    /**
     * With other reasons than those of the predictions.
     *
     * @param byRow of the input file; those of the prediction stay where a row is not there
     */
    CallList withReasons(Map<Long, List<String>> byRow) {
        List<Ranked> changed = new ArrayList<>(ranked);
        changed.replaceAll(each -> each.because(byRow.get(each.customer().row())));
        return new CallList(terms, control, changed, reachable, withoutRevenue);
    }

    /** The customers to call. */
    public List<Ranked> calls() {
        return ranked.stream().filter(each -> !each.isControl()).toList();
    }

    /** The customers who would be called, and must not be. */
    public List<Ranked> controlGroup() {
        return ranked.stream().filter(Ranked::isControl).toList();
    }
}
