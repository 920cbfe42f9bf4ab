package io.github.telcochurn.schemadraft;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ColumnNameTest {
    @Test
    void isMadeOfWords() {
        assertThat(new ColumnName("MonthlyCharges").words()).containsExactly("monthly", "charges");
        assertThat(new ColumnName("total_day-minutes ($)").words()).containsExactly("total", "day", "minutes");
        assertThat(new ColumnName("HTTPServerID").words()).containsExactly("http", "server", "id");
        assertThat(new ColumnName("Gr\u00f6\u00dfe").words()).containsExactly("gr\u00f6\u00dfe");
        assertThat(new ColumnName("").words()).isEmpty();
    }

    @Test
    void isComparedWithoutCaseSpacesAndUnderscores() {
        assertThat(new ColumnName("Churn Label").plain()).isEqualTo(new ColumnName("churn_label").plain());
        assertThat(new ColumnName("a-b").plain()).isNotEqualTo(new ColumnName("ab").plain());
    }

    @Test
    void saysWhatItsNumbersAreCountedIn() {
        assertThat(Unit.of(new ColumnName("Tenure in Months"))).isEqualTo(new Unit("months", "tenure"));
        assertThat(Unit.of(new ColumnName("Total ($)"))).isEqualTo(new Unit("$", "total"));
        assertThat(Unit.of(new ColumnName("monthly"))).isNull();
        assertThat(Unit.of(new ColumnName("minutes"))).isNull();
    }
}
