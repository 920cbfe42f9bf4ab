package io.github.telcochurn.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.telcochurn.TestProject;
import io.github.telcochurn.customer.Customer;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LinearWeightsTest {
    private final ChurnModel model = new ModelFolder(TestProject.ROOT.resolve("models"), TestProject.SCHEMA).champion();

    @Test
    void baseAndContributionsAreTheMarginOfEveryShippedCustomer() {
        List<Customer> customers = TestCustomers.shipped();

        assertThat(customers).hasSize(7043);
        assertThat(largestDeviation(model, customers)).isLessThan(1e-9);
    }

    @Test
    void contributionsAreZeroOnAverageOverTheTrainingData() {
        List<Contributions> all = model.explain(TestCustomers.shipped());

        double mean = all.stream().mapToDouble(Contributions::margin).average().orElseThrow();
        assertThat(mean).isCloseTo(all.get(0).base(), within(1e-9));
    }

    @Test
    void explainsCustomersWhoseValuesAreAbsent() {
        List<Customer> customers = TestProject.SCHEMA.fields().stream()
                .map(column -> TestCustomers.firstWith(column, null))
                .toList();

        assertThat(customers).allSatisfy(customer -> assertThat(customer).isNotNull());
        assertThat(largestDeviation(model, customers)).isLessThan(1e-9);
    }

    @Test
    void whatAMissingInternetServiceImpliesIsInternetServicesOwn() {
        Customer offline = TestCustomers.first(fields -> {
            for (String extra : List.of(
                    "OnlineSecurity",
                    "OnlineBackup",
                    "DeviceProtection",
                    "TechSupport",
                    "StreamingTV",
                    "StreamingMovies")) {
                fields.put(extra, "No internet service");
            }
            fields.put("InternetService", "No");
        });

        Contributions contributions = model.explain(List.of(offline)).get(0);

        assertThat(contributions.of(TestProject.SCHEMA.field("OnlineSecurity"))).isZero();
        assertThat(contributions.of(TestProject.SCHEMA.field("TechSupport"))).isZero();
        assertThat(contributions.of(TestProject.SCHEMA.field("InternetService")))
                .isNegative();
        assertThat(largestDeviation(model, List.of(offline))).isLessThan(1e-9);
    }

    @Test
    void aLongerContractLowersTheRisk() {
        double[] contract = Stream.of("Month-to-month", "One year", "Two year")
                .map(value -> TestCustomers.firstWith("Contract", value))
                .mapToDouble(
                        customer -> model.explain(List.of(customer)).get(0).of(TestProject.SCHEMA.field("Contract")))
                .toArray();

        assertThat(contract[0]).isPositive().isGreaterThan(contract[1]);
        assertThat(contract[1]).isGreaterThan(contract[2]);
        assertThat(contract[2]).isNegative();
    }

    @Test
    void aColumnThatIsNoFeatureContributesNothing() {
        assertThat(model.explain(TestCustomers.shipped()))
                .allSatisfy(one -> assertThat(one.of(TestProject.SCHEMA.field("TotalCharges")))
                        .isZero());
    }

    /** The largest difference between margins from contributions and margins from probabilities, in log-odds. */
    static double largestDeviation(ChurnModel model, List<Customer> customers) {
        double[] margins = Arrays.stream(model.churnProbabilities(customers))
                .map(p -> Math.log(p / (1 - p)))
                .toArray();
        List<Contributions> explained = model.explain(customers);
        return IntStream.range(0, margins.length)
                .mapToDouble(i -> Math.abs(explained.get(i).margin() - margins[i]))
                .max()
                .orElseThrow();
    }
}
