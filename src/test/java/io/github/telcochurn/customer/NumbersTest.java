package io.github.telcochurn.customer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumbersTest {
    @ParameterizedTest
    @CsvSource({
        "29.85, 29.85",
        "-3, -3",
        "-0.0, 0",
        "12345678.5, 12345678.5",
        "-98765432109.25, -98765432109.25",
        "0.00001, 0.00001",
        "0.1, 0.1",
        "1e15, 1.0E15",
        "NaN, NaN",
        "Infinity, Infinity"
    })
    void areWrittenAsPeopleReadThem(double number, String expected) {
        assertThat(Numbers.plain(number)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"5, $, $5", "-5, $, -$5", "5, US$, 5 US$", "2, months, 2 months", "7, '', 7", "-7, EUR, -7 EUR"})
    void haveACurrencysSymbolBeforeThemAndAnyOtherUnitBehind(String digits, String unit, String expected) {
        assertThat(Numbers.withUnit(digits, unit)).isEqualTo(expected);
    }
}
