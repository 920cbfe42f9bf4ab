package io.github.telcochurn.routes.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.telcochurn.ChurnBeans;
import io.github.telcochurn.TestProject;
import io.github.telcochurn.config.ChurnConfig;
import io.github.telcochurn.config.ConfigLoader;
import io.github.telcochurn.routes.Finding;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RouteTestsTest {
    private static final ChurnConfig CONFIG =
            ConfigLoader.load(TestProject.ROOT, TestProject.ROOT.resolve("src"), Map.of(), Map.of());

    @TempDir
    Path dir;

    @Test
    void saysWhatWasExpectedAndWhatArrived() throws Exception {
        assertThat(problems("""
                - name: fails
                  route: notify-success
                  input:
                    notice: {}
                  expect:
                    send-success:
                      count: 2
                      bodies:
                        - {status: FAILED}
                      headers: {mine: there}
                """))
                .satisfiesExactlyInAnyOrder(
                        count -> assertThat(count).startsWith("send-success: expected 2 messages, but 1 came: {"),
                        body -> assertThat(body)
                                .isEqualTo(
                                        "send-success: bodies[0]: status: expected \"FAILED\", but it is \"SUCCEEDED\""),
                        header -> assertThat(header)
                                .isEqualTo("send-success: header mine: expected \"there\", but it is missing"));
    }

    @Test
    void readsATestWithAByteOrderMarkAndNamesTheLineOfOtherEncodings() throws IOException {
        String text = "- {name: grüßt, route: notify-success, input: {notice: {}}}\n";
        Path marked = Files.writeString(dir.resolve("marked.test.yaml"), "\uFEFF" + text);
        assertThat(RouteTestFile.read(marked).findings()).isEmpty();
        assertThat(RouteTestFile.read(marked).cases())
                .extracting(one -> one.test().name())
                .containsExactly("grüßt");

        Path latin = Files.writeString(dir.resolve("latin.test.yaml"), "# \n" + text, StandardCharsets.ISO_8859_1);
        assertThat(RouteTestFile.read(latin).findings()).singleElement().satisfies(finding -> {
            assertThat(finding.line()).isEqualTo(2);
            assertThat(finding.message()).isEqualTo("The byte 0xFC is not UTF-8. Save the file as UTF-8.");
        });
    }

    @Test
    void refusesAStepThatLeavesTheProgram() throws Exception {
        assertThat(problems("- {name: x, route: score, input: {records: []}}"))
                .containsExactly("The step send-predictions of score leaves the program, which a test must not do."
                        + " Name it under expect: or replace:.");
    }

    @Test
    void suggestsTheStepThatWasMeant() throws Exception {
        assertThat(problems("- {name: x, route: score, input: {records: []}, expect: {send-prediction: {count: 1}}}"))
                .containsExactly("No step has the id send-prediction. Did you mean send-predictions?");
    }

    @Test
    void failsWhenTheRouteFailsUnexpectedly() throws Exception {
        assertThat(problems("""
                - name: fails
                  route: error-handling
                  input: {body: x}
                  replace:
                    send-dead-letter:
                      throws: {exception: java.io.IOException, message: away}
                """)).containsExactly("it failed: IOException: away");
    }

    @Test
    void failsWhenTheRouteShouldHaveFailed() throws Exception {
        assertThat(
                        problems(
                                "- {name: x, route: notify-success, input: {notice: {}}, expect: {send-success: {}}, throws: {exception: IOException}}"))
                .containsExactly("expected a failure with IOException, but it did not fail");
    }

    @Test
    void findsWhatIsWrongWithTheFormOfATestFile() throws IOException {
        RouteTestFile file = read("""
                - name: one
                  route: score
                  expects:
                    send-predictions: {count: 1}
                - name: two
                  expect:
                    send-predictions: {count: many}
                """);

        assertThat(file.cases()).isEmpty();
        assertThat(file.findings().stream().map(Finding::toString).map(line -> line.replaceFirst("^[^(]*", "")))
                .containsExactly(
                        "(3,3): error unknown-key: Unknown key expects in this case. Did you mean expect?",
                        "(5,3): error missing-key: This case has no route, which it needs.",
                        "(7,31): error wrong-type: count must be a whole number, but is many. docs/routes.md shows the format.");
    }

    @Test
    void namesThePlaceOfASyntaxError() throws IOException {
        assertThat(read("- name: \"open").findings()).singleElement().satisfies(finding -> assertThat(finding.rule())
                .isEqualTo("syntax"));
    }

    private List<String> problems(String yaml) throws IOException, InterruptedException {
        RouteTestFile file = read(yaml);
        assertThat(file.findings()).isEmpty();
        return new RouteTests(CONFIG, ChurnBeans::all)
                .run(file.file(), file.cases().get(0))
                .problems();
    }

    private RouteTestFile read(String yaml) throws IOException {
        return RouteTestFile.read(Files.writeString(dir.resolve("mine.test.yaml"), yaml));
    }
}
