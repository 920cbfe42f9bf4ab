package io.github.telcochurn.training;

import static io.github.telcochurn.training.MadeUpCustomers.happens;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.telcochurn.ChurnFailure;
import io.github.telcochurn.TestProject;
import io.github.telcochurn.customer.Customer;
import io.github.telcochurn.customer.CustomerSchema;
import io.github.telcochurn.scoring.ChurnModel;
import io.github.telcochurn.scoring.Contributions;
import io.github.telcochurn.scoring.Feature;
import io.github.telcochurn.scoring.ModelCard;
import io.github.telcochurn.scoring.ModelFolder;
import io.github.telcochurn.scoring.PredictionQuality;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ChurnTrainerTest {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    private static final Path SHIPPED_MODELS = TestProject.ROOT.resolve("models");

    @TempDir
    private Path dir;

    private final Random random = new Random(1);

    @Test
    void makesTheCommittedChampionFromTheShippedData() throws InterruptedException {
        CustomerSchema schema = shippedSchema();
        ChurnModel committed = new ModelFolder(SHIPPED_MODELS, schema).champion();

        ChurnModel trained = new ChurnTrainer(schema, line -> {})
                .train(TestProject.SHIPPED_CSV, dir, Optional.empty(), NOW)
                .model();

        assertThat(trained.version()).isEqualTo("logistic-390687fe").isEqualTo(committed.version());
        assertThat(trained.card())
                .usingRecursiveComparison()
                .ignoringFields("trainedAt", "sha256")
                .isEqualTo(committed.card());
        List<Customer> customers = LabelledCustomers.read(TestProject.SHIPPED_CSV, schema, line -> {})
                .customers();
        assertThat(trained.churnProbabilities(customers)).isEqualTo(committed.churnProbabilities(customers));
        assertThat(new ModelFolder(dir, schema).champion().churnProbabilities(customers))
                .isEqualTo(committed.churnProbabilities(customers));
    }

    @Test
    void isRightAboutTheShippedCustomers() {
        ModelCard card =
                new ModelFolder(SHIPPED_MODELS, shippedSchema()).champion().card();

        ModelCard.CrossValidation validation = card.crossValidation();
        PredictionQuality figures = validation.performance();
        assertThat(validation.folds()).isEqualTo(5);
        assertThat(validation.repeats()).isEqualTo(4);
        assertThat(figures.auc()).isGreaterThanOrEqualTo(0.850);
        assertThat(figures.logLoss()).isLessThanOrEqualTo(0.411);
        assertThat(figures.brier()).isLessThanOrEqualTo(0.1330);
        assertThat(figures.calibrationError()).isLessThanOrEqualTo(0.02);
        assertThat(validation.intervals().get("auc").from()).isBetween(0.835, figures.auc());
        assertThat(validation.intervals().get("auc").to()).isBetween(figures.auc(), 0.865);
        assertThat(card.candidates())
                .extracting(ModelCard.Candidate::trainer)
                .containsExactly("blend", "logistic", "interactions", "xgboost", "xgboost-deep");
        assertThat(card.choice())
                .isEqualTo("blend has the smallest log loss, 0.4091; logistic is the simplest kind of model within one"
                        + " standard error of it (larger by 0.0008, standard error 0.0025).");
    }

    @Test
    void takesTreesWhereColumnsActTogether() throws InterruptedException {
        MadeUpCustomers customers = new MadeUpCustomers(dir)
                .column("west", "type: decimal")
                .column("north", "type: decimal")
                .column("up", "type: flag");
        for (int i = 0; i < 2_000; i++) {
            double west = random.nextDouble();
            double north = random.nextDouble();
            int up = random.nextInt(2);
            boolean together = west > 0.4 && north > 0.4 && up == 1;
            customers.row(happens(together ? 2 : -2, random), west, north, up);
        }

        ModelCard card = best(customers);

        assertThat(card.version()).startsWith("xgboost-");
        assertThat(card.trainer().parameters()).containsKey("max_depth");
        assertThat(card.candidates())
                .extracting(ModelCard.Candidate::trainer)
                .endsWith("logistic")
                .hasSize(5);
        assertThat(card.candidates())
                .extracting(
                        candidate -> candidate.crossValidation().performance().logLoss())
                .isSorted();
    }

    @Test
    void takesTheLogisticRegressionWhereEachColumnAddsItsOwn() throws InterruptedException {
        MadeUpCustomers customers = new MadeUpCustomers(dir);
        for (int column = 0; column < 6; column++) {
            customers.column("column" + column, "type: decimal");
        }
        for (int i = 0; i < 1_500; i++) {
            Object[] values = new Object[6];
            double logOdds = -2;
            for (int column = 0; column < 6; column++) {
                double value = random.nextDouble();
                values[column] = value;
                logOdds += (column % 2 == 0 ? 2 : -1) * value;
            }
            customers.row(happens(logOdds, random), values);
        }

        ModelCard card = best(customers);

        assertThat(card.version()).startsWith("logistic-");
        assertThat(card.choice()).contains("standard error");
    }

    private ModelCard best(MadeUpCustomers customers) throws InterruptedException {
        return new ChurnTrainer(customers.schema(), line -> {})
                .train(customers.csv(), dir.resolve("models"), Optional.empty(), NOW)
                .model()
                .card();
    }

    @ParameterizedTest
    @EnumSource
    void learnsTheSameAgain(Algorithm algorithm) throws InterruptedException {
        MadeUpCustomers customers = ordinary(400);
        ChurnTrainer trainer = new ChurnTrainer(customers.schema(), line -> {});

        ChurnModel first = trainer.train(customers.csv(), dir.resolve("first"), Optional.of(algorithm), NOW)
                .model();
        ChurnModel second = trainer.train(customers.csv(), dir.resolve("second"), Optional.of(algorithm), NOW)
                .model();

        assertThat(first.version()).matches(algorithm + "-[0-9a-f]{8}");
        assertThat(first.card())
                .usingRecursiveComparison()
                .ignoringFields("sha256")
                .isEqualTo(second.card());
        List<Customer> all = customers.labelled().customers();
        assertThat(new ModelFolder(dir.resolve("first"), customers.schema())
                        .champion()
                        .churnProbabilities(all))
                .isEqualTo(second.churnProbabilities(all));
    }

    @ParameterizedTest
    @EnumSource
    void scoresAndExplainsCustomersWithAllFeaturesAndWithNone(Algorithm algorithm) throws InterruptedException {
        MadeUpCustomers customers = ordinary(400);
        customers.row(true, "plus", 59).row(false, "basic", 0).row(true, "basic", 0);

        ChurnModel model = new ChurnTrainer(customers.schema(), line -> {})
                .train(customers.csv(), dir.resolve("models"), Optional.of(algorithm), NOW)
                .model();

        List<Customer> all = customers.labelled().customers();
        double[] probabilities = model.churnProbabilities(all);
        List<Contributions> contributions = model.explain(all);
        for (int i = 0; i < probabilities.length; i++) {
            double margin = Math.log(probabilities[i] / (1 - probabilities[i]));
            assertThat(contributions.get(i).margin()).isCloseTo(margin, within(1e-4));
        }
    }

    @Test
    void saysInTheCardWhatItLearntFrom() throws InterruptedException {
        MadeUpCustomers customers = ordinary(400);
        List<String> progress = new ArrayList<>();

        ModelCard card = new ChurnTrainer(customers.schema(), progress::add)
                .train(customers.csv(), dir.resolve("models"), Optional.empty(), NOW)
                .model()
                .card();

        assertThat(card.schema()).isEqualTo(ModelCard.Schema.of(customers.schema()));
        assertThat(card.features()).extracting(Feature::name).contains("plan=plus", "months");
        assertThat(card.importance()).isNotEmpty().allMatch(importance -> importance.meanContribution() > 0);
        assertThat(card.data().rows()).isEqualTo(400);
        assertThat(card.trainedAt()).isEqualTo("2026-01-02T03:04:05Z");
        assertThat(progress)
                .startsWith("choosing features for 400 customers")
                .anyMatch(line -> line.startsWith("compared 80 of 80: "))
                .endsWith("measuring what it relies on");
    }

    @Test
    void countsTheRowsThatItCannotUse() throws InterruptedException {
        MadeUpCustomers customers = ordinary(400);
        customers.row(true, "basic", -1).row(true, "basic", -2).row(true, "golden", 1);

        ChurnTrainer.Trained trained = new ChurnTrainer(customers.schema(), line -> {})
                .train(customers.csv(), dir.resolve("models"), Optional.empty(), NOW);

        assertThat(trained.model().card().data().rows()).isEqualTo(400);
        assertThat(trained.leftOut()).isEqualTo(3);
        assertThat(trained.mostFrequent())
                .isEqualTo("most often months must be 0 or more (2 times, first in line 402: -1)");
    }

    @Test
    void refusesASchemaWithoutALabel() {
        MadeUpCustomers customers = ordinary(400).withoutLabel();

        assertRefused(customers.schema(), customers.csv())
                .hasMessageContaining("The schema made-up has no label")
                .hasMessageContaining("label: {column: ");
    }

    @Test
    void refusesAFileWithoutTheLabelsColumn() throws IOException {
        MadeUpCustomers customers = ordinary(400);
        List<String> lines = Files.readAllLines(customers.csv()).stream()
                .map(line -> line.substring(0, line.lastIndexOf(',')))
                .toList();
        Path csv = Files.write(dir.resolve("unlabelled.csv"), lines);

        assertRefused(customers.schema(), csv)
                .hasMessageContaining("unlabelled.csv has nothing to learn from")
                .hasMessageContaining("the column left, which must say gone or here, is missing or blank")
                .hasMessageContaining("400 valid rows");
    }

    @Test
    void refusesTwoRows() {
        MadeUpCustomers customers = ordinary(0).row(true, "basic", 1).row(false, "plus", 2);

        assertRefused(customers.schema(), customers.csv())
                .hasMessageContaining("too few labels to train on")
                .hasMessageContaining("1 customers with left = gone, and 1 with here; at least 50 of each");
    }

    @Test
    void refusesAHeaderWithoutRows() {
        MadeUpCustomers customers = ordinary(0);

        assertRefused(customers.schema(), customers.csv()).hasMessageContaining("there are no rows below the header");
    }

    @Test
    void refusesCustomersOfOneClassOnly() {
        MadeUpCustomers customers = ordinary(0);
        for (int i = 0; i < 200; i++) {
            customers.row(false, "basic", i);
        }

        assertRefused(customers.schema(), customers.csv())
                .hasMessageContaining("only one kind of customer")
                .hasMessageContaining("0 customers with left = gone, and 200 with here");
    }

    @Test
    void namesTheRuleThatNoRowKeeps() {
        MadeUpCustomers customers = ordinary(0);
        for (int i = 0; i < 200; i++) {
            customers.row(i % 2 == 0, i % 3 == 0 ? "golden" : "basic", -7);
        }

        assertRefused(customers.schema(), customers.csv())
                .hasMessageContaining("none of its 200 rows is valid")
                .hasMessageContaining("most often months must be 0 or more (200 times, first in line 2: -7)");
    }

    @Test
    void refusesCustomersWhoAreAllAlike() {
        MadeUpCustomers customers = ordinary(0);
        for (int i = 0; i < 200; i++) {
            customers.row(i % 2 == 0, "basic", 7);
        }

        assertRefused(customers.schema(), customers.csv())
                .hasMessageContaining("has nothing to tell its customers apart by");
    }

    @Test
    void refusesCustomersOfAnotherSchema() {
        assertRefused(ordinary(0).schema(), TestProject.SHIPPED_CSV)
                .hasMessageContaining(TestProject.SHIPPED_CSV.getFileName().toString());
    }

    @Test
    void saysBeforeTrainingThatTheFolderCannotBeWritten() throws IOException {
        MadeUpCustomers customers = ordinary(400);
        Path file = Files.writeString(dir.resolve("a-file"), "not a folder");

        assertThatThrownBy(() -> new ChurnTrainer(customers.schema(), line -> {
                            throw new AssertionError("worked on: " + line);
                        })
                        .train(customers.csv(), file.resolve("models"), Optional.empty(), NOW))
                .isInstanceOf(ChurnFailure.class)
                .hasMessageContaining("cannot be saved in " + file.resolve("models"))
                .hasMessageContaining(file + " is no folder");
    }

    @Test
    void leavesTheChampionAsItIsWhenItFails() throws IOException {
        MadeUpCustomers customers = ordinary(0);
        Path models = Files.createDirectory(dir.resolve("models"));
        Files.writeString(models.resolve(ModelCard.CHAMPION), "the old one");

        assertThatThrownBy(() -> new ChurnTrainer(customers.schema(), line -> {})
                        .train(customers.csv(), models, Optional.empty(), NOW))
                .isInstanceOf(ChurnFailure.class);

        assertThat(models.toFile().list()).containsExactly(ModelCard.CHAMPION);
        assertThat(models.resolve(ModelCard.CHAMPION)).hasContent("the old one");
    }

    private AbstractThrowableAssert<?, ?> assertRefused(CustomerSchema schema, Path csv) {
        Path models = dir.resolve("none");
        AbstractThrowableAssert<?, ?> thrown = assertThatThrownBy(
                        () -> new ChurnTrainer(schema, line -> {}).train(csv, models, Optional.empty(), NOW))
                .isInstanceOf(ChurnFailure.class);
        assertThat(models).doesNotExist();
        return thrown;
    }

    private MadeUpCustomers ordinary(int rows) {
        MadeUpCustomers customers = new MadeUpCustomers(dir)
                .column("plan", "values: [basic, plus]")
                .column("months", "type: integer, min: 0");
        for (int i = 0; i < rows; i++) {
            boolean plus = random.nextBoolean();
            int months = random.nextInt(60);
            customers.row(happens((plus ? 1 : -1) - months / 30.0, random), plus ? "plus" : "basic", months);
        }
        return customers;
    }

    private static CustomerSchema shippedSchema() {
        return CustomerSchema.read(TestProject.ROOT.resolve("data/telco.schema.yaml"));
    }
}
