package io.github.telcochurn.scoring;

import io.github.telcochurn.config.ChurnConfig;
import io.github.telcochurn.customer.Customer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;

/** Says how much customers are at risk, and for those that are at some, why. */
final class Assessor {
    private final ChurnModel model;
    private final Reasons reasons;
    private final ChurnConfig.Score settings;

    Assessor(ChurnModel model, ChurnConfig.Score settings) {
        this.model = model;
        this.reasons = new Reasons(model.schema());
        this.settings = settings;
    }

    ChurnModel model() {
        return model;
    }

    /**
     * What there is to say about one customer.
     *
     * @param probability of churn, 0 to 1
     * @param reasons strongest first; none for the tier Low
     */
    record Assessment(double probability, RiskTier tier, List<Reason> reasons) {}

    /**
     * Assesses a list at once, which is far faster than one by one.
     *
     * @return one for each customer, in the same order
     */
    List<Assessment> assess(List<Customer> customers) {
        double[] probabilities = model.churnProbabilities(customers);
        RiskTier[] tiers = Arrays.stream(probabilities).mapToObj(this::tier).toArray(RiskTier[]::new);
        List<Customer> atRisk = new ArrayList<>();
        for (int i = 0; i < tiers.length; i++) {
            if (tiers[i] != RiskTier.LOW) {
                atRisk.add(customers.get(i));
            }
        }
        Iterator<Contributions> explained = model.explain(atRisk).iterator();
        List<Assessment> assessments = new ArrayList<>(tiers.length);
        for (int i = 0; i < tiers.length; i++) {
            List<Reason> strongest =
                    tiers[i] == RiskTier.LOW ? List.of() : reasons.strongest(customers.get(i), explained.next());
            assessments.add(new Assessment(probabilities[i], tiers[i], strongest));
        }
        return assessments;
    }

    private RiskTier tier(double probability) {
        return RiskTier.of(probability, settings);
    }
}
