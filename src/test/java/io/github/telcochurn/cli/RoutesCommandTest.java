package io.github.telcochurn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.telcochurn.TestProject;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class RoutesCommandTest {
    private static final String BROKEN = """
            - route:
                id: mine
                description: Sends on. At least once.
                from:
                  uri: timer:tick
                  steps:
                    - to:
                        uri: direct:nowhere
                    - bean:
                        ref: scorer
                        method: scoer
            """;

    @TempDir
    Path own;

    private record Ended(int exitCode, String out, String err) {}

    private Ended routes(String command, String... arguments) {
        List<String> all = new ArrayList<>(List.of("routes", command));
        all.addAll(List.of(arguments));
        all.addAll(List.of("--set", "churn.routes.dir=" + TestProject.ROOT.resolve("routes")));
        all.addAll(List.of("--set", "churn.model.dir=" + TestProject.ROOT.resolve("models")));
        all.addAll(List.of("--routes", own.toString()));
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exitCode = new CommandLine(new ChurnCommand())
                .setExecutionExceptionHandler(new ExitCodes())
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(all.toArray(String[]::new));
        return new Ended(exitCode, out.toString(), err.toString());
    }

    @Test
    void checksWhatIsInEffectWithTheOwnFolder() throws Exception {
        Files.writeString(own.resolve("mine.camel.yaml"), BROKEN);

        Ended check = routes("check");

        assertThat(check.exitCode()).isEqualTo(ExitCodes.FAILED);
        assertThat(check.out())
                .contains("mine.camel.yaml(8,18): error no-consumer: No route consumes direct:nowhere.")
                .contains("mine.camel.yaml(11,21): error unknown-method: The bean scorer (ChurnScorer) has no method"
                        + " scoer. Did you mean score?")
                .endsWith("2 problems in 1 file\n");
    }

    @Test
    void onlyWarnsOfTheStyleOfOwnRoutesUnlessItIsStrict() throws Exception {
        Files.writeString(own.resolve("two.camel.yaml"), """
                - route:
                    id: one
                    from:
                      uri: timer:one
                      steps:
                        - to: log:one
                - route:
                    id: other
                    from:
                      uri: timer:other
                      steps:
                        - to: log:other
                """);

        Ended check = routes("check");
        Ended strict = routes("check", "--strict");

        assertThat(check.exitCode()).as(check.out()).isZero();
        assertThat(check.out())
                .contains("warning compact-form", "warning missing-description", "warning id-not-file-name")
                .doesNotContain("error");
        assertThat(strict.exitCode()).isEqualTo(ExitCodes.FAILED);
        assertThat(strict.out())
                .contains("error compact-form", "error missing-description", "error id-not-file-name")
                .doesNotContain("warning");
    }

    @Test
    void isContentWithTheShippedRoutes() {
        Ended check = routes("check");

        assertThat(check.exitCode()).isZero();
        assertThat(check.out()).matches("\\d+ files, no problem\n");
    }

    @Test
    void refusesAFileThatIsNotThere() {
        Ended check = routes("check", "nowhere.camel.yaml");

        assertThat(check.exitCode()).isEqualTo(ExitCodes.BAD_USAGE);
        assertThat(check.err()).startsWith("No file at nowhere.camel.yaml.");
    }

    @Test
    void printsFindingsForPrograms() throws Exception {
        Path file = Files.writeString(own.resolve("mine.camel.yaml"), BROKEN);

        JsonNode findings = new ObjectMapper()
                .readTree(routes("check", "--json", file.toString()).out());

        assertThat(findings.findValuesAsText("rule")).containsExactly("no-consumer", "unknown-method");
        assertThat(findings.get(0).get("line").asInt()).isEqualTo(8);
    }

    @Test
    void tellsOwnRoutesFromShippedOnes() throws Exception {
        Files.writeString(own.resolve("mine.camel.yaml"), BROKEN);

        JsonNode list = new ObjectMapper().readTree(routes("list", "--json").out());

        assertThat(list.get("routes"))
                .anySatisfy(route -> {
                    assertThat(route.get("id").asText()).isEqualTo("mine");
                    assertThat(route.get("origin").asText()).isEqualTo("own");
                    assertThat(route.get("from").asText()).isEqualTo("timer:tick");
                    assertThat(route.get("sends_to").get(0).asText()).isEqualTo("direct:nowhere");
                })
                .anySatisfy(route -> {
                    assertThat(route.get("id").asText()).isEqualTo("score");
                    assertThat(route.get("origin").asText()).isEqualTo("shipped");
                });
    }

    @Test
    void failsWhenATestFails() throws Exception {
        Path file = Files.writeString(own.resolve("mine.test.yaml"), """
                - name: nothing comes of nothing
                  route: score
                  input: {records: []}
                  expect:
                    send-predictions: {count: 2}
                    send-dead-letters: {}
                """);

        Ended failed = routes("test", file.toString());
        assertThat(failed.exitCode()).isEqualTo(ExitCodes.FAILED);
        assertThat(failed.out())
                .contains("✗ score: nothing comes of nothing")
                .contains("mine.test.yaml(1): send-predictions: expected 2 messages, but 1 came")
                .endsWith("1 test, 1 failed\n");
    }

    @Test
    void namesOwnRoutesWithoutATest() throws Exception {
        Files.writeString(own.resolve("mine.camel.yaml"), BROKEN);

        Ended test = routes("test");

        assertThat(test.exitCode()).as(test.out()).isZero();
        assertThat(test.out()).containsPattern("Without a test: mine \\(.*mine.camel.yaml\\)\\n\\d+ tests, all passed");
        assertThat(test.out()).doesNotContain("Without a test: score");
    }

    @Test
    void failsWhenThereIsNoTest() {
        StringWriter out = new StringWriter();

        int exitCode = new CommandLine(new ChurnCommand())
                .setExecutionExceptionHandler(new ExitCodes())
                .setOut(new PrintWriter(out))
                .execute("routes", "test", "--set", "churn.routes.dir=" + own);

        assertThat(exitCode).isEqualTo(ExitCodes.FAILED);
        assertThat(out.toString()).startsWith("No test found: there is no *.test.yaml in " + own);
    }
}
