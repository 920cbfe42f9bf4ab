package io.github.telcochurn.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.telcochurn.ChurnFailure;
import io.github.telcochurn.TestProject;
import io.github.telcochurn.customer.Customer;
import io.github.telcochurn.customer.CustomerValidator;
import io.github.telcochurn.scoring.ChurnModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChurnTrainerTest {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

    @TempDir
    private Path dir;

    @Test
    void makesTheCommittedChampionFromTheShippedData() {
        ChurnModel committed = ChurnModel.load(TestProject.ROOT.resolve("models"));

        ChurnModel trained = new ChurnTrainer(Algorithm.LOGISTIC)
                .train(TestProject.SHIPPED_CSV, dir, NOW)
                .model();

        assertThat(trained.version()).isEqualTo(committed.version());
        assertThat(trained.card().data()).isEqualTo(committed.card().data());
        assertThat(trained.card().crossValidation()).isEqualTo(committed.card().crossValidation());
        assertThat(trained.card().features()).isEqualTo(committed.card().features());
        assertThat(trained.card().baseline()).isEqualTo(committed.card().baseline());
        List<Customer> customers = LabelledCustomers.read(
                        TestProject.SHIPPED_CSV, new CustomerValidator(CustomerValidator.Mode.STRICT))
                .customers();
        assertThat(trained.churnProbabilities(customers)).isEqualTo(committed.churnProbabilities(customers));
        assertThat(ChurnModel.load(dir).churnProbabilities(customers))
                .isEqualTo(committed.churnProbabilities(customers));
    }

    @Test
    void ranksWellInCrossValidation() {
        ChurnModel committed = ChurnModel.load(TestProject.ROOT.resolve("models"));

        assertThat(committed.card().crossValidation().auc()).isGreaterThanOrEqualTo(0.845);
        assertThat(committed.card().crossValidation().brier()).isLessThan(0.14);
    }

    @Test
    void growsTheSameTreesAgainAndTheyRankWell() {
        ChurnModel first = new ChurnTrainer(Algorithm.XGBOOST)
                .train(TestProject.SHIPPED_CSV, dir.resolve("first"), NOW)
                .model();
        ChurnModel second = new ChurnTrainer(Algorithm.XGBOOST)
                .train(TestProject.SHIPPED_CSV, dir.resolve("second"), NOW)
                .model();

        assertThat(first.version()).startsWith("xgboost-").isEqualTo(second.version());
        assertThat(first.card().crossValidation()).isEqualTo(second.card().crossValidation());
        assertThat(first.card().crossValidation().auc()).isGreaterThanOrEqualTo(0.845);
        List<Customer> customers = LabelledCustomers.read(
                        TestProject.SHIPPED_CSV, new CustomerValidator(CustomerValidator.Mode.STRICT))
                .customers();
        assertThat(ChurnModel.load(dir.resolve("first")).churnProbabilities(customers))
                .isEqualTo(second.churnProbabilities(customers));
    }

    @Test
    void refusesDataWithoutLabels() throws IOException {
        List<String> lines = Files.readAllLines(TestProject.SHIPPED_CSV).stream()
                .map(line -> line.substring(0, line.lastIndexOf(',')))
                .toList();
        Path csv = Files.write(dir.resolve("unlabelled.csv"), lines);

        assertThatThrownBy(() -> new ChurnTrainer(Algorithm.LOGISTIC).train(csv, dir, NOW))
                .isInstanceOf(ChurnFailure.class)
                .hasMessageContaining("too few labels")
                .hasMessageContaining("unlabelled.csv");
    }
}
