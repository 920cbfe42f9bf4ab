package io.github.telcochurn.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.telcochurn.ChildApp;
import io.github.telcochurn.LogReader;
import io.github.telcochurn.TestProject;
import io.github.telcochurn.config.ChurnConfig;
import io.github.telcochurn.kafka.KafkaTopics;
import io.github.telcochurn.kafka.RawRecords;
import io.github.telcochurn.kafka.TestBroker;
import io.github.telcochurn.scoring.TestModels;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands as a user starts them, each a process of its own: what they print and how they end. */
class ChurnCommandTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path home;

    private Map<String, String> settings;

    @BeforeEach
    void useTheTestBroker() {
        settings = TestProject.settings(TestBroker.port());
    }

    private record Ended(int exitCode, String output) {}

    private Ended run(String... command) throws IOException, InterruptedException {
        try (ChildApp app = ChildApp.start(home, settings, command)) {
            int exitCode = app.waitFor();
            return new Ended(exitCode, app.output());
        }
    }

    @Test
    void explainsItselfAndItsCommands() throws Exception {
        settings.clear();
        Ended help = run("--help");

        assertThat(help.exitCode()).isZero();
        assertThat(help.output()).contains("demo", "batch", "produce", "score", "verify", "train", "topics", "broker");
        assertThat(help.output()).contains("Exit codes: 0 done");
    }

    @Test
    void endsWith2OnBadUsageOrConfiguration() throws Exception {
        settings.put("churn.topics.row", "x");
        settings.put("churn.score.threshold", "2");
        Ended ended = run("batch");

        assertThat(ended.exitCode()).isEqualTo(2);
        assertThat(ended.output())
                .contains("unknown key churn.topics.row. Did you mean churn.topics.raw?")
                .contains("churn.score.threshold must be a number from 0.0 to 1.0")
                .doesNotContain("\tat ");
        settings.keySet().retainAll(Set.of("churn.schema"));
        assertThat(run("bach").exitCode()).isEqualTo(2);
        assertThat(run("produce", "--limit", "0").exitCode()).isEqualTo(2);
        Ended ofStandardInput = run("batch", "--input", "/dev/stdin");
        assertThat(ofStandardInput.exitCode()).isEqualTo(2);
        assertThat(ofStandardInput.output()).contains("/dev/stdin is a pipe or a device, not a regular file");
    }

    @Test
    void saysOnceWhyAFileIsRefused() throws Exception {
        List<String> shipped = Files.readAllLines(TestProject.SHIPPED_CSV);
        Path csv = Files.write(
                home.resolve("customers.csv"),
                shipped.stream()
                        .limit(101)
                        .map(line -> line.replace(",0,", ",No,"))
                        .toList());

        Ended ended = run("batch", "--input", csv.toString());

        assertThat(ended.exitCode()).isEqualTo(1);
        assertThat(ended.output())
                .contains("SeniorCitizen must be 0 or 1, first in line ")
                .contains("Write 1 for Yes, and 0 for No.")
                .containsOnlyOnce("Nothing of ")
                .containsOnlyOnce("that break a rule");
    }

    @Test
    void endsWith3WhenTheBrokerIsNotThere() throws Exception {
        settings.put("churn.kafka.brokers", "127.0.0.1:" + TestBroker.freePort());
        for (String command : List.of("batch", "score", "produce")) {
            Ended ended = run(command);

            assertThat(ended.exitCode()).as(ended.output()).isEqualTo(3);
            assertThat(ended.output())
                    .contains("No Kafka broker answers at 127.0.0.1:")
                    .doesNotContain("\tat ");
        }
        assertThat(home.resolve("reports")).doesNotExist();
    }

    @Test
    void endsWith3WhenAnotherProgramHasTheBrokersPort() throws Exception {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            settings.put("churn.kafka.embedded.port", Integer.toString(other.getLocalPort()));
            Ended ended = run("broker");

            assertThat(ended.exitCode()).isEqualTo(3);
            assertThat(ended.output())
                    .contains("Port " + other.getLocalPort(), "in use by another program", "churn.kafka.embedded.port")
                    .doesNotContain("\tat ");
        }
    }

    @Test
    void endsWith3WhenAnotherBrokerUsesTheFolderAndLeavesThatOneAlone() throws Exception {
        int port = TestBroker.port();
        settings.put("churn.kafka.embedded.port", Integer.toString(TestBroker.freePort()));
        settings.put("churn.kafka.embedded.dir", TestBroker.dir().toString());
        for (String command : List.of("broker", "batch")) {
            Ended ended = run(command);

            assertThat(ended.exitCode()).as(ended.output()).isEqualTo(3);
            assertThat(ended.output())
                    .contains("Another embedded broker uses " + TestBroker.dir())
                    .contains("process " + ProcessHandle.current().pid() + " at 127.0.0.1:" + port)
                    .contains("churn.kafka.embedded.dir")
                    .doesNotContain("\tat ");
        }
        assertThat(KafkaTopics.answers("127.0.0.1:" + port, Duration.ofSeconds(5)))
                .isTrue();
    }

    @Test
    void endsWith3WhenTheModelWasAltered() throws Exception {
        Path models = Files.createDirectory(home.resolve("models"));
        TestModels.copyShipped(models);
        byte[] bytes = Files.readAllBytes(TestModels.shippedFile());
        bytes[100] ^= 1;
        Files.write(models.resolve(TestModels.shippedFile().getFileName()), bytes);
        settings.put("churn.model.dir", models.toString());
        for (String command : List.of("batch", "selftest", "run", "score")) {
            Ended ended = run(command);

            assertThat(ended.exitCode()).as(ended.output()).isEqualTo(3);
            assertThat(ended.output())
                    .contains("must not be used: its SHA-256 is")
                    .doesNotContain("\tat ");
        }
        assertThat(home.resolve("reports/batch")).doesNotExist();
    }

    @Test
    void endsWith1WhenThereIsNoData() throws Exception {
        Ended ended = run("batch", "--input", "nowhere.csv");

        assertThat(ended.exitCode()).isEqualTo(1);
        assertThat(ended.output()).contains("No file at nowhere.csv").doesNotContain("\tat ");
    }

    @Test
    void endsWith4WhenTooFewRowsBecamePredictions() throws Exception {
        List<String> shipped = Files.readAllLines(TestProject.SHIPPED_CSV);
        Path csv = Files.write(home.resolve("half.csv"), List.of(shipped.get(0), shipped.get(1), "broken"));
        Ended ended = run("batch", "--input", csv.toString());

        assertThat(ended.exitCode()).isEqualTo(4);
        assertThat(ended.output()).contains("2 rows read = 1 predictions + 1 dead letters");
    }

    @Test
    void verifyNamesEachPrerequisiteAndItsRemedy() throws Exception {
        Ended missing = run("verify");
        assertThat(missing.exitCode()).isEqualTo(3);
        assertThat(missing.output())
                .contains("✓ broker", "✓ model", "✓ data", "✓ folders", "✗ topics", "--create-topics");

        assertThat(run("verify", "--create-topics").exitCode()).isZero();
        assertThat(run("verify").output()).contains("✓ policies").doesNotContain("✗", "warning");
        assertThat(run("topics", "list").output()).contains(settings.get("churn.topics.raw"), "4 partitions");
    }

    @Test
    void testsItselfAndLeavesTheConfiguredTopicsAlone() throws Exception {
        Ended ended = run("selftest", "--mode", "both", "--duration", "2");

        assertThat(ended.exitCode()).as(ended.output()).isZero();
        assertThat(ended.output())
                .contains("400 of 400, from 400 raw messages", "1,000 of 1,000, from 1,000 raw messages")
                .contains("1, of 1 that were planted, byte for byte", "2, of 2 that were planted, byte for byte")
                .contains("1,000 equal to those of")
                .doesNotContain("✗");
        assertThat(run("topics", "list").output())
                .containsPattern(settings.get("churn.topics.raw") + " +missing")
                .doesNotContain("selftest");
    }

    @Test
    void listsShowsAndReplaysDeadLetters() throws Exception {
        byte[] original = "{\"customerID\":\"7777-AAAAA\",\"tenure\":-1}\u001b[31m".getBytes(UTF_8);
        assertThat(run("topics", "create").exitCode()).isZero();
        new RawRecords(TestProject.config(home, settings)).send(Map.of(), original);
        assertThat(run("score").output()).contains("= 0 predictions + 1 dead letters");

        Ended listed = run("deadletters", "list", "--since", "1h", "--json");
        JsonNode letter = JSON.readTree(listed.output()).get(0);
        assertThat(letter.get("original_message").asText()).isEqualTo(new String(original, UTF_8));
        assertThat(letter.get("stage").asText()).isEqualTo("parse");
        assertThat(letter.get("error").asText()).contains("The message is not JSON");
        assertThat(Instant.parse(letter.get("failed_at").asText())).isBefore(Instant.now());
        assertThat(run("deadletters", "show", letter.get("id").asText()).output())
                .contains("churn-error-reason: malformed-json", "7777-AAAAA")
                .doesNotContain("\u001b");
        assertThat(run("deadletters", "show", "nonsense").exitCode()).isEqualTo(2);
        assertThat(run("deadletters", "list", "--since", "yesterday").exitCode())
                .isEqualTo(2);

        assertThat(run("deadletters", "replay", "--dry-run").output()).contains("1 would be replayed");
        assertThat(run("deadletters", "replay").output()).contains("1 replayed");
        assertThat(run("deadletters", "replay").output()).contains("0 replayed", "1 skipped: already replayed");
        assertThat(run("deadletters", "list").output()).contains("(replayed)", "1 dead letters");
    }

    @Test
    void printsDataAsJson() throws Exception {
        assertThat(run("verify", "--create-topics").exitCode()).isZero();

        JsonNode findings = JSON.readTree(run("verify", "--json").output());
        assertThat(findings).hasSize(7).allSatisfy(finding -> assertThat(
                        finding.get("holds").asBoolean())
                .isTrue());
        JsonNode topics = JSON.readTree(run("topics", "describe", "--json").output());
        assertThat(topics.at("/topics/0/name").asText()).isEqualTo(settings.get("churn.topics.raw"));
        assertThat(topics.at("/lag/0").asLong(-1)).isZero();
        JsonNode models = JSON.readTree(run("models", "list", "--json").output());
        assertThat(models.at("/0/role").asText()).isEqualTo("champion");
        assertThat(models.at("/0/card/sha256").asText()).hasSize(64);
        JsonNode listed = JSON.readTree(run("topics", "list", "--json").output());
        assertThat(listed.get(settings.get("churn.topics.raw")).asInt()).isEqualTo(4);
    }

    @Test
    void offersCompletionOfEveryCommand() throws Exception {
        settings.clear();
        assertThat(run("generate-completion").output()).contains("deadletters", "--num-windows", "complete -F");
    }

    @Test
    void producesAndScoresInStepsAndTellsTheLag() throws Exception {
        Ended produced = run("produce", "--limit", "3000", "--batch-size", "700");
        assertThat(produced.exitCode()).as(produced.output()).isZero();
        assertThat(produced.output()).contains("3,000 rows of");

        Ended resumed = run("produce", "--resume");
        assertThat(resumed.output()).contains("4,043 rows of");
        assertThat(run("produce", "--resume").output()).contains("0 rows of");

        Ended window = run("score", "--window-size", "100", "--num-windows", "3");
        assertThat(window.exitCode()).as(window.output()).isZero();
        assertThat(window.output())
                .contains("window 3: ")
                .doesNotContain("window 4: ")
                .contains("300 messages in 3 windows = 300 predictions + 0 dead letters");

        Ended scored = run("score", "--json");
        assertThat(scored.exitCode()).as(scored.output()).isZero();
        String summary = scored.output().substring(scored.output().indexOf('{'));
        assertThat(JSON.readTree(summary).get("predictions").asLong()).isEqualTo(6743);
        assertThat(run("topics", "describe").output()).contains("lag 0").doesNotContain("lag 1");
    }

    @Test
    void stopsTheBrokerOnASignalAndKeepsItsData() throws Exception {
        settings = TestProject.settings(TestBroker.freePort());
        ChurnConfig config = TestProject.config(home, settings);
        try (ChildApp broker = ChildApp.startBroker(home, settings)) {
            assertThat(run("produce", "--limit", "100").exitCode()).isZero();
            broker.terminate();
            assertThat(broker.waitFor()).isEqualTo(143);
            assertThat(broker.output()).doesNotContain("\tat ");
        }
        try (ChildApp broker = ChildApp.startBroker(home, settings)) {
            assertThat(new LogReader(config).read(config.topics().raw())).hasSize(100);
        }
    }
}
