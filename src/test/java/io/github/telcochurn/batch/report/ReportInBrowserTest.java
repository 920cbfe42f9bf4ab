package io.github.telcochurn.batch.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.telcochurn.TestProject;
import io.github.telcochurn.batch.journal.RunState;
import io.github.telcochurn.batch.run.RunRequest;
import io.github.telcochurn.cli.StandaloneRun;
import io.github.telcochurn.config.ChurnConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The report of the shipped customers as a reader sees it, and its pictures in {@code target/screenshots}. */
class ReportInBrowserTest {
    private static final Path SCREENSHOTS = TestProject.ROOT.resolve("target/screenshots");

    @TempDir
    private static Path home;

    private static Path report;
    private static Path index;
    private static Chromium browser;
    private static VisiblePage page;

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
        page = new VisiblePage(browser);
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

        page.isReadable(width);
        page.hasCharts(7);
        browser.screenshot(SCREENSHOTS.resolve("report-" + width + ("dark".equals(scheme) ? "-dark" : "") + ".png"));
    }

    @ParameterizedTest
    @CsvSource({"1280,light", "390,dark"})
    void showsTheListOfRunsWithoutScrollingSideways(int width, String scheme) throws IOException {
        browser.open(index, width, scheme);

        page.isReadable(width);
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
}
