package io.github.telcochurn.routes.test;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MatchTest {
    @ParameterizedTest
    @CsvSource({
        "*, anything, true",
        "a*c, abc, true",
        "a*c, abcd, false",
        "*b*, abc, true",
        "a.c, abc, false",
        "abc, abc, true",
        "*c, abc, true",
        "c*, abc, false"
    })
    void aStarMatchesAnything(String pattern, String text, boolean expected) {
        assertThat(Match.matches(pattern, text)).isEqualTo(expected);
    }
}
