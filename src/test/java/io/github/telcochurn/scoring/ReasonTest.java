package io.github.telcochurn.scoring;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.telcochurn.TestProject;
import io.github.telcochurn.customer.Column;
import io.github.telcochurn.customer.Customer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ReasonTest {
    private final ChurnModel model = ChurnModel.load(TestProject.ROOT.resolve("models"));

    @Test
    void areTheStrongestThatRaiseTheRiskStrongestFirst() {
        for (Customer customer : TestCustomers.shipped()) {
            Contributions contributions = model.explain(List.of(customer)).get(0);

            List<Reason> reasons = Reason.strongest(customer, contributions);

            assertThat(reasons)
                    .hasSizeLessThanOrEqualTo(3)
                    .isSortedAccordingTo(
                            Comparator.comparingDouble(Reason::contribution).reversed())
                    .allSatisfy(reason -> {
                        assertThat(reason.contribution()).isPositive();
                        assertThat(reason.text()).isNotBlank();
                    });
            if (!reasons.isEmpty()) {
                List<Column> given = reasons.stream().map(Reason::column).toList();
                double weakest = reasons.get(reasons.size() - 1).contribution();
                assertThat(Stream.of(Column.values()).filter(column -> !given.contains(column)))
                        .filteredOn(column -> !Set.of(
                                        Column.GENDER, Column.SENIOR_CITIZEN, Column.PARTNER, Column.DEPENDENTS)
                                .contains(column))
                        .allSatisfy(
                                column -> assertThat(contributions.of(column)).isLessThan(weakest + 1e-4));
            }
        }
    }

    @Test
    void doNotSpeakOfWhoTheCustomerIs() {
        assertThat(TestCustomers.shipped().stream()
                        .flatMap(customer ->
                                Reason.strongest(
                                        customer,
                                        model.explain(List.of(customer)).get(0))
                                        .stream())
                        .map(Reason::column))
                .isNotEmpty()
                .doesNotContain(Column.GENDER, Column.SENIOR_CITIZEN, Column.PARTNER, Column.DEPENDENTS);
    }

    @ParameterizedTest
    @EnumSource(Column.class)
    void everyValueOfEveryColumnHasWordsOfItsOwn(Column column) {
        List<Object> values = new ArrayList<>(
                switch (column.kind()) {
                    case CATEGORY -> column.categories();
                    case FLAG -> List.of(0, 1);
                    case MONTHS -> List.of(0, 1, 2, 72, column.max());
                    case DOLLARS -> List.of(0, 0.05, 29.85, 118.75, column.max());
                });
        values.add(null);

        List<String> words = values.stream()
                .map(value -> Wording.of(column, TestCustomers.firstWith(column, value)))
                .toList();

        assertThat(words)
                .doesNotHaveDuplicates()
                .allSatisfy(text ->
                        assertThat(text).isNotBlank().hasSizeLessThan(40).doesNotContain("null", "NaN"));
        assertThat(words.get(words.size() - 1)).endsWith(" unknown");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    CONTRACT          | Month-to-month      | month-to-month contract
                    CONTRACT          | One year            | one-year contract
                    INTERNET_SERVICE  | Fiber optic         | fiber optic internet
                    INTERNET_SERVICE  | No                  | no internet service
                    ONLINE_SECURITY   | No                  | no online security
                    STREAMING_TV      | Yes                 | streams TV
                    PAYMENT_METHOD    | Electronic check    | pays by electronic check
                    PAPERLESS_BILLING | No                  | paper billing
                    SENIOR_CITIZEN    | 1                   | senior citizen
                    TENURE            | 1                   | tenure 1 month
                    TENURE            | 2                   | tenure 2 months
                    MONTHLY_CHARGES   | 70.7                | monthly charges $70.70
                    MONTHLY_CHARGES   | 19.999              | monthly charges $20.00
                    MONTHLY_CHARGES   | 100.05              | monthly charges $100.05
                    """)
    void areWordsThatACallAgentCanUse(Column column, String value, String words) {
        assertThat(Wording.of(column, TestCustomers.firstWith(column, value))).isEqualTo(words);
    }
}
