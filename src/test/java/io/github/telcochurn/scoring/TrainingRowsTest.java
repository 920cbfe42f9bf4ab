package io.github.telcochurn.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.telcochurn.MissingPrerequisite;
import io.github.telcochurn.TestProject;
import io.github.telcochurn.customer.Customer;
import io.github.telcochurn.customer.CustomerSchema;
import io.github.telcochurn.customer.CustomerValidator;
import io.github.telcochurn.ingest.CustomerSampler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingRowsTest {
    @TempDir
    private Path dir;

    @Test
    void theShippedModelsKnowTheirTrainingData() {
        assertKnowsAll("models", TestProject.SCHEMA, TestProject.SHIPPED_CSV);
        assertKnowsAll(
                "models/mlc",
                CustomerSchema.read(TestProject.ROOT.resolve("data/mlc.schema.yaml")),
                TestProject.ROOT.resolve("data/mlc-churn.csv"));
    }

    private static void assertKnowsAll(String models, CustomerSchema schema, Path csv) {
        ModelFolder folder = new ModelFolder(TestProject.ROOT.resolve(models), schema);
        TrainingRows rows = folder.trainingRows(folder.champion().card());
        List<Customer> customers =
                CustomerSampler.customersOf(csv, new CustomerValidator(schema, CustomerValidator.Mode.STRICT));

        assertThat(customers).hasSize(rows.size()).allMatch(rows::contains);
        assertThat(rows.contains(schema.example(1))).isFalse();
    }

    @Test
    void aRowIsKnownByItsIdAndAllItsValues() {
        List<Customer> customers = TestCustomers.shipped();
        TrainingRows half = TrainingRows.of(TestProject.SCHEMA, customers.subList(0, 3000));

        TrainingRows readBack = TrainingRows.read(TestProject.SCHEMA, half.bytes());

        assertThat(readBack.size()).isEqualTo(3000);
        assertThat(customers.subList(0, 3000)).allMatch(readBack::contains);
        assertThat(customers.subList(3000, 7043)).noneMatch(readBack::contains);
    }

    @Test
    void saysWhyTheRowsAreNotKnown() throws IOException {
        TestModels.copyShipped(dir);
        ModelFolder folder = TestModels.folder(dir);
        ModelCard card = folder.champion().card();
        assertThatThrownBy(() -> folder.trainingRows(card))
                .isInstanceOf(MissingPrerequisite.class)
                .hasMessageContaining("there is no file");

        Path file = dir.resolve(card.version() + ".rows");
        Files.writeString(file, "customerID,tenure");
        assertThatThrownBy(() -> folder.trainingRows(card)).hasMessageContaining("no file of hashes");

        Files.write(file, TrainingRows.of(TestProject.SCHEMA, List.of()).bytes());
        assertThatThrownBy(() -> folder.trainingRows(card)).hasMessageContaining("it has 0 rows, and the card 7043");
    }
}
