package io.github.telcochurn.scoring;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.telcochurn.TestProject;
import io.github.telcochurn.customer.Customer;
import io.github.telcochurn.customer.Field;
import io.github.telcochurn.customer.Wording;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ReasonTest {
    private static final Set<String> NEVER_REASONS = Set.of("gender", "SeniorCitizen", "Partner", "Dependents");

    private final ChurnModel model = new ModelFolder(TestProject.ROOT.resolve("models"), TestProject.SCHEMA).champion();
    private final Reasons reasonsOf = new Reasons(TestProject.SCHEMA);

    static List<Field> columns() {
        return TestProject.SCHEMA.fields();
    }

    @Test
    void areTheStrongestThatRaiseTheRiskStrongestFirst() {
        for (Customer customer : TestCustomers.shipped()) {
            Contributions contributions = model.explain(List.of(customer)).get(0);

            List<Reason> reasons = reasonsOf.strongest(customer, contributions);

            assertThat(reasons)
                    .hasSizeLessThanOrEqualTo(3)
                    .isSortedAccordingTo(
                            Comparator.comparingDouble(Reason::contribution).reversed())
                    .allSatisfy(reason -> {
                        assertThat(reason.contribution()).isPositive();
                        assertThat(reason.text()).isNotBlank();
                    });
            if (!reasons.isEmpty()) {
                List<String> given = reasons.stream().map(Reason::column).toList();
                double weakest = reasons.get(reasons.size() - 1).contribution();
                assertThat(columns().stream().filter(column -> !given.contains(column.name())))
                        .filteredOn(column -> !NEVER_REASONS.contains(column.name()))
                        .allSatisfy(
                                column -> assertThat(contributions.of(column)).isLessThan(weakest + 1e-4));
            }
        }
    }

    @Test
    void doNotSpeakOfWhoTheCustomerIs() {
        assertThat(TestCustomers.shipped().stream()
                        .flatMap(customer ->
                                reasonsOf
                                        .strongest(
                                                customer,
                                                model.explain(List.of(customer)).get(0))
                                        .stream())
                        .map(Reason::column))
                .isNotEmpty()
                .doesNotContainAnyElementsOf(NEVER_REASONS);
    }

    @ParameterizedTest
    @MethodSource("columns")
    void everyValueOfEveryColumnHasWordsOfItsOwn(Field column) {
        List<Object> values = new ArrayList<>(
                switch (column.kind()) {
                    case CATEGORY -> column.categories();
                    case FLAG -> List.of(0, 1);
                    case INTEGER -> List.of(0, 1, 2, 72, column.max());
                    case DECIMAL -> List.of(0, 0.05, 29.85, 118.75, column.max());
                });
        values.add(null);

        List<String> words = values.stream()
                .map(value -> new Wording(column).of(TestCustomers.firstWith(column, value)))
                .toList();

        assertThat(words)
                .doesNotHaveDuplicates()
                .allSatisfy(text ->
                        assertThat(text).isNotBlank().hasSizeLessThan(40).doesNotContain("null", "NaN"));
        assertThat(words.get(words.size() - 1)).endsWith(" unknown");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    Contract          | Month-to-month      | month-to-month contract
                    Contract          | One year            | one-year contract
                    InternetService  | Fiber optic         | fiber optic internet
                    InternetService  | No                  | no internet service
                    OnlineSecurity   | No                  | no online security
                    StreamingTV      | Yes                 | streams TV
                    PaymentMethod    | Electronic check    | pays by electronic check
                    PaperlessBilling | No                  | paper billing
                    SeniorCitizen    | 1                   | senior citizen
                    tenure            | 1                   | tenure 1 month
                    tenure            | 2                   | tenure 2 months
                    MonthlyCharges   | 70.7                | monthly charges $70.70
                    MonthlyCharges   | 19.999              | monthly charges $20.00
                    MonthlyCharges   | 100.05              | monthly charges $100.05
                    """)
    void areWordsThatACallAgentCanUse(String name, String value, String words) {
        Field column = TestProject.SCHEMA.field(name);
        assertThat(new Wording(column).of(TestCustomers.firstWith(column, value)))
                .isEqualTo(words);
    }
}
