package io.github.telcochurn.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The changes of clocks in Berlin: forward on 2027-03-28 at 01:00 UTC, back on 2026-10-25 at 01:00 UTC. */
class CronFiringsTest {
    private static CronFirings inBerlin(String cron) {
        return CronFirings.of(cron, ZoneId.of("Europe/Berlin"));
    }

    private static List<String> after(CronFirings firings, String time, int count) {
        return Stream.iterate(firings.after(Instant.parse(time)).orElseThrow(), firing -> firings.after(firing)
                        .orElseThrow())
                .limit(count)
                .map(Instant::toString)
                .toList();
    }

    @Test
    void makesUpForADailyRunInTheHourThatDoesNotExist() {
        CronFirings firings = inBerlin("0 30 2 * * ?");

        assertThat(after(firings, "2027-03-27T00:00:00Z", 3))
                .containsExactly("2027-03-27T01:30:00Z", "2027-03-28T01:30:00Z", "2027-03-29T00:30:00Z");
        assertThat(firings.skippedAfter(Instant.parse("2026-11-25T00:00:00Z")))
                .hasSize(10)
                .startsWith(new CronFirings.Skipped(
                        Instant.parse("2027-03-28T01:30:00Z"), LocalDateTime.parse("2027-03-28T02:30:00")));
    }

    @Test
    void makesUpForTheHourlyRunInTheFirstOfTwoHoursOfOneName() {
        CronFirings firings = inBerlin("0 0 * * * ?");

        assertThat(after(firings, "2026-10-24T22:30:00Z", 4))
                .containsExactly(
                        "2026-10-24T23:00:00Z", "2026-10-25T00:00:00Z", "2026-10-25T01:00:00Z", "2026-10-25T02:00:00Z");
        assertThat(firings.skippedAfter(Instant.parse("2026-01-01T00:00:00Z")).get(0))
                .isEqualTo(new CronFirings.Skipped(
                        Instant.parse("2026-10-25T00:00:00Z"), LocalDateTime.parse("2026-10-25T02:00:00")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Europe/Berlin", "America/New_York", "Africa/Casablanca", "Asia/Kathmandu"})
    void hasAnHourlyRunInEachHourOfTwoYears(String timezone) {
        CronFirings firings = CronFirings.of("0 45 * * * ?", ZoneId.of(timezone));
        Instant firing = firings.after(Instant.parse("2026-01-01T00:00:00Z")).orElseThrow();
        Instant end = firing.plus(Duration.ofDays(730));

        while (firing.isBefore(end)) {
            Instant next = firings.after(firing).orElseThrow();
            assertThat(Duration.between(firing, next)).as("after %s", firing).isEqualTo(Duration.ofHours(1));
            firing = next;
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "0 30 2 * * ?; 2026-10-24T23:00:00Z; 2026-10-25T01:30:00Z",
                "0 30 1,2 * * ?; 2026-10-24T23:30:00Z; 2026-10-25T01:30:00Z",
                "0 30 2,3 * * ?; 2027-03-28T00:00:00Z; 2027-03-28T01:30:00Z",
                "0 30 2,3 * * ?; 2027-03-28T01:30:00Z; 2027-03-29T00:30:00Z",
                "0 0 3 * * ?; 2027-03-27T12:00:00Z; 2027-03-28T01:00:00Z",
                "0 0/5 2 * * ?; 2027-03-28T00:30:00Z; 2027-03-28T01:00:00Z",
                "0 0/5 2 * * ?; 2027-03-28T01:00:00Z; 2027-03-29T00:00:00Z",
                "0 0/15 * * * ?; 2026-10-25T00:00:00Z; 2026-10-25T01:00:00Z",
            })
    void hasNoMoreThanOneRunForWhatAChangeOfClocksSkips(String cron, String after, String expected) {
        assertThat(inBerlin(cron).after(Instant.parse(after))).contains(Instant.parse(expected));
    }

    @Test
    void hasNothingToMakeUpForWhereClocksDoNotChange() {
        assertThat(CronFirings.of("0 30 2 * * ?", ZoneId.of("UTC")).skippedAfter(Instant.EPOCH))
                .isEmpty();
        assertThat(inBerlin("0 30 4 * * ?").skippedAfter(Instant.parse("2026-01-01T00:00:00Z")))
                .isEmpty();
    }

    @Test
    void makesUpForTheOnlyFiringOfASchedule() {
        CronFirings firings = inBerlin("0 30 2 28 3 ? 2027");

        assertThat(firings.after(Instant.parse("2026-11-25T00:00:00Z")))
                .contains(Instant.parse("2027-03-28T01:30:00Z"));
        assertThat(firings.after(Instant.parse("2027-03-28T01:30:00Z"))).isEmpty();
    }
}
