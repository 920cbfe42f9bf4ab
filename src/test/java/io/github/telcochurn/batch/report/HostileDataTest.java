package io.github.telcochurn.batch.report;

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
import io.github.telcochurn.scoring.ChurnModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVPrinter;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Text from the data, the file's name and the steps means nothing to any reader of the report but itself. */
class HostileDataTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> HOSTILE = List.of(
            "<script>alert(1)</script>",
            "<img src=x onerror=alert(1)>",
            "=cmd|' /C calc'!A0",
            "+1+1",
            "-2+3",
            "@SUM(A1)",
            "a|b",
            "a\\|b\\",
            "\"quoted\"",
            "new\nline",
            "[x](javascript:alert(1))",
            "![x](https://example.org/x.png)",
            "<https://example.org>",
            "`code`",
            "**bold** __too__ ~~gone~~",
            "${7*7} #{7*7} <#assign x=1>",
            "&lt;b&gt; &amp;",
            "# heading");

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
        // At high risk and not gone yet, so that it is among those to call first.
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

    /** What the run's steps and its gate say can quote the data, too. */
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
                    ChurnModel.load(config.modelDir(), config.schema()).card());
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

    private static List<String> wholeTexts(Document page, String selector) {
        return page.select(selector).stream().map(Element::wholeText).toList();
    }

    private static void assertHarmless(Document page) {
        assertThat(page.select("script, iframe, object, embed, form, base, #heading"))
                .isEmpty();
        assertThat(page.select("[href^=javascript], [href*=example.org], [src*=example.org]"))
                .isEmpty();
        assertThat(page.getAllElements()).allSatisfy(element -> assertThat(element.attributes())
                .noneMatch(attribute -> attribute.getKey().startsWith("on")));
    }

    @Test
    void isTextInMarkdown() throws IOException {
        List<TablesExtension> tables = List.of((TablesExtension) TablesExtension.create());
        String rendered = HtmlRenderer.builder()
                .extensions(tables)
                .build()
                .render(Parser.builder().extensions(tables).build().parse(Files.readString(markdown)));
        Document page = Jsoup.parse(rendered);

        assertHarmless(page);
        assertThat(page.select("img")).hasSize(6).allSatisfy(image -> assertThat(image.attr("src"))
                .startsWith("batch_report_"));
        assertThat(page.select("td a, td code, td strong, td em, td h1, td img, td del, td b"))
                .isEmpty();
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
                            .map(text -> "=+-@".indexOf(text.charAt(0)) < 0 ? text : "'" + text)
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
