package io.github.telcochurn.batch.figures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.github.telcochurn.TestProject;
import io.github.telcochurn.customer.CustomerSchema;
import io.github.telcochurn.customer.Outcome;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What has changed since an earlier run. */
class RiskChangeTest {
    private static final CustomerSchema SCHEMA = TestProject.SCHEMA;

    /** The first 80 of 200 are High; of these every fifth has left. */
    private static final RunFigures NOW = TestFigures.of(
            SCHEMA,
            TestFigures.card(SCHEMA),
            TestFigures.customers(SCHEMA, 200, number -> "c" + number),
            "no tech support");

    private static Set<String> high() {
        return NOW.highRisk().stream().map(ScoredCustomer::customerId).collect(Collectors.toCollection(TreeSet::new));
    }

    /** Those at high risk among the first of the call list. */
    private static List<String> listed() {
        Set<String> high = high();
        return NOW.customers().topCustomers().stream()
                .map(TopCustomer::id)
                .filter(high::contains)
                .toList();
    }

    private static RiskChange since(Set<String> earlier) {
        return NOW.comparedWith(new RiskChange.Earlier("before", 1000.0, earlier), List.of())
                .change();
    }

    @Test
    void namesWhoIsNewAtHighRiskAndWhoIsNoLonger() {
        Set<String> earlier = high();
        assertThat(earlier).hasSize(64).contains("c0", "c3").doesNotContain("c4", "c100");
        earlier.removeAll(List.of("c0", "c3"));
        // Now of a lower risk, left, and not in the file.
        earlier.addAll(List.of("c100", "c4", "gone-1", "gone-2"));

        RiskChange change = since(earlier);

        assertThat(change.since()).isEqualTo("before");
        assertThat(change.highRiskBefore()).isEqualTo(66);
        assertThat(change.newAtHighRisk()).isEqualTo(2);
        assertThat(change.newCustomers()).extracting(RiskChange.NewCustomer::id).containsExactly("c0", "c3");
        assertThat(since(Set.of()).newOnList()).containsExactlyInAnyOrderElementsOf(listed());
        assertThat(change.newRevenueAtRisk()).isEqualTo(0.0 + 3.0);
        assertThat(List.of(change.lowerRisk(), change.left(), change.notScored()))
                .containsExactly(1L, 1L, 2L);
        assertThat(change.formerCustomers())
                .extracting(RiskChange.FormerCustomer::id, RiskChange.FormerCustomer::now)
                .containsExactly(
                        tuple("c100", RiskChange.Now.LOWER_RISK),
                        tuple("c4", RiskChange.Now.LEFT),
                        tuple("gone-1", RiskChange.Now.NOT_SCORED),
                        tuple("gone-2", RiskChange.Now.NOT_SCORED));
    }

    @Test
    void findsNothingWhereNothingHasChanged() {
        RiskChange change = since(high());

        assertThat(change.newAtHighRisk() + change.lowerRisk() + change.left() + change.notScored())
                .isZero();
        assertThat(change.newCustomers()).isEmpty();
        assertThat(change.formerCustomers()).isEmpty();
    }

    @Test
    void comparesNothingWithARunOfOtherCustomers() {
        assertThat(since(Set.of("c0", "x1", "x2"))).isNull();
        assertThat(since(Set.of("c0", "x1"))).isNotNull();
        assertThat(NOW.comparedWith(null, List.of()).change()).isNull();
    }

    @Test
    void everybodyAtHighRiskIsNewAfterARunWithoutAny() {
        RiskChange change = since(Set.of());

        assertThat(change.newAtHighRisk()).isEqualTo(64);
        assertThat(change.newCustomers()).hasSize(10);
        assertThat(NOW.highRisk())
                .allSatisfy(customer -> assertThat(customer.profile().outcome()).isNotEqualTo(Outcome.CHURNED));
    }
}
