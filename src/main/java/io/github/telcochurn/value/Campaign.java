package io.github.telcochurn.value;

import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * The customers of a campaign, divided into those whose outcomes can be compared and those who would distort the comparison.
 *
 * @param effect of the calls
 * @param monthlyRevenue that the compared customers who were called pay on average; NaN where it is not known
 * @param calledDespite in the control group and called all the same
 * @param notReached not called, and not in the control group: whoever cannot be reached may differ from those who can
 * @param beyondLastCall in the control group, but ranked below the last customer who was called
 * @param notListed not on the call list of the run
 */
public record Campaign(
        CampaignEffect effect,
        double monthlyRevenue,
        long calledDespite,
        long notReached,
        long beyondLastCall,
        long notListed) {

    /**
     * A customer of a call list.
     *
     * @param rank from 1, together with the control group
     * @param isControl whether the customer must not be called
     * @param monthlyRevenue that the customer pays; NaN where it is not known
     */
    public record Listed(int rank, boolean isControl, double monthlyRevenue) {}

    /**
     * Takes everybody who was not called for the control group, and leaves nobody out. Only where the customers who were not
     * called are a random part of all is the comparison a fair one.
     *
     * @param isControl whether a customer is in the control group that the call lists keep apart
     */
    public static Campaign of(List<CustomerOutcome> outcomes, Predicate<String> isControl) {
        Kept called = Kept.NOBODY;
        Kept others = Kept.NOBODY;
        long calledDespite = 0;
        long notReached = 0;
        for (CustomerOutcome outcome : outcomes) {
            boolean isMember = isControl.test(outcome.customerId());
            if (outcome.called()) {
                called = called.plus(outcome.left());
                calledDespite += isMember ? 1 : 0;
            } else {
                others = others.plus(outcome.left());
                notReached += isMember ? 0 : 1;
            }
        }
        return new Campaign(CampaignEffect.of(called, others), Double.NaN, calledDespite, notReached, 0, 0);
    }

    /**
     * Compares those of a call list who were called with those of its control group who were not. Everybody else is left out, and
     * counted.
     *
     * @param list the customers of the list by their ids, the control group among them
     */
    public static Campaign of(List<CustomerOutcome> outcomes, Map<String, Listed> list) {
        int lastCall = outcomes.stream()
                .filter(CustomerOutcome::called)
                .map(outcome -> list.get(outcome.customerId()))
                .filter(listed -> listed != null && !listed.isControl())
                .mapToInt(Listed::rank)
                .max()
                .orElse(0);
        Kept called = Kept.NOBODY;
        Kept control = Kept.NOBODY;
        double revenue = 0;
        long calledDespite = 0;
        long notReached = 0;
        long beyondLastCall = 0;
        long notListed = 0;
        for (CustomerOutcome outcome : outcomes) {
            Listed listed = list.get(outcome.customerId());
            if (listed == null) {
                notListed++;
            } else if (listed.isControl() && outcome.called()) {
                calledDespite++;
            } else if (listed.isControl() && listed.rank() > lastCall) {
                beyondLastCall++;
            } else if (listed.isControl()) {
                control = control.plus(outcome.left());
            } else if (outcome.called()) {
                called = called.plus(outcome.left());
                revenue += listed.monthlyRevenue();
            } else {
                notReached++;
            }
        }
        return new Campaign(
                CampaignEffect.of(called, control),
                revenue / called.customers(),
                calledDespite,
                notReached,
                beyondLastCall,
                notListed);
    }

    /**
     * Of the customers who would have left without a call, the share that the calls kept, as {@code churn.value.call-success-rate}
     * has it: the lift over the share of the control group that left. NaN where nobody of the control group left.
     */
    public double successRate() {
        double wouldLeave = 1 - effect.control().share();
        return wouldLeave > 0 ? effect.lift() / wouldLeave : Double.NaN;
    }

    /**
     * What the calls have brought after their cost.
     *
     * @param lift the share of customers whom the calls kept, such as the one found or an end of its interval
     */
    public double netBenefit(double lift, CallTerms terms) {
        return effect.called().customers() * (lift * terms.worthOf(monthlyRevenue) - terms.offerCost());
    }
}
