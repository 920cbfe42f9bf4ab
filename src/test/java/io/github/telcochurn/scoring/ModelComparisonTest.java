package io.github.telcochurn.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.telcochurn.config.ChurnConfig;
import io.github.telcochurn.customer.Customer;
import io.github.telcochurn.customer.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelComparisonTest {
    private static final ChurnConfig.Score SETTINGS = new ChurnConfig.Score(2_000, 0.5, 0.3, 0.6);

    @TempDir
    private Path dir;

    private ChurnModel shipped;
    private ChurnModel steeper;

    @BeforeEach
    void loadTwoModels() throws IOException {
        TestModels.copyShipped(dir);
        TestModels.add(dir, "steeper-1", 1.5, 0.1);
        shipped = TestModels.folder(dir).champion();
        steeper = TestModels.folder(dir).load("steeper-1");
    }

    private ModelComparison compare(ChurnModel second, List<Customer> customers) {
        ModelComparison.Builder builder = new ModelComparison.Builder(shipped, second, SETTINGS);
        customers.forEach(builder::add);
        return builder.build();
    }

    @Test
    void aModelIsNotDifferentFromItself() {
        ModelComparison found = compare(shipped, TestCustomers.shipped());

        assertThat(found.shift().customers()).isEqualTo(7043);
        assertThat(found.shift().tierChanges()).isZero();
        assertThat(found.shift().predictionChanges()).isZero();
        assertThat(found.shift().meanAbsoluteDifference()).isZero();
        assertThat(found.shift().tierAgreement()).isEqualTo(1);
        assertThat(found.shift().predictionAgreement()).isEqualTo(1);
        assertThat(found.shift().psi()).isZero();
        assertThat(found.labelled()).isEqualTo(7043);
        assertThat(found.first()).isEqualTo(found.second());
    }

    @Test
    void countsWhoChangesTierAndMeasuresBothOnTheSameRows() {
        List<Customer> customers = TestCustomers.shipped();

        ModelComparison found = compare(steeper, customers);

        double[] before = shipped.churnProbabilities(customers);
        double[] after = steeper.churnProbabilities(customers);
        int changes = 0;
        double differences = 0;
        for (int i = 0; i < before.length; i++) {
            changes += tier(before[i]) == tier(after[i]) ? 0 : 1;
            differences += Math.abs(before[i] - after[i]);
        }
        assertThat(found.shift().tierChanges()).isEqualTo(changes).isPositive();
        assertThat(found.shift().tierAgreement()).isCloseTo(1 - changes / 7043.0, within(1e-12));
        assertThat(found.shift().psi()).isPositive();
        assertThat(found.shift().meanAbsoluteDifference()).isCloseTo(differences / before.length, within(1e-12));
        // A calibration that rises changes no ranking, and this one spoils the probabilities.
        assertThat(found.second().auc()).isCloseTo(found.first().auc(), within(1e-9));
        assertThat(found.second().brier()).isGreaterThan(found.first().brier());
        assertThat(found.second().logLoss()).isGreaterThan(found.first().logLoss());
    }

    private static int tier(double probability) {
        return probability >= 0.6 ? 2 : probability >= 0.3 ? 1 : 0;
    }

    @Test
    void saysNothingOfQualityWhereNothingOrOnlyOneOutcomeIsKnown() {
        List<Customer> made =
                List.of(shipped.schema().example(1), shipped.schema().example(2));
        assertThat(compare(steeper, made))
                .extracting(found -> found.shift().customers(), ModelComparison::labelled, ModelComparison::first)
                .containsExactly(2L, 0, null);

        List<Customer> allStayed = TestCustomers.shipped().stream()
                .filter(customer -> customer.outcome() == Outcome.STAYED)
                .limit(10)
                .toList();
        assertThat(compare(steeper, allStayed).labelled()).isEqualTo(10);
        assertThat(compare(steeper, allStayed).second()).isNull();
        assertThat(compare(steeper, List.of()).shift().meanAbsoluteDifference()).isNull();
    }
}
