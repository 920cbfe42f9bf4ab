package io.github.telcochurn.batch.figures;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.telcochurn.scoring.RiskTier;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ScoringModelsTest {
    private static ScoringModels scoredBy(String... versions) {
        return ScoringModels.of(Stream.of(versions)
                .map(version -> new ScoredCustomer(
                        "1", 0.1, 0.9, false, RiskTier.LOW, 0, 0, version, 1, List.of(), Profile.UNKNOWN))
                .toList());
    }

    @Test
    void hasNoWarningForTheModelThatWasChecked() {
        assertThat(scoredBy("a", "a").warnings("a")).isEmpty();
        assertThat(scoredBy().warnings("a")).isEmpty();
        assertThat(scoredBy().names()).isNull();
    }

    @Test
    void warnsOfAnotherModelThanTheOneThatWasChecked() {
        assertThat(scoredBy("a").warnings("b"))
                .singleElement()
                .asString()
                .startsWith("The model a made the predictions, but the champion in churn.model.dir was b when")
                .contains("./churn models list");
    }

    @Test
    void warnsOfAMixtureAndCountsEachModel() {
        ScoringModels models = scoredBy("a", "b", "b");

        assertThat(models.predictions()).containsExactly(Map.entry("b", 2L), Map.entry("a", 1L));
        assertThat(models.names()).isEqualTo("b, a");
        assertThat(models.warnings("a"))
                .singleElement()
                .asString()
                .startsWith(
                        "Several models made the predictions: b (2), a (1). Their probabilities are not comparable.");
    }
}
