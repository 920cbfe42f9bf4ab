package io.github.telcochurn.batch.report;

import static io.github.telcochurn.batch.report.HostileTexts.assertHarmless;
import static io.github.telcochurn.batch.report.HostileTexts.wholeTexts;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.telcochurn.TestProject;
import io.github.telcochurn.batch.figures.RunFigures;
import io.github.telcochurn.batch.journal.RunProgress;
import io.github.telcochurn.batch.journal.RunState;
import io.github.telcochurn.batch.journal.RunStatus;
import io.github.telcochurn.batch.journal.StepRecord;
import io.github.telcochurn.batch.run.BatchRun;
import io.github.telcochurn.batch.run.RunRequest;
import io.github.telcochurn.cli.StandaloneRun;
import io.github.telcochurn.config.ChurnConfig;
import io.github.telcochurn.kafka.KafkaTopics;
import io.github.telcochurn.scoring.ModelFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVPrinter;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Text from the data, the file's name and the steps is plain text to every reader of the report. */
class HostileDataTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> HOSTILE = HostileTexts.ALL;

    @TempDir
    private static Path home;

    private static Path markdown;
    private static String inputName;

    @BeforeAll
    static void runOnHostileData() throws Exception {
        ChurnConfig config = TestProject.config(home);
        inputName = "<b onclick=x>|`${1+1}` [x](y) & =1+1.csv";
        Path csv = home.resolve(inputName);
        List<String> shipped = Files.readAllLines(TestProject.SHIPPED_CSV);
        // At high risk and has not left yet, so that it is among those to call first.
        String[] risky = shipped.stream()
                .filter(line -> line.startsWith("8269-KFWAM"))
                .findFirst()
                .orElseThrow()
                .split(",", -1);
        risky[20] = "No";
        try (CSVPrinter rows = new CSVPrinter(Files.newBufferedWriter(csv), CSVFormat.RFC4180)) {
            rows.printRecord((Object[]) shipped.get(0).split(",", -1));
            for (String text : HOSTILE) {
                rows.printRecord((Object[]) with(risky, 0, text));
                rows.printRecord((Object[]) with(risky, 15, text));
            }
        }
        BatchRun run = new StandaloneRun(config).run(RunRequest.fresh(Instant.now(), csv));
        assertThat(run.state().books().headline()).isEqualTo("36 rows read = 18 predictions + 18 dead letters");
        markdown = run.reportFile();
        writeAgainWithHostileState(config);
    }

    private static String[] with(String[] row, int field, String text) {
        String[] changed = row.clone();
        changed[field] = text;
        return changed;
    }

    /** The messages of the run's steps and of its gate can quote the data, too. */
    private static void writeAgainWithHostileState(ChurnConfig config) throws IOException {
        RunState state = States.read(beside(".json"));
        List<StepRecord> steps = new ArrayList<>();
        HOSTILE.forEach(text -> steps.add(
                new StepRecord("ingest", 1, state.startedAt(), Instant.now(), StepRecord.Outcome.FAILED, text)));
        RunState hostile = new RunState(
                state.plan(),
                new RunProgress(RunStatus.FAILED, Instant.now(), steps, String.join(" ", HOSTILE), List.of()),
                state.basis(),
                HOSTILE,
                state.results());
        try (KafkaTopics topics = new KafkaTopics(config.kafka().bootstrapServers())) {
            RunFigures figures = RunFigures.read(
                    config,
                    topics,
                    new RunFigures.Ingested(
                            state.runId(), state.inputSha256(), state.books().rowsRead()),
                    topic -> topics.firstSince(topic, state.startedAt().toEpochMilli()),
                    new ModelFolder(config.modelDir(), config.schema()).champion());
            new BatchReport(markdown.getParent()).write(hostile, figures);
        }
        HistoryIndex.write(markdown.getParent(), List.of(hostile));
    }

    private static Path beside(String ending) {
        return Path.of(markdown.toString().replace(".md", ending));
    }

    @Test
    void isTextInHtml() throws IOException {
        Document page = Jsoup.parse(beside(".html").toFile());

        assertHarmless(page);
        assertThat(page.select("img")).isEmpty();
        assertThat(wholeTexts(page, ".customers tbody th")).containsExactlyInAnyOrderElementsOf(HOSTILE);
        assertThat(wholeTexts(page, ".notice li")).containsExactlyElementsOf(HOSTILE);
        assertThat(wholeTexts(page, "td[data-label=Detail] > span")).containsExactlyElementsOf(HOSTILE);
        List<String> messages = wholeTexts(page, "td[data-label=Message]");
        assertThat(messages).hasSize(HOSTILE.size());
        for (int i = 0; i < messages.size(); i++) {
            assertThat(messages.get(i)).contains(inputName, "but is \"" + HOSTILE.get(i) + "\"");
        }
        assertThat(page.selectFirst(".kicker").wholeText()).endsWith("from " + inputName);
        assertThat(page.selectFirst(".status").wholeText()).contains(String.join(" ", HOSTILE));
    }

    @Test
    void isTextInTheListOfRuns() throws IOException {
        Document page = Jsoup.parse(markdown.resolveSibling("index.html").toFile());

        assertHarmless(page);
        assertThat(wholeTexts(page, "td[data-label=Input] > span")).containsExactly(inputName);
        assertThat(page.selectFirst("tbody th a").attr("href"))
                .isEqualTo(beside(".html").getFileName().toString());
    }

    @Test
    void isTextInMarkdown() throws IOException {
        Document page = HostileTexts.rendered(markdown);

        assertHarmless(page);
        assertThat(page.select("img")).hasSize(7).allSatisfy(image -> assertThat(image.attr("src"))
                .startsWith("batch_report_"));
        List<String> onOneLine =
                HOSTILE.stream().map(text -> text.replace('\n', ' ')).toList();
        assertThat(cells(page, "customer", 1)).containsExactlyInAnyOrderElementsOf(onOneLine);
        assertThat(cells(page, "step", 6)).containsExactlyElementsOf(onOneLine);
        List<String> messages = cells(page, "stage", 3);
        assertThat(messages).hasSize(HOSTILE.size());
        for (int i = 0; i < messages.size(); i++) {
            assertThat(messages.get(i)).contains(inputName, "but is \"" + onOneLine.get(i) + "\"");
        }
        assertThat(page.text()).contains(String.join(" ", onOneLine));
    }

    /** The cells of one column, from 1, of the table whose first heading that is. */
    private static List<String> cells(Document page, String heading, int column) {
        Element table = page.select("table").stream()
                .filter(candidate -> candidate.selectFirst("th").text().equals(heading))
                .findFirst()
                .orElseThrow();
        return table.select("tbody tr td:nth-child(" + column + ")").stream()
                .map(Element::wholeText)
                .toList();
    }

    @Test
    void isTextInSpreadsheets() throws IOException {
        try (CSVParser csv = States.csv(beside("_predictions.csv"))) {
            List<String> ids = new ArrayList<>();
            csv.forEach(row -> {
                assertThat(row.size()).isEqualTo(14);
                row.forEach(cell -> assertThat(cell).doesNotStartWith("=").doesNotStartWith("+"));
                row.forEach(cell -> assertThat(cell).doesNotStartWith("-").doesNotStartWith("@"));
                ids.add(row.get("customerID"));
            });
            assertThat(ids)
                    .containsExactlyInAnyOrderElementsOf(HOSTILE.stream()
                            .map(text -> HostileTexts.isFormula(text) ? "'" + text : text)
                            .toList());
        }
    }

    @Test
    void isUnchangedInJson() throws IOException {
        JsonNode report = JSON.readTree(beside(".json").toFile());
        List<String> ids = new ArrayList<>();
        report.get("top_customers")
                .forEach(customer -> ids.add(customer.get("id").asText()));
        assertThat(ids).containsExactlyInAnyOrderElementsOf(HOSTILE);
        assertThat(report.get("warnings")).isEqualTo(JSON.valueToTree(HOSTILE));
        assertThat(report.get("input").asText()).endsWith(inputName);
        assertThat(report.at("/drift/score/verdict").asText()).isEqualTo("too few to tell");
    }
}
