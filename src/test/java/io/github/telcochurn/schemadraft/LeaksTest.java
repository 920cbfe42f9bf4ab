package io.github.telcochurn.schemadraft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A table of 3,000 made-up customers, with columns that a telco knows beforehand and others that it knows only afterwards. */
class LeaksTest {
    private static final int ROWS = 3000;
    private static final String HEADER =
            "Subscriber No,Churn Label,Churn Value,Customer Status,Churn Reason,Churn Category,"
                    + "Date of Churn,Churn Score,Predicted Attrition,Final Settlement,Retention Remark,"
                    + "Months,Monthly Fee,Plan,Credit Score,Town,Day Minutes,Day Charge,Is Business,Complaints,"
                    + "Last Promotion,Satisfaction,Roaming,Risk Class,Loyalty Tier";

    @TempDir
    private static Path dir;

    private static InferredSchema inferred;

    @BeforeAll
    static void inferSchema() throws IOException {
        inferred =
                InferredSchema.of(Files.write(dir.resolve("made-up.csv"), table()), InferenceOptions.NONE, done -> {});
    }

    private static List<String> table() {
        SplittableRandom random = new SplittableRandom(7);
        List<String> lines = new ArrayList<>(List.of(HEADER));
        for (int i = 0; i < ROWS; i++) {
            lines.add(row(i, random.nextDouble() < 0.25, random));
        }
        return lines;
    }

    private static String row(int number, boolean left, SplittableRandom random) {
        int shift = left ? 1 : 0;
        double dayMinutes = Math.round(10 * (150 + 60 * gaussian(random) + 20 * shift)) / 10.0;
        boolean hasRemark = left && random.nextDouble() < 0.4;
        return String.join(
                ",",
                "S" + (100_000 + number * 7),
                left ? "Yes" : "No",
                left ? "1" : "0",
                left ? "Churned" : number % 17 == 0 ? "Joined" : "Stayed",
                left ? List.of("Price", "Competitor", "Moved", "Service").get(random.nextInt(4)) : "",
                left ? List.of("Attitude", "Other").get(random.nextInt(2)) : "Not applicable",
                left ? "2024-0" + (1 + random.nextInt(9)) + "-1" + random.nextInt(10) : "",
                Long.toString(Math.round(50 + 12 * gaussian(random) + 28 * shift)),
                random.nextDouble() < 0.85 == left ? "likely" : "unlikely",
                decimal(20 + 2 * gaussian(random) + 7.4 * shift),
                hasRemark ? "called on day " + random.nextInt(1000) : "",
                // What follows is honest.
                Long.toString(Math.max(0, Math.round(40 + 20 * gaussian(random) - 19 * shift))),
                decimal(60 + 20 * gaussian(random) + 8 * shift),
                List.of("Basic", "Plus", "Max")
                        .get(Math.min(2, random.nextInt(3) + (random.nextInt(4) < shift ? 1 : 0))),
                Long.toString(Math.round(600 + 80 * gaussian(random) - 30 * shift)),
                "Town " + random.nextInt(55),
                Double.toString(dayMinutes),
                decimal(dayMinutes * 0.17),
                random.nextInt(5) == 0 ? "1" : "0",
                // A strong one: AUC 0.9.
                Long.toString(Math.max(0, Math.round(3 + 1.5 * gaussian(random) + 2.9 * shift))),
                random.nextDouble() < 0.3 ? "2023-1" + random.nextInt(3) + "-05" : "",
                random.nextInt(9) == 0 ? "" : Integer.toString(1 + random.nextInt(left ? 4 : 5)),
                random.nextDouble() < (left ? 0.5 : 0.1) ? "yes" : "no",
                List.of("A", "B", "C", "D")
                        .get(Math.min(3, Math.max(0, (int) Math.round(1 + gaussian(random) * 0.7 + 1.4 * shift)))),
                // Only those who stay long have one.
                random.nextDouble() < (left ? 0.02 : 0.2) ? "Gold" : "");
    }

    private static double gaussian(SplittableRandom random) {
        double sum = -6;
        for (int i = 0; i < 12; i++) {
            sum += random.nextDouble();
        }
        return sum;
    }

    private static String decimal(double number) {
        return String.format(Locale.ROOT, "%.2f", number);
    }

    @ParameterizedTest
    @CsvSource({
        "Churn Value, a copy of Churn Label in other words",
        "Customer Status, a copy of Churn Label in other words",
        "Churn Reason, filled in for",
        "Churn Category, filled in for",
        "Date of Churn, filled in for",
        "Churn Score, it looks like the score of another model (AUC 0.9",
        "Predicted Attrition, it looks like the score of another model (AUC 0.8",
        "Final Settlement, alone it ranks Churn Label at an AUC of 0.99",
        "Retention Remark, filled in for",
    })
    void areLeftOutWithTheirFigure(String column, String reason) {
        LeftOut found = inferred.leftOut().stream()
                .filter(each -> each.column().equals(column))
                .findFirst()
                .orElseThrow(() -> new AssertionError(column + " was taken"));

        assertThat(found.why()).isEqualTo(LeftOut.Why.LEAK);
        assertThat(found.reason()).startsWith(reason).endsWith(": it gives the label away");
        assertThat(found.auc()).isBetween(0.5, 1.0);
        assertThat(inferred.yaml().replaceAll("\\n *# ", " ")).contains(column + " is left out: " + found.reason());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Months",
                "Monthly Fee",
                "Plan",
                "Credit Score",
                "Town",
                "Day Minutes",
                "Day Charge",
                "Is Business",
                "Complaints",
                "Satisfaction",
                "Roaming",
                "Risk Class",
                "Loyalty Tier"
            })
    void takeNoHonestColumn(String column) {
        assertThat(inferred.columns()).contains(column);
    }

    @Test
    void leaveOutNothingElseButTheDate() {
        assertThat(inferred.leftOut())
                .filteredOn(column -> column.why() != LeftOut.Why.LEAK)
                .extracting(LeftOut::column, LeftOut::why)
                .containsExactly(tuple("Last Promotion", LeftOut.Why.DATE));
    }

    @Test
    void areNotJudgedInTooFewRows() throws IOException {
        List<String> few = table().subList(0, 9);

        InferredSchema ofFew =
                InferredSchema.of(Files.write(dir.resolve("few.csv"), few), InferenceOptions.NONE, done -> {});

        assertThat(ofFew.leftOut()).extracting(LeftOut::why).doesNotContain(LeftOut.Why.LEAK);
        assertThat(ofFew.notes()).anyMatch(note -> note.contains("give the label away"));
    }

    @Test
    void needALabel() throws IOException {
        List<String> unlabelled = table().stream()
                .map(line -> line.replaceFirst("^([^,]+),[^,]+,[^,]+,[^,]+,", "$1,"))
                .toList();

        InferredSchema found = InferredSchema.of(
                Files.write(dir.resolve("unlabelled.csv"), unlabelled), InferenceOptions.NONE, done -> {});

        assertThat(found.label()).isNull();
        assertThat(found.leftOut()).extracting(LeftOut::why).doesNotContain(LeftOut.Why.LEAK);
        assertThat(found.notes()).anyMatch(note -> note.startsWith("No label was found."));
    }
}
