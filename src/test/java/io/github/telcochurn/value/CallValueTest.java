package io.github.telcochurn.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What calls are expected to bring. */
class CallValueTest {
    private static final CallTerms TERMS = new CallTerms(50, 0.3, 12);

    private static List<Call> customers(int count, long seed) {
        Random random = new Random(seed);
        return IntStream.range(0, count)
                // Rounded, so that some probabilities are equal.
                .mapToObj(i -> new Call(Math.round(random.nextDouble() * 100) / 100.0, 20 + 100 * random.nextDouble()))
                .toList();
    }

    @ParameterizedTest
    @CsvSource({
        "0.5, 70, 76",
        "1, 100, 310",
        "0, 100, -50",
        "0.5, 0, -50",
    })
    void isWhatIsKeptAfterTheCost(double probability, double revenue, double expected) {
        assertThat(TERMS.expectedValue(probability, revenue)).isCloseTo(expected, within(1e-9));
    }

    @Test
    void curveByProbabilityIsHighestAtTheThresholdThatTryingAllFinds() {
        List<Call> customers = customers(500, 1);
        double best = 0;
        double bestThreshold = Double.NaN;
        for (int percent = 100; percent >= 0; percent--) {
            double threshold = percent / 100.0;
            double net = customers.stream()
                    .filter(call -> call.probability() >= threshold)
                    .mapToDouble(call -> call.probability() * 0.3 * 12 * call.monthlyRevenue() - 50)
                    .sum();
            if (net > best + 1e-9) {
                best = net;
                bestThreshold = threshold;
            }
        }

        ProfitCurve curve = ProfitCurve.byProbability(customers, TERMS);

        assertThat(bestThreshold).isBetween(0.1, 0.4);
        assertThat(curve.best().cut()).isEqualTo(bestThreshold);
        assertThat(curve.best().netBenefit()).isCloseTo(best, within(1e-6));
        assertThat(curve.best().calls()).isEqualTo((int) customers.stream()
                .filter(call -> call.probability() >= curve.best().cut())
                .count());
    }

    @Test
    void curveByValueIsHighestWhereCallsStopPaying() {
        List<Call> customers = customers(500, 2);
        double[] paying = customers.stream()
                .mapToDouble(call -> TERMS.expectedValue(call.probability(), call.monthlyRevenue()))
                .filter(value -> value > 0)
                .toArray();

        ProfitCurve.Point best = ProfitCurve.byValue(customers, TERMS).best();

        assertThat(best.calls()).isEqualTo(paying.length).isBetween(100, 450);
        assertThat(best.netBenefit())
                .isCloseTo(Arrays.stream(paying).sum(), within(1e-6))
                .isGreaterThan(
                        ProfitCurve.byProbability(customers, TERMS).best().netBenefit());
        assertThat(best.cut()).isPositive();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 7, 100, 101, 2500})
    void curveBeginsWithoutCallsAndEndsWithAll(int count) {
        List<Call> customers = customers(count, 3);

        ProfitCurve curve = ProfitCurve.byValue(customers, TERMS);

        List<ProfitCurve.Point> points = curve.points();
        assertThat(points).contains(curve.best());

        assertThat(points).hasSizeLessThanOrEqualTo(102).hasSizeGreaterThanOrEqualTo(Math.min(count, 90));
        assertThat(points.get(0).calls()).isZero();
        assertThat(points.get(0).netBenefit()).isZero();
        assertThat(points.get(points.size() - 1).calls()).isEqualTo(count);
        assertThat(points.stream().map(ProfitCurve.Point::calls)).isSorted().doesNotHaveDuplicates();
        assertThat(points.get(points.size() - 1).netBenefit())
                .isCloseTo(NetBenefit.of(customers, TERMS).expected(), within(1e-6));
    }

    @Test
    void callsNobodyWhereNoCallPays() {
        ProfitCurve.Point best = ProfitCurve.byValue(List.of(new Call(0.1, 10), new Call(0.2, 20)), TERMS)
                .best();

        assertThat(best.calls()).isZero();
        assertThat(best.netBenefit()).isZero();
        assertThat(best.cut()).isNaN();
    }

    @ParameterizedTest
    @ValueSource(ints = {20, 200, 2000})
    void netBenefitIsWithinItsIntervalIn95Of100Campaigns(int calls) {
        List<Call> best = new ArrayList<>(customers(calls * 2, 4));
        best.sort(Comparator.comparingDouble(
                        (Call call) -> TERMS.expectedValue(call.probability(), call.monthlyRevenue()))
                .reversed());
        List<Call> called = best.subList(0, calls);
        NetBenefit benefit = NetBenefit.of(called, TERMS);
        Random random = new Random(5);
        int campaigns = 4000;
        int covered = 0;
        double sum = 0;
        for (int campaign = 0; campaign < campaigns; campaign++) {
            double brought = 0;
            for (Call call : called) {
                boolean leaves = random.nextDouble() < call.probability();
                boolean isPersuaded = random.nextDouble() < 0.3;
                brought += (leaves && isPersuaded ? 12 * call.monthlyRevenue() : 0) - 50;
            }
            sum += brought;
            covered += benefit.interval().contains(brought) ? 1 : 0;
        }

        assertThat(benefit.calls()).isEqualTo(calls);
        assertThat(benefit.expected() / (sum / campaigns)).isCloseTo(1, within(0.05));
        assertThat(100.0 * covered / campaigns).isBetween(93.5, 96.5);
    }

    @Test
    void netBenefitIsNeverBeyondWhatNobodyOrEverybodyWouldBring() {
        NetBenefit benefit = NetBenefit.of(List.of(new Call(0.5, 100)), TERMS);
        NetBenefit likely = NetBenefit.of(List.of(new Call(1, 100)), new CallTerms(50, 0.9, 12));

        assertThat(benefit.expected()).isCloseTo(130, within(1e-9));
        assertThat(benefit.interval().from()).isEqualTo(-50);
        assertThat(benefit.interval().to()).isBetween(500.0, 1150.0);
        assertThat(likely.interval().to()).isEqualTo(1150);
        assertThat(NetBenefit.of(List.of(), TERMS)).isEqualTo(new NetBenefit(0, 0, new Interval(0, 0)));
    }
}
