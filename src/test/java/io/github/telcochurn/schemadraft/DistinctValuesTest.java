package io.github.telcochurn.schemadraft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import org.junit.jupiter.api.Test;

class DistinctValuesTest {
    private static DistinctValues of(int texts, int times, long budget) {
        DistinctValues values = new DistinctValues(new DistinctValues.Budget(budget));
        for (int time = 0; time < times; time++) {
            for (int i = 0; i < texts; i++) {
                values.add("customer-" + i);
            }
        }
        return values;
    }

    @Test
    void areCountedExactlyWhileEachComesOnce() {
        DistinctValues values = of(300_000, 1, 10_000_000);

        assertThat(values.count()).isEqualTo(300_000);
        assertThat(values.isEstimate()).isFalse();
        assertThat(values.allDiffer()).isTrue();
    }

    @Test
    void oneThatComesAgainIsSeenAmongAMillion() {
        DistinctValues values = of(1_000_000, 1, 10_000_000);

        values.add("customer-777777");

        assertThat(values.allDiffer()).isFalse();
    }

    @Test
    void areEstimatedInLittleMemory() {
        DistinctValues values = of(200_000, 1, 4096);

        assertThat(values.isEstimate()).isTrue();
        assertThat(values.allDiffer()).isTrue();
        assertThat(values.count()).isCloseTo(200_000, withinPercentage(8));
    }

    @Test
    void thatComeAgainNeedLittleMemory() {
        DistinctValues.Budget budget = new DistinctValues.Budget(200_000);
        DistinctValues values = new DistinctValues(budget);
        for (int i = 0; i < 500_000; i++) {
            values.add("customer-" + i % 250_000);
        }

        assertThat(values.allDiffer()).isFalse();
        assertThat(values.count()).isCloseTo(250_000, withinPercentage(8));
    }

    @Test
    void areNoneAtFirst() {
        assertThat(of(0, 1, 0).count()).isZero();
    }
}
