package io.github.telcochurn.batch.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.telcochurn.TestProject;
import io.github.telcochurn.batch.journal.RunState;
import io.github.telcochurn.batch.run.RunRequest;
import io.github.telcochurn.cli.StandaloneRun;
import io.github.telcochurn.config.ChurnConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The report of the shipped customers as a reader sees it, and its pictures in {@code target/screenshots}. */
class ReportInBrowserTest {
    private static final Path SCREENSHOTS = TestProject.ROOT.resolve("target/screenshots");
    private static final double LEAST_CONTRAST = 4.5;

    @TempDir
    private static Path home;

    private static Path report;
    private static Path index;
    private static Chromium browser;

    @BeforeAll
    static void openBrowser() throws Exception {
        assumeTrue(
                Chromium.isInstalled(),
                "No browser test: /usr/bin/chromium and /usr/bin/chromedriver are missing (Debian: chromium, chromium-driver)");
        ChurnConfig config = TestProject.config(home);
        Path markdown = new StandaloneRun(config)
                .run(RunRequest.fresh(Instant.now(), TestProject.SHIPPED_CSV))
                .reportFile();
        Path dir = markdown.getParent();
        report = dir.resolve(markdown.getFileName().toString().replace(".md", ".html"));
        RunState state = States.read(
                report.resolveSibling(report.getFileName().toString().replace(".html", ".json")));
        index = HistoryIndex.write(dir, List.of(state, States.failed("20260102_030405")));
        browser = new Chromium(Files.createDirectory(home.resolve("profile")));
    }

    @AfterAll
    static void closeBrowser() {
        if (browser != null) {
            browser.close();
        }
    }

    @ParameterizedTest
    @CsvSource({"1280,light", "1280,dark", "800,light", "390,light", "390,dark"})
    void showsAllWithoutScrollingSidewaysAndWithoutTheNetwork(int width, String scheme) throws IOException {
        browser.open(report, width, scheme);

        assertThat(browser.console()).isEmpty();
        assertThat(requests()).allMatch(url -> url.startsWith("file:") || url.startsWith("data:"));
        assertThat((Long) browser.value("document.documentElement.scrollWidth")).isEqualTo(width);
        assertThat((Long) browser.value("document.querySelectorAll('figure > svg').length"))
                .isEqualTo(6);
        assertThat((Long) browser.value(
                        "[...document.querySelectorAll('figure > svg')].filter(svg => {const box = svg.getBoundingClientRect();"
                                + " return box.width >= 250 && box.height >= 150;}).length"))
                .isEqualTo(6);
        assertThat(smallestTextOfCharts()).isGreaterThanOrEqualTo(9);
        assertThat(overflowingTextOfCharts()).isEmpty();
        assertThat(leastContrast()).isGreaterThanOrEqualTo(LEAST_CONTRAST);
        browser.screenshot(SCREENSHOTS.resolve("report-" + width + ("dark".equals(scheme) ? "-dark" : "") + ".png"));
    }

    @ParameterizedTest
    @CsvSource({"1280,light", "390,dark"})
    void showsTheListOfRunsWithoutScrollingSideways(int width, String scheme) throws IOException {
        browser.open(index, width, scheme);

        assertThat(browser.console()).isEmpty();
        assertThat((Long) browser.value("document.documentElement.scrollWidth")).isEqualTo(width);
        assertThat(leastContrast()).isGreaterThanOrEqualTo(LEAST_CONTRAST);
        browser.screenshot(SCREENSHOTS.resolve("index-" + width + ".png"));
    }

    @ParameterizedTest
    @CsvSource({"1280", "390"})
    void isDarkWhereTheReaderPrefersDark(int width) {
        browser.open(report, width, "light");
        String light = (String) browser.value("getComputedStyle(document.body).backgroundColor");
        browser.open(report, width, "dark");
        String dark = (String) browser.value("getComputedStyle(document.body).backgroundColor");

        assertThat(light).isEqualTo("rgb(255, 255, 255)");
        assertThat(dark).isNotEqualTo(light);
    }

    private static List<String> requests() throws IOException {
        List<String> urls = new ArrayList<>();
        for (String event : browser.networkEvents()) {
            JsonNode message = new ObjectMapper().readTree(event).get("message");
            if (message.get("method").asText().equals("Network.requestWillBeSent")) {
                urls.add(message.at("/params/request/url").asText());
            }
        }
        assertThat(urls).isNotEmpty();
        return urls;
    }

    /** In pixels of the screen. */
    private static double smallestTextOfCharts() {
        return ((Number) browser.value("Math.min(...[...document.querySelectorAll('figure svg text')]"
                        + ".map(text => text.getBoundingClientRect().height))"))
                .doubleValue();
    }

    /** Texts that reach out of their chart. */
    private static List<?> overflowingTextOfCharts() {
        return (List<?>) browser.value("[...document.querySelectorAll('figure svg text')].filter(text => {"
                + "const box = text.getBoundingClientRect();"
                + "const chart = text.closest('svg').getBoundingClientRect();"
                + "return box.left < chart.left - 1 || box.right > chart.right + 1;}).map(text => text.textContent)");
    }

    /** The least ratio (WCAG 2) of any text to the ground behind it. */
    private static double leastContrast() {
        return ((Number) browser.value("""
                (() => {
                  const rgb = text => text.match(/[\\d.]+/g).map(Number);
                  const light = ([r, g, b]) => [r, g, b].map(v => v / 255)
                    .map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
                    .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
                  const ground = element => {
                    for (let e = element; e; e = e.parentElement) {
                      const color = rgb(getComputedStyle(e).backgroundColor);
                      if (color.length < 4 || color[3] > 0) return color;
                    }
                  };
                  const ratios = [...document.body.querySelectorAll('*')]
                    .filter(e => [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim()))
                    .map(e => {
                      const style = getComputedStyle(e);
                      const a = light(rgb(e.tagName === 'text' ? style.fill : style.color)), b = light(ground(e));
                      return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
                    });
                  return Math.min(...ratios);
                })()
                """.strip())).doubleValue();
    }
}
