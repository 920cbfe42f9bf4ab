package io.github.telcochurn.routes;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.telcochurn.TestProject;
import io.github.telcochurn.config.ChurnConfig;
import io.github.telcochurn.config.ConfigLoader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RouteLinterTest {
    private static final Path FIXTURES = Path.of("src/test/resources/routes/invalid");
    private static final ChurnConfig CONFIG =
            ConfigLoader.load(TestProject.ROOT, FIXTURES.toAbsolutePath(), Map.of(), Map.of());
    private static final RouteLinter LINTER = new RouteLinter(CONFIG);

    @TempDir
    Path dir;

    /** Each fixture has one fault, and is named for the rule that it breaks. */
    @ParameterizedTest
    @EnumSource
    void saysWhatIsWrongAndWhere(Rule rule) throws IOException {
        String name = rule.id() + RouteFiles.SUFFIX;

        List<Finding> findings = LINTER.check(List.of(FIXTURES.resolve(name)));

        assertThat(findings.stream().map(finding -> finding.toString().replace(FIXTURES + "/", "")))
                .containsExactly(expected(name));
    }

    private static String expected(String fixture) throws IOException {
        try (Stream<String> lines = Files.lines(FIXTURES.resolve("expected-findings.txt"))) {
            return lines.filter(line -> line.startsWith(fixture + "("))
                    .findFirst()
                    .orElseThrow();
        }
    }

    @Test
    void namesAllProblemsOfAllFilesAtOnceInTheirOrder() {
        List<Path> files = Stream.of(Rule.UNKNOWN_BEAN, Rule.BAD_EXPRESSION, Rule.SYNTAX)
                .map(rule -> FIXTURES.resolve(rule.id() + RouteFiles.SUFFIX))
                .toList();

        assertThat(LINTER.check(files))
                .extracting(Finding::rule)
                .containsExactly("bad-expression", "syntax", "unknown-bean");
    }

    @Test
    void findsFaultsInMarkdownAtItsOwnLines() throws IOException {
        Path page = Files.writeString(dir.resolve("page.md"), """
                # A page

                ```yaml
                services:
                  kafka: {}
                ```

                1. In a list:

                   ```yaml
                   - route:
                       id: mine
                       description: Logs. At least once.
                       from:
                         uri: timer
                         parameters:
                           timerName: tick
                         steps:
                           - bean:
                               ref: scorer
                               method: scoer
                   ```
                """);

        assertThat(LINTER.check(List.of(page))).singleElement().satisfies(finding -> {
            assertThat(finding.rule()).isEqualTo("unknown-method");
            assertThat(finding.line()).isEqualTo(21);
            assertThat(finding.column()).isEqualTo(24);
        });
    }

    @Test
    void checksTheNumberOfArgumentsAndCallsInExpressions() throws IOException {
        assertThat(findings("""
                - bean:
                    ref: batchSteps
                    method: "fail(${body})"
                - setBody:
                    simple:
                      expression: "${bean:deliveries?method=isDon('email')}"
                - bean:
                    ref: batchSteps
                    method: "fail(${body}, ${exception})"
                """))
                .containsExactly(
                        "fail of the bean batchSteps takes 2 values, but 1 are given. Give what fail(BatchRun run, Throwable"
                                + " cause) wants.",
                        "The bean deliveries (Deliveries) has no method isDon. Did you mean isDone?");
    }

    @Test
    void isContentWithWhatOnlyTheRunningProgramKnows() throws IOException {
        assertThat(findings("""
                - log:
                    message: "{{env:HOME}} {{?maybe}} {{mine:default}} {{sys:user.home}}"
                - toD:
                    uri: "direct:${header.where}"
                - setHeader:
                    name: Authorization
                    simple:
                      expression: "Bearer {{env:TOKEN}}"
                """)).isEmpty();
    }

    @Test
    void isContentWithTheBreadthOfCamel() {
        Map<String, String> own = Map.of(
                "churn.routes.own-dir",
                TestProject.ROOT.resolve("src/test/resources/routes/valid").toString());

        assertThat(new RouteLinter(ConfigLoader.override(CONFIG, own)).checkAll())
                .isEmpty();
    }

    @Test
    void explainsKeysInKebabCaseAndStepsInTheWrongPlace() throws IOException {
        Path file = Files.writeString(dir.resolve("mine.camel.yaml"), """
                - route:
                    id: mine
                    description: Logs. At least once.
                    from:
                      uri: timer:tick
                      steps:
                        - set-body:
                            constant:
                              expression: x
                    steps:
                      - log:
                          message: x
                """);

        assertThat(LINTER.check(List.of(file)))
                .extracting(Finding::message)
                .containsExactly(
                        "Unknown key set-body in steps. Did you mean setBody?",
                        "Unknown key steps in route. Steps stand under from.");
    }

    private List<String> findings(String steps) throws IOException {
        Path file = Files.writeString(dir.resolve("mine.camel.yaml"), """
                - route:
                    id: mine
                    description: Logs. At least once.
                    from:
                      uri: timer:tick
                      steps:
                """ + steps.indent(8));
        return LINTER.check(List.of(file)).stream().map(Finding::message).toList();
    }
}
