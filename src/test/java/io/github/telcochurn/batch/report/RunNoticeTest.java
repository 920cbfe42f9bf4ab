package io.github.telcochurn.batch.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.github.telcochurn.batch.journal.RunProgress;
import io.github.telcochurn.batch.journal.RunResults;
import io.github.telcochurn.batch.journal.RunState;
import io.github.telcochurn.batch.journal.RunStatus;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RunNoticeTest {
    @Test
    void saysInOneLineThatARunSucceeded() {
        assertThat(TestNotices.succeeded(null).subject())
                .isEqualTo(
                        "Churn batch 20261125_100000 succeeded: 7,043 rows read = 7,043 predictions + 0 dead letters;"
                                + " 690 at high risk, $54,000 of revenue");
    }

    @Test
    void saysRevenueInItsUnit() {
        assertThat(withRevenue(54_000.4, "EUR").subject()).endsWith("; 690 at high risk, 54,000 EUR of revenue");
        assertThat(withRevenue(-54_000.4, "€").text()).contains("690 at high risk, -€54,000 of revenue.\n");
    }

    @Test
    void omitsRevenueWithoutARevenueColumn() throws JsonProcessingException {
        RunNotice notice = withRevenue(null, null);

        assertThat(notice.subject()).endsWith("; 690 at high risk");
        assertThat(notice.text()).contains("690 at high risk.\n");
        assertThat(TestNotices.json(notice)).doesNotContain("revenue_at_risk", "null");
    }

    private static RunNotice withRevenue(Double revenue, String unit) {
        RunState run = TestNotices.succeeded(null).run();
        RunResults results = new RunResults(run.books(), run.highRisk(), revenue, unit);
        return new RunNotice(
                new RunState(run.plan(), run.progress(), run.basis(), run.warnings(), results), null, null);
    }

    @Test
    void saysInOneLineWhichStepFailedAndWhy() {
        assertThat(TestNotices.failed().subject())
                .isEqualTo("Churn batch 20261125_100000 failed in step score: No broker answers at 127.0.0.1:29092."
                        + " Start it: ./churn broker");
    }

    @Test
    void tellsPeopleWhatToDoAboutARunThatFailed() {
        assertThat(TestNotices.failed().text())
                .contains("Churn batch 20261125_100000: failed.\n")
                .contains("Failed step: score, in 3 attempts.\n")
                .contains("Start it: ./churn broker\n")
                .contains("There is no report.\n");
    }

    @Test
    void tellsPeopleWhatToDoAboutTooManyDeadLetters() {
        assertThat(TestNotices.belowThreshold().subject())
                .startsWith("Churn batch 20261125_100000 is below its success threshold: 7,043 rows read =");
        assertThat(TestNotices.belowThreshold().text())
                .contains("95.00 % of the rows read must become predictions.\n")
                .contains("./churn deadletters list")
                .contains("Report: /reports/batch_report_20261125_100000.md\n");
    }

    @Test
    void cutsASubjectThatIsTooLong() {
        RunState failed = TestNotices.failed().run();
        RunState wordy = new RunState(
                failed.plan(),
                new RunProgress(RunStatus.FAILED, failed.endedAt(), failed.steps(), "x".repeat(5000), List.of()),
                failed.basis(),
                failed.warnings(),
                failed.results());

        assertThat(new RunNotice(wordy, null, null).subject()).hasSize(200).endsWith("x…");
    }

    static RunNotice[] notices() {
        return new RunNotice[] {
            TestNotices.succeeded(Path.of("/reports/batch_report_20261125_100000.html")),
            TestNotices.belowThreshold(),
            TestNotices.failed()
        };
    }

    @ParameterizedTest
    @MethodSource("notices")
    void isJsonAsItsSchemaSays(RunNotice notice) throws IOException {
        JsonNode json = new ObjectMapper().readTree(TestNotices.json(notice));

        try (InputStream schema = RunNotice.class.getResourceAsStream("/schemas/run-notice.schema.json")) {
            assertThat(JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                            .getSchema(schema)
                            .validate(json))
                    .isEmpty();
        }
        assertThat(json.path("started_at").asText()).isEqualTo("2026-11-25T10:00:00Z");
        assertThat(json.path("subject").asText()).isEqualTo(notice.subject());
        assertThat(TestNotices.json(notice)).contains("küsten");
    }
}
