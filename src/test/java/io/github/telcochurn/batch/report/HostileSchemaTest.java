package io.github.telcochurn.batch.report;

import static io.github.telcochurn.batch.report.HostileTexts.assertHarmless;
import static io.github.telcochurn.batch.report.HostileTexts.wholeTexts;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.github.telcochurn.batch.figures.RunFigures;
import io.github.telcochurn.batch.figures.TestFigures;
import io.github.telcochurn.customer.CustomerSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Names of columns, titles, units, categories and their words are plain text to every reader of the report. */
class HostileSchemaTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String RUN = "20260102_030405";
    private static final List<String> HOSTILE = HostileTexts.ALL;
    /** It cannot occur in XML, even escaped. */
    private static final String BELL = "be\u0007ll";

    @TempDir
    private static Path dir;

    /** One for each hostile text: of categories, flags and numbers in turn. */
    private static final List<String> NAMES =
            HOSTILE.stream().map(text -> "../../" + text).toList();

    @BeforeAll
    static void writeReport() throws Exception {
        CustomerSchema schema = CustomerSchema.read(hostileSchema());
        RunFigures figures = TestFigures.of(
                schema,
                TestFigures.card(schema),
                TestFigures.customers(schema, 200, number -> "c" + number),
                "said of a customer");
        new BatchReport(Files.createDirectory(dir.resolve("reports"))).write(States.succeeded(RUN, figures), figures);
        HistoryIndex.write(dir.resolve("reports"), List.of(States.succeeded(RUN, figures)));
    }

    /** JSON is YAML, too. */
    private static Path hostileSchema() throws IOException {
        List<Map<String, Object>> columns = new ArrayList<>();
        List<Object> segments = new ArrayList<>();
        for (int i = 0; i < HOSTILE.size(); i++) {
            Map<String, Object> column = new LinkedHashMap<>();
            column.put("name", NAMES.get(i));
            column.put("title", HOSTILE.get(i));
            switch (i % 3) {
                case 0 ->
                    column.put(
                            "values",
                            Stream.concat(HOSTILE.stream().limit(6), Stream.of(BELL))
                                    .toList());
                case 1 -> {
                    column.put("type", "flag");
                    column.put("words", Map.of("0", HOSTILE.get(i), "1", BELL));
                }
                default -> {
                    column.put("type", "decimal");
                    column.put(
                            "unit",
                            HOSTILE.get(i)
                                    .substring(0, Math.min(30, HOSTILE.get(i).length())));
                }
            }
            columns.add(column);
            segments.add(i % 3 == 2 ? Map.of("column", NAMES.get(i), "bounds", List.of(10, 20)) : NAMES.get(i));
        }
        Map<String, Object> schema = Map.of(
                "name",
                "hostile",
                "id",
                "=id",
                "label",
                Map.of("column", "+label", "churned", "=left", "stayed", "-stayed"),
                "columns",
                columns,
                "report",
                Map.of("revenue", NAMES.get(2), "show", NAMES, "segments", segments));
        Path file = dir.resolve("hostile.schema.yaml");
        JSON.writeValue(file.toFile(), schema);
        return file;
    }

    private static Path file(String ending) {
        return dir.resolve("reports").resolve("batch_report_" + RUN + ending);
    }

    private static List<Path> charts() throws IOException {
        try (Stream<Path> files = Files.list(dir.resolve("reports"))) {
            return files.filter(name -> name.toString().endsWith(".svg")).toList();
        }
    }

    @Test
    void isTextInHtml() throws IOException {
        Document page = Jsoup.parse(file(".html").toFile());

        assertHarmless(page);
        assertThat(page.select("img")).isEmpty();
        assertThat(wholeTexts(page, ".customers thead th.title")).hasSameSizeAs(HOSTILE);
        for (int i = 0; i < HOSTILE.size(); i++) {
            assertThat(wholeTexts(page, ".customers thead th.title").get(i)).isEqualToIgnoringCase(HOSTILE.get(i));
            assertThat(wholeTexts(page, "figcaption h3")).contains("Churn by " + HOSTILE.get(i));
            assertThat(wholeTexts(page, "caption")).contains("By " + HOSTILE.get(i));
        }
        assertThat(wholeTexts(page, ".customers tbody td"))
                .contains(HOSTILE.get(0), HOSTILE.get(1), "98 " + HOSTILE.get(8));
    }

    @Test
    void isTextInMarkdown() throws IOException {
        Document page = HostileTexts.rendered(file(".md"));

        assertHarmless(page);
        assertThat(page.select("img")).hasSize(5 + HOSTILE.size()).allSatisfy(image -> assertThat(image.attr("src"))
                .startsWith("batch_report_" + RUN));
        List<String> onOneLine =
                HOSTILE.stream().map(text -> text.replace('\n', ' ')).toList();
        Element calls = page.select("table").stream()
                .filter(table -> table.selectFirst("th").text().equals("customer"))
                .findFirst()
                .orElseThrow();
        assertThat(calls.select("thead th").stream().map(Element::wholeText))
                .hasSize(5 + HOSTILE.size())
                .containsAll(onOneLine);
        assertThat(calls.select("tbody tr"))
                .allSatisfy(row -> assertThat(row.select("td")).hasSize(5 + HOSTILE.size()));
        assertThat(page.select("h3").stream().map(Element::wholeText))
                .containsAll(onOneLine.stream().map(text -> "Churn by " + text).toList());
    }

    @Test
    void isTextInChartsOfSafeNames() throws Exception {
        Set<String> words = new HashSet<>();
        for (Path chart : charts()) {
            assertThat(chart.getFileName().toString()).matches("batch_report_" + RUN + "_[a-z0-9_]{1,80}\\.svg");
            org.w3c.dom.Document svg =
                    DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(chart.toFile());
            assertThat(svg.getElementsByTagName("script").getLength()).isZero();
            words.add(svg.getDocumentElement().getAttribute("aria-label"));
        }
        assertThat(words).hasSize(5 + HOSTILE.size());
        for (String text : HOSTILE) {
            // XML replaces the line break of an attribute with a blank.
            assertThat(words).anyMatch(label -> label.startsWith("Churn by " + text.replace('\n', ' ')));
        }
    }

    @Test
    void isTextInSpreadsheets() throws IOException {
        try (CSVParser csv = States.csv(file("_predictions.csv"))) {
            List<String> names = csv.getHeaderNames();
            assertThat(names)
                    .hasSize(11 + HOSTILE.size())
                    .startsWith("'=id")
                    .contains("'+label")
                    .containsAll(NAMES);
            List<CSVRecord> rows = csv.getRecords();
            assertThat(rows).hasSize(200).allSatisfy(row -> {
                assertThat(row.size()).isEqualTo(names.size());
                assertThat(row).noneMatch(HostileTexts::isFormula);
            });
            assertThat(rows.get(2).get(NAMES.get(0))).isEqualTo("'" + HOSTILE.get(2));
            assertThat(rows.get(4).get("'+label")).isEqualTo("'=left");
        }
    }

    @Test
    void isUnchangedInJson() throws IOException {
        JsonNode report = JSON.readTree(file(".json").toFile());

        assertThat(JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                        .getSchema(HostileSchemaTest.class.getResourceAsStream("/schemas/batch-report.schema.json"))
                        .validate(report))
                .isEmpty();
        assertThat(report.get("breakdowns").findValuesAsText("column")).isEqualTo(NAMES);
        assertThat(report.get("shown_columns").findValuesAsText("title")).isEqualTo(HOSTILE);
        assertThat(report.get("revenue_unit").asText()).isEqualTo(HOSTILE.get(2));
        assertThat(report.at("/top_customers/0/values").size()).isEqualTo(HOSTILE.size());
    }

    @Test
    void isTextInTheListOfRunsAndInNotices() throws IOException {
        Document index = Jsoup.parse(dir.resolve("reports/index.html").toFile());

        assertHarmless(index);
        assertThat(wholeTexts(index, "td[data-label=At risk]"))
                .singleElement()
                .asString()
                .endsWith(HOSTILE.get(2));
    }
}
