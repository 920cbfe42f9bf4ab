package io.github.telcochurn.value;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;

/**
 * What is expected of calling more and more customers, the best ones first.
 *
 * @param points from no call to calling everybody: {@value #MOST_POINTS} at most, evenly spread, and the best one
 * @param best where the net benefit is largest; with the fewest calls where it is so several times
 */
public record ProfitCurve(List<Point> points, Point best) {
    private static final int MOST_POINTS = 101;

    /**
     * Calling everybody from a cut on.
     *
     * @param cut what the last customer called is ranked by: a probability, or an expected value; NaN where nobody is called
     * @param calls how many customers that are
     * @param netBenefit expected of them, in the unit of the revenue
     */
    public record Point(double cut, int calls, double netBenefit) {}

    /** Calls everybody whose probability to leave is at least the cut, which is thus a threshold for predictions. */
    public static ProfitCurve byProbability(List<Call> calls, CallTerms terms) {
        return of(calls, terms, Call::probability);
    }

    /** Calls everybody whose expected value is at least the cut, so that the best cut is the smallest value above 0. */
    public static ProfitCurve byValue(List<Call> calls, CallTerms terms) {
        return of(calls, terms, call -> valueOf(call, terms));
    }

    private static double valueOf(Call call, CallTerms terms) {
        return terms.expectedValue(call.probability(), call.monthlyRevenue());
    }

    private static ProfitCurve of(List<Call> calls, CallTerms terms, ToDoubleFunction<Call> rank) {
        List<Call> bestFirst = new ArrayList<>(calls);
        bestFirst.sort(Comparator.comparingDouble(rank).reversed());
        double apart = Math.max(1, bestFirst.size() / (MOST_POINTS - 1.0));
        Point best = new Point(Double.NaN, 0, 0);
        List<Point> points = new ArrayList<>(List.of(best));
        double net = 0;
        for (int i = 0; i < bestFirst.size(); i++) {
            net += valueOf(bestFirst.get(i), terms);
            double cut = rank.applyAsDouble(bestFirst.get(i));
            boolean isLast = i + 1 == bestFirst.size();
            if (!isLast && rank.applyAsDouble(bestFirst.get(i + 1)) == cut) {
                // No cut separates customers of equal rank.
                continue;
            }
            Point point = new Point(cut, i + 1, net);
            if (net > best.netBenefit()) {
                best = point;
            }
            if (isLast || i + 1 >= points.size() * apart) {
                points.add(point);
            }
        }
        TreeSet<Point> withBest = new TreeSet<>(Comparator.comparingInt(Point::calls));
        withBest.addAll(points);
        withBest.add(best);
        return new ProfitCurve(List.copyOf(withBest), best);
    }
}
