package io.github.telcochurn.cli;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.github.telcochurn.customer.Numbers;
import io.github.telcochurn.value.CallTerms;
import io.github.telcochurn.value.Campaign;
import io.github.telcochurn.value.CampaignEffect;
import io.github.telcochurn.value.Interval;
import io.github.telcochurn.value.Kept;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleFunction;

/**
 * What {@code churn outcomes} prints.
 *
 * @param customers in the file
 * @param run whose call list it was; null where none was named
 * @param unit of money
 */
record OutcomesReport(Campaign campaign, long customers, String run, CallTerms terms, String unit) {
    /** What {@code --json} prints; what is not known is left out. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Json(
            String run,
            long customers,
            Group called,
            Group control,
            Double lift,
            @JsonProperty("lift_interval") Interval liftInterval,
            String verdict,
            @JsonProperty("detectable_lift") Double detectableLift,
            @JsonProperty("call_success_rate") Double callSuccessRate,
            @JsonProperty("net_benefit") Double netBenefit,
            @JsonProperty("net_benefit_interval") Interval netBenefitInterval,
            @JsonProperty("called_despite_control") long calledDespiteControl,
            @JsonProperty("not_called_without_control") long notCalledWithoutControl,
            @JsonProperty("control_beyond_last_call") long controlBeyondLastCall,
            @JsonProperty("not_on_list") long notOnList) {}

    /** How many of a group were kept, and the share with its 95 % interval. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Group(long customers, long kept, Double share, Interval interval) {
        static Group of(Kept group) {
            return new Group(
                    group.customers(),
                    group.kept(),
                    known(group.share()),
                    group.customers() == 0 ? null : group.interval());
        }
    }

    private static Double known(double value) {
        return Double.isNaN(value) ? null : Double.valueOf(value);
    }

    private CampaignEffect effect() {
        return campaign.effect();
    }

    private boolean hasMoney() {
        return effect().interval() != null && !Double.isNaN(campaign.monthlyRevenue());
    }

    private Interval ofInterval(DoubleFunction<Double> what) {
        return new Interval(
                what.apply(effect().interval().from()),
                what.apply(effect().interval().to()));
    }

    private double netBenefit(double lift) {
        return campaign.netBenefit(lift, terms);
    }

    Json json() {
        return new Json(
                run,
                customers,
                Group.of(effect().called()),
                Group.of(effect().control()),
                known(effect().lift()),
                effect().interval(),
                effect().verdict().name().toLowerCase(Locale.ROOT),
                known(effect().detectable()),
                known(campaign.successRate()),
                hasMoney() ? known(netBenefit(effect().lift())) : null,
                hasMoney() ? ofInterval(this::netBenefit) : null,
                campaign.calledDespite(),
                campaign.notReached(),
                campaign.beyondLastCall(),
                campaign.notListed());
    }

    List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(group("Called", effect().called()));
        lines.add(group("Control group", effect().control()));
        if (effect().interval() != null) {
            lines.add(format(
                    "%-14s %+.1f percentage points (95 %% interval %+.1f to %+.1f)",
                    "Difference",
                    100 * effect().lift(),
                    100 * effect().interval().from(),
                    100 * effect().interval().to()));
        }
        lines.add("");
        lines.addAll(verdict());
        lines.addAll(notes());
        return lines;
    }

    private static String group(String name, Kept group) {
        return group.customers() == 0
                ? format("%-14s nobody", name)
                : format(
                        "%-14s %,9d customers, %,9d kept (%.1f %%; 95 %% interval %.1f to %.1f %%)",
                        name,
                        group.customers(),
                        group.kept(),
                        100 * group.share(),
                        100 * group.interval().from(),
                        100 * group.interval().to());
    }

    private List<String> verdict() {
        List<String> lines = new ArrayList<>();
        long called = effect().called().customers();
        switch (effect().verdict()) {
            case KEPT_MORE -> {
                lines.add(format(
                        "The calls kept customers who would have left: about %,d of the %,d called (%,d to %,d).",
                        Math.round(called * effect().lift()),
                        called,
                        Math.round(called * effect().interval().from()),
                        Math.round(called * effect().interval().to())));
                lines.add(format(
                        "That is %.0f %% of those who would have left, and churn.value.call-success-rate is %s.",
                        100 * campaign.successRate(), Numbers.plain(terms.successRate())));
            }
            case KEPT_FEWER ->
                lines.add(
                        "Fewer of those called were kept than of the control group: the calls may have driven customers"
                                + " away. Look into what was said and offered before calling anybody else.");
            case TOO_FEW_TO_TELL -> lines.add(tooFew());
        }
        if (hasMoney()) {
            lines.add(format(
                    "After the cost of the calls that is %s (%s to %s), at %s a call and %s months kept.",
                    money(netBenefit(effect().lift())),
                    money(netBenefit(effect().interval().from())),
                    money(netBenefit(effect().interval().to())),
                    money(terms.offerCost()),
                    Numbers.plain(terms.monthsKept())));
        }
        return lines;
    }

    private String tooFew() {
        if (effect().called().customers() == 0) {
            return "Too few to tell: nobody was called.";
        }
        if (effect().control().customers() == 0) {
            return "Too few to tell: there is no control group to compare with. Set churn.value.control-percent, call nobody of"
                    + " _control.csv, and put those customers into the file too.";
        }
        return "Too few to tell: the difference may be chance."
                + (Double.isNaN(effect().detectable())
                        ? ""
                        : format(
                                " Groups of these sizes show a difference of %.1f points in 80 of 100 campaigns, and smaller"
                                        + " ones less often. Larger groups, above all a larger control group, show more.",
                                100 * effect().detectable()));
    }

    private List<String> notes() {
        List<String> notes = new ArrayList<>();
        boolean isOfList = run != null;
        String effect = isOfList ? " Left out." : " The comparison may be distorted; --run leaves them out.";
        note(
                notes,
                campaign.calledDespite(),
                "of the control group, and called all the same."
                        + (isOfList ? effect : " The effect may look too small."));
        note(
                notes,
                campaign.notReached(),
                "not called, and not in the control group: who cannot be reached may differ from those who can."
                        + effect);
        note(
                notes,
                campaign.beyondLastCall(),
                "of the control group, below the last one called on the list. Left out.");
        note(notes, campaign.notListed(), "not on the call list of the run " + run + ". Left out.");
        if (!notes.isEmpty()) {
            notes.add(0, "");
        }
        return notes;
    }

    private static void note(List<String> notes, long count, String what) {
        if (count > 0) {
            notes.add(format("%,d %s %s", count, count == 1 ? "customer was" : "customers were", what));
        }
    }

    private String money(double amount) {
        return Numbers.withUnit(format("%,.0f", amount), unit);
    }

    private static String format(String text, Object... values) {
        return String.format(Locale.ROOT, text, values);
    }
}
