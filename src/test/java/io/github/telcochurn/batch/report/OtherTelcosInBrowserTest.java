package io.github.telcochurn.batch.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.telcochurn.TestProject;
import io.github.telcochurn.batch.figures.RunFigures;
import io.github.telcochurn.batch.figures.TestFigures;
import io.github.telcochurn.customer.CustomerSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Reports on customers with other columns, as a reader sees them: many columns, many categories, long names, no revenue. */
class OtherTelcosInBrowserTest {
    private static final Path SCREENSHOTS = TestProject.ROOT.resolve("target/screenshots");

    @TempDir
    private static Path home;

    private static Chromium browser;
    private static VisiblePage page;

    @BeforeAll
    static void openBrowser() throws IOException {
        assumeTrue(
                Chromium.isInstalled(),
                "No browser test: /usr/bin/chromium and /usr/bin/chromedriver are missing (Debian: chromium, chromium-driver)");
        write("20260102_030405", CustomerSchema.read(TestProject.ROOT.resolve("data/mlc.schema.yaml")));
        write("20260102_030406", CustomerSchema.read(wideSchema()));
        browser = new Chromium(Files.createDirectory(home.resolve("profile")));
        page = new VisiblePage(browser);
    }

    /** Six shown columns and three breakdowns, one of them by 51 states. */
    private static Path wideSchema() throws IOException {
        String shipped = Files.readString(TestProject.ROOT.resolve("data/mlc.schema.yaml"));
        return Files.writeString(
                home.resolve("wide.schema.yaml"),
                shipped.substring(0, shipped.indexOf("report:"))
                                .replace("title: age of the account", "title: " + "Rindfleischetikettierungs".repeat(4))
                                .replace("area_code_415", "area_code_" + "415".repeat(20))
                        + """
                        report:
                          revenue: total_eve_charge
                          show: [state, account_length, area_code, total_day_minutes, total_day_charge, number_customer_service_calls]
                          segments: [state, area_code, {column: total_day_minutes, bounds: [12.5, 50]}]
                        """);
    }

    private static void write(String runId, CustomerSchema schema) {
        RunFigures figures = TestFigures.of(
                schema,
                TestFigures.card(schema),
                TestFigures.customers(schema, 1000, number -> "M" + (10_000 + number)),
                "12 calls to customer service");
        new BatchReport(home).write(States.succeeded(runId, figures), figures);
    }

    @AfterAll
    static void closeBrowser() {
        if (browser != null) {
            browser.close();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "20260102_030405,1280,6",
        "20260102_030405,800,6",
        "20260102_030405,390,6",
        "20260102_030406,1280,8",
        "20260102_030406,800,8",
        "20260102_030406,390,8"
    })
    void showAllWithoutScrollingSideways(String runId, int width, int charts) throws IOException {
        browser.open(BatchReport.htmlFile(home, runId), width, "light");
        browser.value("(document.querySelector('details').open = true)");
        browser.screenshot(SCREENSHOTS.resolve("other-" + runId + "-" + width + ".png"));

        page.isReadable(width);
        page.hasCharts(charts);
    }

    @ParameterizedTest
    @CsvSource({"1280", "800", "390"})
    void leaveNoGapWhereRevenueWouldBe(int width) {
        browser.open(BatchReport.htmlFile(home, "20260102_030405"), width, "light");

        assertThat(browser.value("document.querySelectorAll('.figures > div').length"))
                .isEqualTo(4L);
        // The last one ends where the row does.
        assertThat(
                        (Double)
                                browser.value(
                                        "document.querySelector('.figures').getBoundingClientRect().right"
                                                + " - document.querySelector('.figures > div:last-child').getBoundingClientRect().right + 0.01"))
                .isBetween(0.0, 1.0);
    }
}
