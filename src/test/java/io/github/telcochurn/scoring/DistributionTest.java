package io.github.telcochurn.scoring;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class DistributionTest {
    private final Distribution numbers =
            new Distribution("tenure", null, List.of(10.0, 20.0, 30.0), List.of(0.25, 0.25, 0.25, 0.25, 0.0));

    private final Distribution categories =
            new Distribution("Contract", List.of("Monthly", "Yearly", "For life"), null, List.of(0.5, 0.3, 0.2, 0.0));

    @Test
    void saysWhereNumbersHaveGone() {
        assertThat(numbers.change(new long[] {5, 5, 40, 50, 0})).isEqualTo("higher");
        assertThat(numbers.change(new long[] {60, 20, 10, 10, 0})).isEqualTo("lower");
        assertThat(numbers.change(new long[] {25, 25, 25, 25, 0})).isEmpty();
        assertThat(numbers.change(new long[] {50, 0, 0, 50, 0})).as("both ways").isEmpty();
        assertThat(numbers.change(new long[] {20, 20, 20, 20, 20})).isEqualTo("more blank");
        assertThat(numbers.change(new long[5])).as("of nobody").isEmpty();

        Distribution oftenBlank = new Distribution("tenure", null, List.of(10.0), List.of(0.25, 0.25, 0.5));
        assertThat(oftenBlank.change(new long[] {50, 50, 0})).isEqualTo("fewer blank");
    }

    @Test
    void saysWhichCategoriesBecameMoreAndWhichFewer() {
        assertThat(categories.change(new long[] {80, 10, 10, 0})).isEqualTo("more Monthly, fewer Yearly");
        assertThat(categories.change(new long[] {10, 30, 20, 40})).isEqualTo("more blank, fewer Monthly");
        assertThat(categories.change(new long[] {50, 30, 20, 0})).isEmpty();
    }
}
