package io.github.telcochurn.batch.figures;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.github.telcochurn.value.Call;
import io.github.telcochurn.value.CallTerms;
import io.github.telcochurn.value.NetBenefit;
import io.github.telcochurn.value.ProfitCurve;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How many calls pay, and what they are expected to bring.
 *
 * @param calls customers to call
 * @param control customers who would be called, and must not be
 * @param controlPercent of all customers, how many are in the control group, 0 to 50
 * @param value what the calls are expected to bring; null where no column says what customers pay
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record CallFigures(long calls, long control, double controlPercent, Value value) {
    /** How many of the best calls are looked at, besides all of them. */
    private static final int[] BEST = {20, 50, 100, 200, 500, 1000, 2000, 5000};

    /**
     * Money.
     *
     * @param terms what a call costs and brings
     * @param unit of all amounts, such as {@code $}; empty for none
     * @param customersWithoutRevenue who have not left already, and of whom it is not known what they pay
     * @param best what the best calls are expected to bring, more and more of them, and at last all that pay; empty where none does
     * @param curve the same for a chart, from no call to calling everybody who has not left already
     * @param threshold the best rule that goes by the probability alone; null where no call pays
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Value(
            CallTerms terms,
            String unit,
            long customersWithoutRevenue,
            List<NetBenefit> best,
            List<CurvePoint> curve,
            Threshold threshold) {}

    /** How much calling the best customers is expected to bring. */
    public record CurvePoint(int calls, double netBenefit) {}

    /** Calling everybody with at least this probability to leave, 0 to 1. */
    public record Threshold(double probability, int calls, double netBenefit) {}

    static CallFigures of(CallList list, ReportedColumns columns) {
        List<Call> calls = list.calls().stream().map(CallList.Ranked::call).toList();
        return new CallFigures(
                calls.size(),
                list.ranked().size() - calls.size(),
                list.control().percent(),
                list.terms() == null
                        ? null
                        : value(list, calls, columns.revenue().unit()));
    }

    private static Value value(CallList list, List<Call> bestFirst, String unit) {
        List<NetBenefit> best = new ArrayList<>();
        IntStream.of(BEST)
                .filter(count -> count < bestFirst.size())
                .forEach(count -> best.add(NetBenefit.of(bestFirst.subList(0, count), list.terms())));
        if (!bestFirst.isEmpty()) {
            best.add(NetBenefit.of(bestFirst, list.terms()));
        }
        ProfitCurve.Point byProbability =
                ProfitCurve.byProbability(list.reachable(), list.terms()).best();
        return new Value(
                list.terms(),
                unit,
                list.withoutRevenue(),
                best,
                ProfitCurve.byValue(list.reachable(), list.terms()).points().stream()
                        .map(point -> new CurvePoint(point.calls(), point.netBenefit()))
                        .toList(),
                byProbability.calls() == 0
                        ? null
                        : new Threshold(byProbability.cut(), byProbability.calls(), byProbability.netBenefit()));
    }
}
