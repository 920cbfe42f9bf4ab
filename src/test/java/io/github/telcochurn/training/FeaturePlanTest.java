package io.github.telcochurn.training;

import static io.github.telcochurn.training.MadeUpCustomers.happens;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.github.telcochurn.TestProject;
import io.github.telcochurn.customer.CustomerSchema;
import io.github.telcochurn.scoring.Feature;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FeaturePlanTest {
    private static final int ROWS = 1_000;

    private final Random random = new Random(1);

    @TempDir
    private Path dir;

    @Test
    void givesTheShippedCustomersTheFeaturesTheyHaveAlwaysHad() {
        CustomerSchema schema = CustomerSchema.read(TestProject.ROOT.resolve("data/telco.schema.yaml"));

        List<Feature> features = FeaturePlan.of(
                schema,
                LabelledCustomers.read(TestProject.SHIPPED_CSV, schema, line -> {})
                        .customers());

        assertThat(features)
                .extracting(Feature::name)
                .containsExactly(
                        "Contract=One year",
                        "Contract=Two year",
                        "Dependents=Yes",
                        "DeviceProtection=Yes",
                        "InternetService=Fiber optic",
                        "InternetService=No",
                        "MonthlyCharges",
                        "MultipleLines=Yes",
                        "OnlineBackup=Yes",
                        "OnlineSecurity=Yes",
                        "PaperlessBilling=Yes",
                        "Partner=Yes",
                        "PaymentMethod=Bank transfer (automatic)",
                        "PaymentMethod=Credit card (automatic)",
                        "PaymentMethod=Mailed check",
                        "PhoneService=Yes",
                        "SeniorCitizen",
                        "StreamingMovies=Yes",
                        "StreamingTV=Yes",
                        "TechSupport=Yes",
                        "gender=Male",
                        "log(1+tenure)",
                        "tenure");
        assertThat(features)
                .filteredOn(feature -> feature.scale() != null)
                .extracting(Feature::name, Feature::scale)
                .containsExactlyInAnyOrder(
                        tuple("MonthlyCharges", 100.0),
                        tuple("SeniorCitizen", 1.0),
                        tuple("log(1+tenure)", 72.0),
                        tuple("tenure", 72.0));
    }

    @Test
    void comparesCategoriesWithTheFirst() {
        MadeUpCustomers customers = new MadeUpCustomers(dir).column("plan", "values: [basic, plus, full]");
        fill(customers, i -> List.of("basic", "plus", "full").get(i % 3));

        assertThat(names(customers)).containsExactly("plan=full", "plan=plus");
    }

    @Test
    void leavesOutWhatOnlyRepeatsAnotherColumn() {
        MadeUpCustomers customers = new MadeUpCustomers(dir)
                .column("line", "values: [without, with]")
                .column("extra", "values: [none, some, no line], impliedBy: {value: no line, column: line}");
        for (int i = 0; i < ROWS; i++) {
            String line = i % 2 == 0 ? "with" : "without";
            customers.row(random.nextBoolean(), line, i % 2 == 1 ? "no line" : i % 4 == 0 ? "none" : "some");
        }

        assertThat(names(customers)).containsExactly("extra=some", "line=with");
    }

    @Test
    void leavesOutWhatHardlyVaries() {
        MadeUpCustomers customers = new MadeUpCustomers(dir)
                .column("plan", "values: [basic, plus, rare, never]")
                .column("always", "type: flag")
                .column("constant", "type: integer")
                .column("unused", "type: integer, feature: false");
        for (int i = 0; i < ROWS; i++) {
            customers.row(random.nextBoolean(), i < 10 ? "rare" : i % 2 == 0 ? "basic" : "plus", 1, 7, i);
        }

        assertThat(names(customers)).containsExactly("plan=plus");
    }

    @Test
    void keepsTheMostFrequentOfVeryManyCategories() {
        String values = IntStream.range(0, 150).mapToObj(i -> "v" + i).collect(Collectors.joining(", ", "[", "]"));
        MadeUpCustomers customers = new MadeUpCustomers(dir).column("town", "values: " + values);
        // v0 to v29 have 50 customers each, all others 21 or 22.
        for (int i = 0; i < 4_100; i++) {
            customers.row(random.nextBoolean(), "v" + (i < 1_500 ? i % 30 : 30 + i % 120));
        }

        assertThat(names(customers))
                .hasSize(100)
                .contains("town=v1", "town=v29")
                .doesNotContain("town=v149");
    }

    @Test
    void scalesNumbersWithoutRegardToTheOutermost() {
        MadeUpCustomers customers =
                new MadeUpCustomers(dir).column("minutes", "type: decimal").column("calls", "type: integer, scale: 50");
        for (int i = 0; i < ROWS; i++) {
            customers.row(random.nextBoolean(), i == 500 ? 1e9 : i * 0.34, i % 7);
        }

        assertThat(plan(customers))
                .extracting(Feature::name, Feature::scale)
                .containsExactly(tuple("calls", 50.0), tuple("minutes", 400.0));
    }

    @Test
    void addsTheLogarithmWhereTheFitGainsByIt() {
        MadeUpCustomers customers =
                new MadeUpCustomers(dir).column("curved", "type: integer").column("straight", "type: integer");
        for (int i = 0; i < 4 * ROWS; i++) {
            int curved = random.nextInt(60);
            int straight = random.nextInt(60);
            customers.row(happens(3 - 1.5 * Math.log1p(curved) + straight / 30.0, random), curved, straight);
        }

        assertThat(names(customers)).containsExactly("curved", "log(1+curved)", "straight");
    }

    @Test
    void takesNoLogarithmOfWhatCanBeBelowZero() {
        MadeUpCustomers customers = new MadeUpCustomers(dir).column("balance", "type: integer");
        for (int i = 0; i < 4 * ROWS; i++) {
            int balance = random.nextInt(60) - 1;
            customers.row(happens(3 - 1.5 * Math.log1p(balance + 1), random), balance);
        }

        assertThat(names(customers)).containsExactly("balance");
    }

    @Test
    void marksBlanksThatSaySomething() {
        MadeUpCustomers customers = new MadeUpCustomers(dir)
                .column("telling", "type: integer, optional: true")
                .column("silent", "type: integer, optional: true")
                .column("plan", "values: [basic, plus], optional: true");
        for (int i = 0; i < 4 * ROWS; i++) {
            boolean isBlank = random.nextInt(5) == 0;
            boolean hasNoPlan = random.nextInt(5) == 0;
            customers.row(
                    happens((isBlank ? 1.5 : -1) + (hasNoPlan ? 1 : 0), random),
                    isBlank ? "" : random.nextInt(60),
                    random.nextInt(5) == 0 ? "" : random.nextInt(60),
                    hasNoPlan ? "" : random.nextBoolean() ? "basic" : "plus");
        }

        assertThat(names(customers))
                .containsExactly("plan is blank", "plan=plus", "silent", "telling", "telling is blank");
    }

    private void fill(MadeUpCustomers customers, IntFunction<Object> value) {
        for (int i = 0; i < ROWS; i++) {
            customers.row(random.nextBoolean(), value.apply(i));
        }
    }

    private static List<String> names(MadeUpCustomers customers) {
        return plan(customers).stream().map(Feature::name).toList();
    }

    private static List<Feature> plan(MadeUpCustomers customers) {
        return FeaturePlan.of(customers.schema(), customers.labelled().customers());
    }
}
