package io.github.telcochurn.value;

import java.util.List;

/**
 * What a number of calls together is expected to bring after their cost, and the 95 % interval of it.
 *
 * <p>Each call brings either what the customer then pays, with the probability that the customer is about to leave and is kept, or
 * nothing. The sum of such independent, unequal chances has a weighted Poisson binomial distribution, which the normal
 * distribution approximates by Lyapunov's theorem (Hong, On computing the distribution function for the Poisson binomial
 * distribution, Computational Statistics and Data Analysis 59, 2013, pages 41 to 51, section 2.4). The interval is of that chance
 * alone: it assumes that the probabilities, the success rate and the months are right.
 *
 * @param calls how many
 * @param expected in the unit of the revenue
 * @param interval never beyond what would be brought if nobody, or everybody, was kept
 */
public record NetBenefit(int calls, double expected, Interval interval) {
    /** Of all these calls; 0 for none. */
    public static NetBenefit of(List<Call> calls, CallTerms terms) {
        // Not -cost, which of no call is -0.
        double least = 0 - calls.size() * terms.offerCost();
        double expected = least;
        double most = least;
        double variance = 0;
        for (Call call : calls) {
            double kept = terms.keptBy(call.probability());
            double worth = terms.worthOf(call.monthlyRevenue());
            expected += kept * worth;
            most += worth;
            variance += kept * (1 - kept) * worth * worth;
        }
        double half = Interval.DEVIATIONS * Math.sqrt(variance);
        return new NetBenefit(
                calls.size(),
                expected,
                new Interval(Math.max(least, expected - half), Math.min(most, expected + half)));
    }
}
