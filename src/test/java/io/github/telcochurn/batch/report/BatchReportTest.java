package io.github.telcochurn.batch.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.github.telcochurn.ChurnFailure;
import io.github.telcochurn.TestProject;
import io.github.telcochurn.batch.figures.RunFigures;
import io.github.telcochurn.batch.figures.TestFigures;
import io.github.telcochurn.batch.journal.RunState;
import io.github.telcochurn.customer.CustomerSchema;
import io.github.telcochurn.scoring.ModelCard;
import io.github.telcochurn.scoring.ModelFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is written when something failed or is missing. */
class BatchReportTest {
    private static final String RUN = "20260102_030405";
    private static final RunState FAILED = States.failed(RUN);
    private static final ModelCard CARD = new ModelFolder(TestProject.ROOT.resolve("models"), TestProject.SCHEMA)
            .champion()
            .card();

    @TempDir
    private Path dir;

    private static RunFigures nothingScored() {
        return TestFigures.nobody(TestProject.SCHEMA, CARD);
    }

    @Test
    void saysWhichStepOfARunFailedAndWhatToDo() throws IOException {
        Path markdown = new BatchReport(dir).writeFailed(FAILED);

        assertThat(markdown).isEqualTo(BatchReport.markdownFile(dir, RUN));
        assertThat(Files.readString(markdown))
                .contains("**Failed**", "the broker went away. Check that it runs", "| ingest |");
        Document page = Jsoup.parse(BatchReport.htmlFile(dir, RUN).toFile());
        assertThat(page.select(".status").text()).contains("Failed.", "Check that it runs");
        assertThat(page.select("tbody tr")).hasSize(2);
        assertThat(page.select("tbody tr").get(1).text())
                .contains("ingest", "1 min 34 s", "3", "failed", "the broker went away");
        assertThat(JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                        .getSchema(BatchReportTest.class.getResourceAsStream("/schemas/batch-report.schema.json"))
                        .validate(new ObjectMapper()
                                .readTree(dir.resolve("batch_report_" + RUN + ".json")
                                        .toFile())))
                .isEmpty();
        assertThat(files()).hasSize(3);
    }

    @Test
    void isWrittenForARunThatReadNothing() throws IOException {
        new BatchReport(dir).write(FAILED, nothingScored());

        assertThat(Jsoup.parse(BatchReport.htmlFile(dir, RUN).toFile())
                        .select("h1")
                        .text())
                .isEqualTo("0 customers scored, 0 of them at high risk of leaving");
        assertThat(files()).hasSize(7);
    }

    @ParameterizedTest
    @ValueSource(strings = {".html", ".md", ".json"})
    void omitsRevenueWithoutARevenueColumn(String ending) throws IOException {
        writeOther("");

        assertThat(Files.readString(dir.resolve("batch_report_" + RUN + ending)))
                .containsIgnoringCase("plan B")
                .doesNotContainIgnoringCase("revenue");
        assertThat(Files.readString(dir.resolve("index.html"))).doesNotContainIgnoringCase("revenue");
    }

    @Test
    void saysRevenueInTheUnitOfItsColumn() throws IOException {
        writeOther("report: {revenue: fee}");

        // 200 customers pay 0 to 99 twice over; the 80 with the highest risk are High, and every fifth of them has
        // left.
        long revenue = IntStream.range(0, 80)
                .filter(number -> number % 5 != 4)
                .map(number -> number % 100)
                .sum();
        String amount = String.format(Locale.ROOT, "%,d", revenue);
        assertThat(revenue).isGreaterThan(1000);
        Document page = Jsoup.parse(BatchReport.htmlFile(dir, RUN).toFile());
        assertThat(page.select("dl.figures").text()).contains("Revenue at risk " + amount + " EUR");
        assertThat(Files.readString(BatchReport.markdownFile(dir, RUN))).contains("| " + amount + ".00 EUR |");
        assertThat(Files.readString(dir.resolve("index.html"))).contains(">" + amount + " EUR<");
        // Without a show section, the columns that contribute most.
        assertThat(page.select(".customers thead th").eachText())
                .containsExactly("Customer", "Worth", "Probability", "Risk", "Fee", "Plan", "Why");
        assertThat(page.select(".customers tbody tr").get(0).text()).contains("129 EUR", "98 EUR", "plan A");
    }

    private void writeOther(String report) throws IOException {
        CustomerSchema schema = CustomerSchema.read(Files.writeString(dir.resolve("other.schema.yaml"), """
                name: other
                id: id
                label: {column: gone, churned: 1, stayed: 0}
                columns:
                  - {name: plan, values: [plan A, plan B]}
                  - {name: fee, type: decimal, unit: EUR}
                """ + report));
        RunFigures figures = TestFigures.of(
                schema,
                TestFigures.card(schema, "fee", "plan"),
                TestFigures.customers(schema, 200, number -> "c" + number),
                "plan B");
        RunState state = States.succeeded(RUN, figures);
        new BatchReport(dir).write(state, figures);
        HistoryIndex.write(dir, List.of(state));
    }

    @Test
    void leavesNoHalfReport() throws IOException {
        // A folder that is not empty cannot be replaced by a file.
        Files.createDirectories(BatchReport.markdownFile(dir, RUN).resolve("occupied"));

        assertThatThrownBy(() -> new BatchReport(dir).write(FAILED, nothingScored()))
                .isInstanceOf(ChurnFailure.class)
                .hasMessageContaining("The report cannot be written in " + dir);

        assertThat(files()).containsExactly("batch_report_" + RUN + ".md");
    }

    @Test
    void listsARunWithoutAReportWithoutALink() throws IOException {
        Path index = HistoryIndex.write(dir, List.of(FAILED));

        Document page = Jsoup.parse(index.toFile());
        assertThat(page.select("tbody tr")).hasSize(1);
        assertThat(page.select("tbody tr").text())
                .contains("2 Jan 2026, 03:04", "failed", "schedule", "customers.csv", "1 min 35 s");
        assertThat(page.select("a")).isEmpty();
    }

    @Test
    void listsNoRunsAtFirst() throws IOException {
        assertThat(Jsoup.parse(HistoryIndex.write(dir, List.of()).toFile()).text())
                .contains("None yet.");
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(dir)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }
}
