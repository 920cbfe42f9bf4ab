package io.github.telcochurn.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.telcochurn.TestProject;
import io.github.telcochurn.customer.CustomerSchema;
import io.github.telcochurn.leaks.Leak;
import io.github.telcochurn.scoring.ModelCard;
import io.github.telcochurn.scoring.ModelFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Columns are planted in the shipped customers and their schema. */
class LeakCheckTest {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    private static final String PLANTED = "planted";

    @TempDir
    private Path dir;

    /** A column that says more than anyone knows before a customer leaves. */
    private enum Plant {
        COPY("values: [\"No\", \"Yes\"]", "a copy of Churn in other words") {
            @Override
            String value(boolean left, int row, Random random) {
                return left ? "Yes" : "No";
            }
        },
        COPY_IN_OTHER_WORDS("values: [active, ended, moved]", "a copy of Churn in other words") {
            @Override
            String value(boolean left, int row, Random random) {
                return left ? random.nextBoolean() ? "ended" : "moved" : "active";
            }
        },
        ONE_IN_A_HUNDRED_IS_WRONG("type: flag", "alone it ranks Churn at an AUC of 0.9") {
            @Override
            String value(boolean left, int row, Random random) {
                return left == random.nextInt(100) > 0 ? "1" : "0";
            }
        },
        A_NUMBER_THAT_SEPARATES_THEM("type: decimal", "alone it ranks Churn at an AUC of 1.000") {
            @Override
            String value(boolean left, int row, Random random) {
                return decimal((left ? 0 : 500) + 499 * random.nextDouble());
            }
        },
        A_NUMBER_THAT_NEARLY_SEPARATES_THEM("type: decimal", "alone it ranks Churn at an AUC of 0.98") {
            @Override
            String value(boolean left, int row, Random random) {
                return decimal((left ? 3 : 0) + random.nextGaussian());
            }
        },
        EVEN_NUMBERS("type: integer", "a copy of Churn in other words") {
            @Override
            String value(boolean left, int row, Random random) {
                return Integer.toString(2 * random.nextInt(30) + (left ? 0 : 1));
            }
        },
        IN_THE_MIDDLE("type: decimal", "alone it ranks Churn at an AUC of 0.99") {
            @Override
            String value(boolean left, int row, Random random) {
                return decimal(left ? 40 + 20 * random.nextDouble() : random.nextBoolean() ? 39 : 61);
            }
        },
        FOR_LEAVERS_ONLY("type: integer, optional: true", "filled in for") {
            @Override
            String value(boolean left, int row, Random random) {
                return left && random.nextInt(10) < 3 ? Integer.toString(random.nextInt(5)) : "";
            }
        };

        private final String declaration;
        private final String reason;

        Plant(String declaration, String reason) {
            this.declaration = declaration;
            this.reason = reason;
        }

        abstract String value(boolean left, int row, Random random);

        private static String decimal(double number) {
            return String.format(Locale.ROOT, "%.3f", number);
        }
    }

    @ParameterizedTest
    @EnumSource
    void refusesAPlantedColumnByName(Plant plant) throws IOException {
        Path csv = planted(plant);
        Path models = dir.resolve("models");

        assertThatThrownBy(() -> new ChurnTrainer(schema(plant), line -> {}).train(csv, models, Optional.empty(), NOW))
                .isInstanceOf(LeakFound.class)
                .hasMessageContaining("No model was trained: in " + csv + ", a column gives the label Churn away.")
                .hasMessageContaining("  " + PLANTED + ": " + plant.reason)
                .hasMessageContaining("Set feature: false on it in the schema telco.")
                .hasMessageContaining("--allow-leak '" + PLANTED + "'");
        assertThat(models).doesNotExist();
    }

    @ParameterizedTest
    @EnumSource
    void acceptsThemWhenTheModelDoesNotSeeThem(Plant plant) throws IOException {
        CustomerSchema schema = schema(plant.declaration + ", feature: false");
        LabelledCustomers labelled = LabelledCustomers.read(planted(plant), schema, line -> {});

        assertThat(LeakCheck.require(schema, labelled, Set.of())).isEmpty();
    }

    @Test
    void acceptsALeakThatIsAllowed() throws IOException {
        CustomerSchema schema = schema(Plant.COPY);
        LabelledCustomers labelled = LabelledCustomers.read(planted(Plant.COPY), schema, line -> {});

        assertThat(LeakCheck.require(schema, labelled, Set.of(PLANTED)))
                .extracting(Leak::column)
                .containsExactly(PLANTED);
    }

    @Test
    void findsNoneInTheShippedData() {
        CustomerSchema mlc = CustomerSchema.read(TestProject.ROOT.resolve("data/mlc.schema.yaml"));

        assertThatCode(() -> {
                    LeakCheck.require(
                            TestProject.SCHEMA,
                            LabelledCustomers.read(TestProject.SHIPPED_CSV, TestProject.SCHEMA, line -> {}),
                            Set.of());
                    LeakCheck.require(
                            mlc,
                            LabelledCustomers.read(TestProject.ROOT.resolve("data/mlc-churn.csv"), mlc, line -> {}),
                            Set.of());
                })
                .doesNotThrowAnyException();
    }

    /** The id is what a message is about, and no model sees it; neither does it see columns that the schema does not have. */
    @Test
    void learnsNothingFromAnIdThatIsMadeOfTheLabelOrFromUnlistedColumns() throws IOException, InterruptedException {
        List<String> lines = new ArrayList<>();
        for (String line : Files.readAllLines(TestProject.SHIPPED_CSV)) {
            String label = line.substring(line.lastIndexOf(',') + 1);
            boolean isHeader = lines.isEmpty();
            lines.add((isHeader ? line : label + "-" + line) + "," + (isHeader ? "Left already" : label));
        }
        Path csv = Files.write(dir.resolve("customers.csv"), lines);
        ModelCard honest = new ModelFolder(TestProject.ROOT.resolve("models"), TestProject.SCHEMA)
                .load("logistic-390687fe")
                .card();

        ModelCard card = new ChurnTrainer(TestProject.SCHEMA, line -> {})
                .train(csv, dir.resolve("models"), Optional.empty(), NOW)
                .model()
                .card();

        assertThat(card)
                .usingRecursiveComparison()
                .ignoringFields("trainedAt", "sha256", "data.file", "data.sha256")
                .isEqualTo(honest);
    }

    private CustomerSchema schema(Plant plant) throws IOException {
        return schema(plant.declaration);
    }

    private CustomerSchema schema(String declaration) throws IOException {
        String yaml = Files.readString(TestProject.SCHEMA_FILE)
                .replace("\nreport:", "\n  - {name: " + PLANTED + ", " + declaration + "}\nreport:");
        return CustomerSchema.read(Files.writeString(dir.resolve("telco.schema.yaml"), yaml));
    }

    private Path planted(Plant plant) throws IOException {
        Random random = new Random(plant.ordinal());
        List<String> lines = new ArrayList<>();
        for (String line : Files.readAllLines(TestProject.SHIPPED_CSV)) {
            String value = lines.isEmpty() ? PLANTED : plant.value(line.endsWith(",Yes"), lines.size(), random);
            lines.add(value + "," + line);
        }
        return Files.write(dir.resolve("customers.csv"), lines);
    }
}
