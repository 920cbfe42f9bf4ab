package io.github.telcochurn.batch.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.telcochurn.templates.ReportTemplates;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.parser.Parser;
import org.junit.jupiter.api.Test;

/** Charts of data that the shipped customers do not have. */
class ChartTest {
    private static Document chart(String name, Map<String, Object> report) throws IOException {
        return chart(name, report, List.of());
    }

    private static Document chart(String name, Map<String, Object> report, List<?> rows) throws IOException {
        List<String> tiers = Stream.generate(() -> "Low").limit(10).toList();
        Map<String, Object> model =
                Map.of("chart", name, "words", "Some \"words\"", "report", report, "rows", rows, "tier_of_bin", tiers);
        String svg = ReportTemplates.fill("chart.ftlx", model);
        return Jsoup.parse(svg, Parser.xmlParser());
    }

    private static Map<String, Object> segment(String name, double meanProbability) {
        return Map.of("name", name, "mean_probability", meanProbability);
    }

    @Test
    void breaksNamesThatAreTooLongForTheirBarsIntoTwoLines() throws IOException {
        Document svg = chart(
                "segments",
                Map.of(),
                List.of(
                        segment("Month-to-month without a deposit at all", 0.5),
                        segment("Onehundredyears", 0.1),
                        segment("One year", 0.1),
                        segment("<unknown>", 0)));

        assertThat(svg.select("text").eachText())
                .contains("Month-to-", "month…", "Onehundredy", "ears", "One year", "<unknown>")
                .doesNotContain("deposit");
        assertThat(svg.select("svg").attr("aria-label")).isEqualTo("Some \"words\"");
    }

    @Test
    void drawsAMillionCustomersAndNone() throws IOException {
        Document million = chart("tiers", Map.of("tiers", Map.of("High", 1_000_000, "Medium", 0, "Low", 0)));
        Document none = chart("tiers", Map.of("tiers", Map.of("High", 0, "Medium", 0, "Low", 0)));

        assertThat(million.select("text").eachText()).contains("1,000,000 (100%)", "0 (0%)");
        assertThat(none.select("text").eachText()).contains("0 (0%)").doesNotContain("0 (100%)");
    }

    @Test
    void countsLongRunsInSecondsAndShortOnesInTenths() throws IOException {
        assertThat(chart("throughput", throughput(3_600_000)).select("text").eachText())
                .contains("0 s", "20,000 s");
        assertThat(chart("throughput", throughput(100)).select("text").eachText())
                .contains("0.0 s", "1.0 s");
    }

    private static Map<String, Object> throughput(long bucketMs) {
        Map<String, Object> bucket = Map.of("per_second", 7.5);
        return Map.of(
                "throughput",
                Map.of(
                        "bucket_ms",
                        bucketMs,
                        "buckets",
                        Stream.generate(() -> bucket).limit(20).toList()));
    }
}
