package io.github.telcochurn.routes.lint;

import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.telcochurn.ChurnBeans;
import io.github.telcochurn.TestProject;
import io.github.telcochurn.config.ChurnConfig;
import io.github.telcochurn.config.ConfigLoader;
import io.github.telcochurn.routes.Finding;
import io.github.telcochurn.routes.RouteFiles;
import io.github.telcochurn.routes.Rule;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class RouteLinterTest {
    private static final Path FIXTURES = Path.of("src/test/resources/routes/invalid");
    private static final ChurnConfig CONFIG =
            ConfigLoader.load(TestProject.ROOT, FIXTURES.toAbsolutePath(), Map.of(), Map.of());
    private static final RouteLinter LINTER = new RouteLinter(CONFIG, ChurnBeans.types(), true);

    @TempDir
    Path dir;

    /** Each fixture has one error, and is named after the rule that it breaks. */
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
    void findsErrorsInMarkdownAtTheirLines() throws IOException {
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
                        "fail of the bean batchSteps takes 2 values, but 1 are given. Call it as fail(BatchRun run, Throwable"
                                + " cause).",
                        "The bean deliveries (Deliveries) has no method isDon. Did you mean isDone?");
    }

    @Test
    void acceptsWhatOnlyTheRunningProgramKnows() throws IOException {
        assertThat(findings("""
                - log:
                    message: "{{env:HOME}} {{?maybe}} {{mine:default}} {{sys:user.home}}"
                - toD:
                    uri: "direct:${header.where}"
                - setHeader:
                    name: Authorization
                    simple:
                      expression: "Bearer {{env:TOKEN:none}}"
                """)).isEmpty();
    }

    /** Each edit of the shipped route has one error that can lose, duplicate or delay records. */
    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            autoCommitEnable: false  | autoCommitEnable: true    | Set autoCommitEnable to false: the transaction alone commits offsets.
            breakOnFirstError: true  | breakOnFirstError: false  | Set breakOnFirstError to true: otherwise a failed poll is skipped.
            pollOnError: RECONNECT   | pollOnError: DISCARD      | Set pollOnError to RECONNECT: only a new consumer resumes from the committed offsets.
            isolationLevel: read_committed | isolationLevel: read_uncommitted | Set isolationLevel to read_committed: otherwise aborted records are read too.
            autoOffsetReset: earliest | autoOffsetReset: latest  | Set autoOffsetReset to earliest: otherwise a new consumer group skips existing records.
            keyDeserializer: org.apache.kafka.common.serialization.ByteArrayDeserializer | keyDeserializer: org.apache.kafka.common.serialization.StringDeserializer | Set keyDeserializer to org.apache.kafka.common.serialization.ByteArrayDeserializer: otherwise a record that is not text fails the poll.
            valueDeserializer: org.apache.kafka.common.serialization.ByteArrayDeserializer | valueDeserializer: org.apache.kafka.common.serialization.StringDeserializer | Set valueDeserializer to org.apache.kafka.common.serialization.ByteArrayDeserializer: otherwise a record that is not text fails the poll.
            pollTimeoutMs: 500       | batching: true            | Set batching to false: a Camel batch is not the poll whose offsets are committed.
            pollTimeoutMs: 500       | consumersCount: 2         | Set consumersCount to 1: a pair of clients serves one consumer.
            pollTimeoutMs: 500       | seekTo: END               | Remove seekTo: each reconnect would start there, not at the committed offsets.
            pollTimeoutMs: 500       | offsetRepository: "#deliveries" | Remove offsetRepository: the committed offsets would be ignored.
            synchronous: true        | synchronous: false        | Set synchronous to true: the transaction belongs to the thread that polls.
            transactionalId: "{{churn.group-id}}-score-{{churn.instance}}" | transactionalId: "" | Give transactionalId: without it nothing is sent in a transaction.
            retryBackoffMs: 10       | keySerializer: org.apache.kafka.common.serialization.StringSerializer | Set keySerializer to org.apache.kafka.common.serialization.ByteArraySerializer: records are bytes already.
            retryBackoffMs: 10       | valueSerializer: org.apache.kafka.common.serialization.StringSerializer | Set valueSerializer to org.apache.kafka.common.serialization.ByteArraySerializer: records are bytes already.
            """)
    void saysWhichSettingOfATransactionIsWrong(String shipped, String edited, String message) throws IOException {
        assertThat(findingsOf(edit("score", shipped, edited)))
                .containsExactly(edited + ": error transaction-setting: " + message);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "autoCommitEnable",
                "breakOnFirstError",
                "pollOnError",
                "isolationLevel",
                "autoOffsetReset",
                "keyDeserializer",
                "valueDeserializer",
                "groupId",
                "synchronous",
                "transactionalId"
            })
    void saysWhichSettingOfATransactionIsMissing(String option) throws IOException {
        assertThat(findingsOf(edit("score", option + ": .*", "clientId: mine")))
                .singleElement(as(InstanceOfAssertFactories.STRING))
                .startsWith("uri: kafka: error transaction-setting: ")
                .containsPattern("(Set|Give) " + option + "\\b");
    }

    @Test
    void requiresTheSameFactoryOnBothSidesOfATransaction() throws IOException {
        String factory = "kafkaClientFactory: \"#scoreTransactions\"";
        String score = shipped("score");
        int ofTo = score.lastIndexOf(factory);

        assertThat(findingsOf(write(
                        "score",
                        score.substring(0, ofTo) + score.substring(ofTo).replace("score", "ingest"))))
                .singleElement(as(InstanceOfAssertFactories.STRING))
                .startsWith(
                        "kafkaClientFactory: \"#ingestTransactions\": error transaction-setting: Set kafkaClientFactory to"
                                + " \"#scoreTransactions\", as in from");
        assertThat(findingsOf(write(
                        "score", score.substring(0, ofTo) + "clientId: x" + score.substring(ofTo + factory.length()))))
                .containsExactly(
                        "uri: kafka: error transaction-setting: Set kafkaClientFactory to \"#scoreTransactions\": otherwise"
                                + " it is not in the transaction.");
        assertThat(findingsOf(write("score", score.replaceFirst(factory, "clientId: x"))))
                .containsExactly(
                        "uri: kafka: error transaction-setting: Set kafkaClientFactory to \"#scoreTransactions\": otherwise"
                                + " its offsets are not in the transaction.");
        assertThat(findingsOf(write("score", score.replace(factory, "clientId: x"))))
                .containsExactly(
                        "uri: kafka: error transaction-setting: Set kafkaClientFactory to \"#scoreTransactions\": the"
                                + " scorer takes whole polls.");
    }

    /** A step between score-poll and send-predictions, or around the latter. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            stop: {}                                      | send-skipped    | stop ends an exchange before it is committed
            sample: {}                                    | send-skipped    | sample ends an exchange
            rollback: {markRollbackOnly: true}            | send-skipped    | rollback ends an exchange
            step: {steps: [stop: {}]}                     | send-skipped    | stop ends an exchange
            filter: {simple: {expression: a}, steps: [stop: {}]} | send-skipped | stop ends an exchange
            choice: {when: [{simple: {expression: a}, steps: [stop: {}]}]} | send-skipped | stop ends an exchange
            doTry: {steps: [log: {message: a}], doCatch: [{exception: [java.lang.Exception]}]} | failure-handled | doTry may handle
            circuitBreaker: {steps: [log: {message: a}]}  | failure-handled | circuitBreaker may handle
            to: {uri: direct, parameters: {name: dead-letter-first}} | send-skipped | The route that consumes direct:dead-letter-first may end an exchange before it is committed. Without an error handler
            filter: {simple: {expression: a}, steps: [SEND]} | send-skipped | What is inside filter is not done once
            split: {simple: {expression: a}, steps: [SEND]}  | send-skipped | What is inside split is not done once
            multicast: {steps: [SEND]}                    | send-skipped    | What is inside multicast is not done once
            loop: {constant: {expression: 1}, steps: [SEND]} | send-skipped | What is inside loop is not done once
            idempotentConsumer: {simple: {expression: a}, idempotentRepository: x, steps: [SEND]} | send-skipped | What is inside idempotentConsumer is not done once
            aggregate: {correlationExpression: {constant: {expression: a}}, aggregationStrategy: x, steps: [SEND]} | send-skipped | What is inside aggregate is not done once
            choice: {when: [{simple: {expression: a}, steps: [SEND]}]} | send-skipped | Without otherwise, what meets no condition is not sent
            choice: {when: [{simple: {expression: a}, steps: [SEND]}], otherwise: {steps: [log: {message: a}]}} | send-skipped | This branch does not send
            doTry: {steps: [SEND], doCatch: [{exception: [java.lang.Exception]}]} | failure-handled | doTry may handle
            wireTap: {uri: direct, parameters: {name: elsewhere}} NOTHING | send-skipped | No step sends in the transaction
            to: {uri: seda, parameters: {name: elsewhere}} NOTHING | send-skipped | No step sends in the transaction
            """)
    void saysWhichStepKeepsAPollFromBeingCommitted(String step, String rule, String message) throws IOException {
        assertThat(guaranteeFindings(step)).singleElement().satisfies(finding -> {
            assertThat(finding.rule()).isEqualTo(rule);
            assertThat(finding.message()).startsWith(message);
            assertThat(finding.line())
                    .isEqualTo(lineOf(step.endsWith("NOTHING") ? "      uri: kafka" : "        - to:"));
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "filter: {simple: {expression: a}, steps: [log: {message: a}]}",
                "split: {simple: {expression: a}, steps: [stop: {}]}",
                "wireTap: {uri: direct, parameters: {name: elsewhere}}",
                "to: {uri: direct, parameters: {name: fails-on}}",
                "step: {steps: [SEND]}",
                "choice: {when: [{simple: {expression: a}, steps: [SEND]}], otherwise: {steps: [SEND]}}",
                "step: {steps: [SEND, stop: {}]}",
                "step: {steps: [SEND, {doTry: {steps: [log: {message: a}], doCatch: [{exception: [java.lang.Exception]}]}}]}",
                "step: {steps: [SEND, {filter: {simple: {expression: a}, steps: [SEND]}}]}"
            })
    void acceptsStepsThatKeepTheGuarantee(String step) throws IOException {
        assertThat(guaranteeFindings(step)).isEmpty();
    }

    /** The findings about transactions in the shipped route with another step in it, where SEND is the shipped one. */
    private List<Finding> guaranteeFindings(String step) throws IOException {
        String score = shipped("score");
        String send = "{to: {uri: kafka, parameters: {topic: t, brokers: b, kafkaClientFactory: \"#scoreTransactions\","
                + " synchronous: true, transactionalId: t, keySerializer: org.apache.kafka.common.serialization.ByteArraySerializer,"
                + " valueSerializer: org.apache.kafka.common.serialization.ByteArraySerializer}}}";
        int sends = score.indexOf("        - to:");
        boolean isReplaced = step.contains("SEND") || step.endsWith("NOTHING");
        String edited = score.substring(0, sends)
                + "        - " + step.replace("SEND", send).replace(" NOTHING", "") + "\n"
                + (isReplaced ? "        - setBody: {simple: {expression: \"${body.deadLetters}\"}}\n" : "")
                + (isReplaced ? "" : score.substring(sends))
                + """
                - route:
                    id: dead-letter-first
                    from:
                      uri: direct
                      parameters:
                        name: dead-letter-first
                - route:
                    id: fails-on
                    errorHandler:
                      noErrorHandler: {}
                    from:
                      uri: direct
                      parameters:
                        name: fails-on
                """;
        return RouteLinter.guaranteeOnly(CONFIG, ChurnBeans.types()).check(List.of(write("score", edited)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            noErrorHandler: {}      | defaultErrorHandler: {}      | errorHandler: | This error handler may handle a failure
            noErrorHandler: {}      | deadLetterChannel: {deadLetterUri: "direct:dead-letter"} | errorHandler: | This error handler may handle a failure
            """)
    void requiresFailuresToAbortTheTransaction(String shipped, String edited, String line, String message)
            throws IOException {
        assertThat(findingsOf(edit("score", shipped, edited)))
                .singleElement(as(InstanceOfAssertFactories.STRING))
                .startsWith(line + ": error failure-handled: " + message);
        assertThat(findingsOf(edit("ingest-batch", shipped, edited)))
                .singleElement(as(InstanceOfAssertFactories.STRING))
                .startsWith(line + ": error failure-handled: " + message);
    }

    @Test
    void refusesShippedRouteWithoutItsErrorHandler() throws IOException {
        for (String route : List.of("score", "ingest-batch")) {
            assertThat(findingsOf(edit(route, "    errorHandler:\n      noErrorHandler: \\{}\n", "")))
                    .singleElement(as(InstanceOfAssertFactories.STRING))
                    .startsWith(
                            "- route:: error failure-handled: Without an error handler of its own the route has that of the"
                                    + " routeConfiguration, which handles a failure");
        }
    }

    @Test
    void refusesWhatAppliesToEveryRouteOfTheFile() throws IOException {
        String score = shipped("score");

        assertThat(findingsOf(write("score", score + """
                - onException:
                    exception:
                      - java.lang.Exception
                    handled:
                      constant:
                        expression: "true"
                - intercept:
                    steps:
                      - stop: {}
                """)))
                .satisfiesExactly(
                        first -> assertThat(first)
                                .startsWith("- onException:: error failure-handled: This applies to every"),
                        second -> assertThat(second)
                                .startsWith("- intercept:: error send-skipped: intercept applies to every"));
    }

    @Test
    void requiresChunksOfAFileToBeCommittedInOrder() throws IOException {
        assertThat(findingsOf(edit("ingest-batch", "stopOnException: true", "parallelProcessing: true")))
                .containsExactly(
                        "- split:: error transaction-setting: Set stopOnException to true: otherwise the chunks after a"
                                + " failed one are committed.",
                        "parallelProcessing: true: error transaction-setting: Set parallelProcessing to false: chunks are"
                                + " committed in their order.");
    }

    private static long lineOf(String text) throws IOException {
        String score = shipped("score");
        return score.substring(0, score.indexOf(text)).lines().count() + 1;
    }

    private static String shipped(String route) throws IOException {
        return Files.readString(CONFIG.routes().dir().resolve(route + RouteFiles.SUFFIX));
    }

    private Path edit(String route, String pattern, String replacement) throws IOException {
        String shipped = shipped(route);
        String edited = shipped.contains(pattern)
                ? shipped.replace(pattern, replacement)
                : shipped.replaceAll(pattern, Matcher.quoteReplacement(replacement));
        assertThat(edited).isNotEqualTo(shipped);
        return write(route, edited);
    }

    private Path write(String route, String text) throws IOException {
        return Files.writeString(dir.resolve(route + RouteFiles.SUFFIX), text);
    }

    /** Each with the line where it was found. */
    private static List<String> findingsOf(Path file) throws IOException {
        return findingsOf(file, StandardCharsets.UTF_8);
    }

    private static List<String> findingsOf(Path file, Charset encoding) throws IOException {
        List<String> lines = Files.readAllLines(file, encoding);
        return LINTER.check(List.of(file)).stream()
                .map(finding -> lines.get(finding.line() - 1).strip() + ": " + finding.severity() + " " + finding.rule()
                        + ": " + finding.message())
                // The two steps that send have the same settings, and the same errors.
                .distinct()
                .toList();
    }

    @Test
    void requiresBrokersForEveryKafkaEndpoint() throws IOException {
        String of = """
                - to:
                    uri: kafka
                    parameters:
                      topic: mine
                """;

        assertThat(findings(of + "      brokers: \"{{churn.kafka.brokers}}\"\n"))
                .containsExactly("brokers is \"{{churn.kafka.brokers}}\", which is empty here. Use"
                        + " {{churn.kafka.bootstrap-servers}}: the program's own brokers, embedded or not.");
        assertThat(findings(of)).as("brokers of the component").isEmpty();
        ChurnConfig without = ConfigLoader.override(CONFIG, Map.of("camel.component.kafka.brokers", ""));
        assertThat(findings(of, new RouteLinter(without, ChurnBeans.types())))
                .containsExactly(
                        "The component kafka needs the option brokers. Use {{churn.kafka.bootstrap-servers}}: the"
                                + " program's own brokers, embedded or not.");
        assertThat(findings(of + "      brokers: \"{{churn.kafka.bootstrap-servers}}\"\n"))
                .isEmpty();
    }

    @Test
    void readsUtf8WithAByteOrderMarkAndNamesTheLineOfOtherEncodings() throws IOException {
        String route = shipped("notify-email");
        Path marked = write("notify-email", "\uFEFF" + route);
        assertThat(LINTER.check(List.of(marked))).isEmpty();

        Path latin = dir.resolve("mine.camel.yaml");
        Files.write(latin, "# A route\n# für Müller\n- route: {}\n".getBytes(StandardCharsets.ISO_8859_1));
        assertThat(findingsOf(latin, StandardCharsets.ISO_8859_1))
                .containsExactly("# für Müller: error syntax: The byte 0xFC is not UTF-8. Save the file as UTF-8.");

        Path wide = Files.writeString(dir.resolve("wide.camel.yaml"), "\uFEFF" + route, StandardCharsets.UTF_16LE);
        assertThat(LINTER.check(List.of(wide)))
                .extracting(Finding::message)
                .containsExactly("This is UTF-16. Save the file as UTF-8.");

        Path page = Files.write(dir.resolve("page.md"), "Grüße".getBytes(StandardCharsets.ISO_8859_1));
        assertThat(LINTER.check(List.of(page)))
                .extracting(Finding::message)
                .containsExactly("The byte 0xFC is not UTF-8. Save the file as UTF-8.");
    }

    @Test
    void acceptsTheBreadthOfCamel() {
        Map<String, String> own = Map.of(
                "churn.routes.own-dir",
                TestProject.ROOT.resolve("src/test/resources/routes/valid").toString());

        assertThat(new RouteLinter(ConfigLoader.override(CONFIG, own), ChurnBeans.types()).checkAll())
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
                        "Unknown key steps in route. Steps belong under from.");
    }

    @Test
    void readsTheShortFormsAndEveryTextThatIsSimple() throws IOException {
        Path file = Files.writeString(dir.resolve("mine.camel.yaml"), """
                - route:
                    id: mine
                    from:
                      uri: timer:tick
                      steps:
                        - log: "got ${body"
                        - log:
                            message: "got ${body"
                        - to: "file:out?fileName=${headr.name}"
                        - to:
                            uri: file:out
                            parameters:
                              fileName: "${headr.name}.json"
                        - to: s3:bucket
                        - bean:
                            ref: churnScorer
                """);

        List<Finding> findings = new RouteLinter(CONFIG, ChurnBeans.types()).check(List.of(file));

        assertThat(findings.stream()
                        .filter(Finding::isError)
                        .map(finding -> finding.line() + " " + finding.message().replaceFirst("[.] See .*", "")))
                .containsExactly(
                        "6 The simple expression \"got ${body\" cannot be parsed: expected symbol functionEnd but was eol",
                        "8 The simple expression \"got ${body\" cannot be parsed: expected symbol functionEnd but was eol",
                        "9 The simple expression \"file:out?fileName=${headr.name}\" cannot be parsed: Unknown function:"
                                + " headr.name",
                        "13 The simple expression \"${headr.name}.json\" cannot be parsed: Unknown function: headr.name",
                        "14 Camel has no component s3. Did you mean aws2-s3?",
                        "16 There is no bean churnScorer. Did you mean scorer?");
        assertThat(findings.stream().filter(finding -> !finding.isError()).map(Finding::rule))
                .containsExactly("missing-description", "compact-form", "compact-form", "compact-form");
    }

    private List<String> findings(String steps) throws IOException {
        return findings(steps, LINTER);
    }

    private List<String> findings(String steps, RouteLinter linter) throws IOException {
        Path file = Files.writeString(dir.resolve("mine.camel.yaml"), """
                - route:
                    id: mine
                    description: Logs. At least once.
                    from:
                      uri: timer:tick
                      steps:
                """ + steps.indent(8));
        return linter.check(List.of(file)).stream().map(Finding::message).toList();
    }
}
