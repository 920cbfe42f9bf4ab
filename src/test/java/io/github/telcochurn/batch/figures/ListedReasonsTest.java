package io.github.telcochurn.batch.figures;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ListedReasonsTest {
    @Test
    void saysOnceWhatNearlyAllHaveInCommon() {
        ListedReasons reasons = ListedReasons.of(List.of(
                List.of("contract", "fiber", "check"),
                List.of("contract", "no support"),
                List.of("fiber", "contract", "no backup", "check", "streams"),
                List.of("contract", "fiber")));

        assertThat(reasons.common())
                .containsExactly(new ListedReasons.Common("contract", 4), new ListedReasons.Common("fiber", 3));
        assertThat(reasons.own())
                .containsExactly(
                        List.of("check"),
                        List.of("no support"),
                        List.of("no backup", "check", "streams"),
                        // Without any of its own, the common ones are better than none.
                        List.of("contract", "fiber"));
    }

    @Test
    void findsNothingInCommonAmongAFew() {
        ListedReasons reasons = ListedReasons.of(List.of(List.of("contract"), List.of("contract"), List.of()));

        assertThat(reasons.common()).isEmpty();
        assertThat(reasons.own()).containsExactly(List.of("contract"), List.of("contract"), List.of());
    }
}
