package io.github.telcochurn.batch.figures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.telcochurn.customer.CustomerSchema;
import io.github.telcochurn.customer.Outcome;
import io.github.telcochurn.scoring.RiskTier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How customers are grouped by a column of any kind. */
class SegmentTest {
    @TempDir
    private Path dir;

    private BreakdownFigures breakdown(String column, String segment, double... values) throws IOException {
        CustomerSchema schema = CustomerSchema.read(Files.writeString(
                dir.resolve("any.schema.yaml"),
                "{name: any, id: id, columns: [" + column + "], report: {segments: [" + segment + "]}}"));
        ReportedColumns columns = ReportedColumns.of(schema, TestFigures.card(schema));
        List<ScoredCustomer> customers = IntStream.range(0, values.length)
                .mapToObj(i -> scored(i, new Profile(new double[] {values[i]}, outcome(i), Double.NaN)))
                .toList();
        return BreakdownFigures.of(customers, schema.report().breakdowns().get(0), columns);
    }

    /** Churned, stayed, unknown, churned, … */
    private static Outcome outcome(int number) {
        return Outcome.values()[number % 3];
    }

    private static ScoredCustomer scored(int number, Profile profile) {
        double probability = number / 100.0;
        boolean isLikely = probability >= 0.5;
        return new ScoredCustomer(
                "c" + number,
                probability,
                Math.max(probability, 1 - probability),
                isLikely,
                RiskTier.LOW,
                0,
                0,
                "v",
                1,
                List.of(),
                profile);
    }

    private static String names(List<Segment> segments) {
        return segments.stream()
                .map(segment -> segment.name() + ": " + segment.customers())
                .collect(Collectors.joining(", "));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {name: n, type: integer, min: 0}  | [12, 24]       | 0–12: 3, 13–24: 1, 25+: 2
            {name: n, type: integer, min: 0}  | [0, 1, 24]     | 0: 1, 1: 1, 2–24: 2, 25+: 2
            {name: n, type: integer, min: 0}  | [12.5, 24]     | 0–12: 3, 13–24: 1, 25+: 2
            {name: n, type: integer}          | [12, 24]       | up to 12: 3, 13–24: 1, 25+: 2
            {name: n, type: integer}          | [-5, -3, 24]   | -2–24: 4, 25+: 2
            {name: n, type: integer}          | [-5, 24]       | -4–24: 4, 25+: 2
            {name: n, type: decimal, min: 0}  | [12, 24.5]     | up to 12: 3, 12–24.5: 1, over 24.5: 2
            {name: n, type: decimal}          | [0.00001]      | up to 0.00001: 1, over 0.00001: 5
            {name: n, type: decimal}          | [-5, 12345678.5] | -5–12345678.5: 6
            """)
    void namesBandsByTheirFirstAndLastNumbers(String column, String bounds, String expected) throws IOException {
        BreakdownFigures found = breakdown(column, "{column: n, bounds: " + bounds + "}", 0, 1, 12, 24, 25, 25);

        assertThat(names(found.segments())).isEqualTo(expected);
        assertThat(found.charted()).isEqualTo(found.segments());
    }

    @Test
    void countsCustomersWithoutAValueLast() throws IOException {
        BreakdownFigures found = breakdown(
                "{name: plan, values: [A, B, C], optional: true, title: sort of plan}", "plan", 2, Double.NaN, 0);

        assertThat(found.title()).isEqualTo("sort of plan");
        assertThat(names(found.segments())).isEqualTo("A: 1, C: 1, unknown: 1");
    }

    @Test
    void namesFlagsInWords() throws IOException {
        BreakdownFigures found = breakdown("{name: tv, type: flag, words: {1: has TV}}", "tv", 1, 0, 1);

        assertThat(names(found.segments())).isEqualTo("0: 1, has TV: 2");
    }

    @Test
    void chartsTheLargestOfManySegmentsAndTheRestTogether() throws IOException {
        // 20 values; the number 7 and the odd ones have more customers than the others.
        String values = IntStream.range(0, 20).mapToObj(i -> "v" + i).collect(Collectors.joining(", "));
        double[] customers = IntStream.range(0, 20)
                .flatMap(i -> IntStream.generate(() -> i).limit(i == 7 ? 5 : 1 + i % 2))
                .asDoubleStream()
                .toArray();

        BreakdownFigures found = breakdown("{name: v, values: [" + values + "]}", "v", customers);

        assertThat(found.segments()).hasSize(20);
        assertThat(names(found.charted()))
                .isEqualTo("v1: 2, v3: 2, v5: 2, v7: 5, v9: 2, v11: 2, v13: 2, v15: 2, v17: 2, rest: 12");
        double wholeProbability = found.segments().stream()
                .mapToDouble(segment -> segment.customers() * segment.meanProbability())
                .sum();
        assertThat(found.charted().stream()
                        .mapToDouble(segment -> segment.customers() * segment.meanProbability())
                        .sum())
                .isCloseTo(wholeProbability, within(1e-9));
        // Counted for the rest, among those with a label, which depends on the number in the list.
        long labelled = 0;
        long churned = 0;
        for (int i = 0; i < customers.length; i++) {
            boolean isOther = (customers[i] % 2 == 0 || customers[i] == 19) && customers[i] != 7;
            labelled += isOther && outcome(i).isKnown() ? 1 : 0;
            churned += isOther && outcome(i) == Outcome.CHURNED ? 1 : 0;
        }
        assertThat(found.charted().get(9).observedShare()).isCloseTo((double) churned / labelled, within(1e-9));
    }

    @Test
    void chartsTenSegmentsAsTheyAre() throws IOException {
        String values = IntStream.range(0, 10).mapToObj(i -> "v" + i).collect(Collectors.joining(", "));
        double[] customers = IntStream.range(0, 10).asDoubleStream().toArray();

        BreakdownFigures found = breakdown("{name: v, values: [" + values + "]}", "v", customers);

        assertThat(found.charted()).hasSize(10).isEqualTo(found.segments());
    }
}
