package io.github.telcochurn.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.telcochurn.ChurnBeans;
import io.github.telcochurn.LogReader;
import io.github.telcochurn.TestProject;
import io.github.telcochurn.config.ChurnConfig;
import io.github.telcochurn.config.ConfigLoader;
import io.github.telcochurn.ingest.Inbox;
import io.github.telcochurn.kafka.KafkaTopics;
import io.github.telcochurn.kafka.TestBroker;
import io.github.telcochurn.kafka.TransactionInputs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that are dropped into the inbox, with the shipped routes on a real broker. */
class InboxTest {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String RESULT = ".result.json";

    @TempDir
    private Path home;

    private ChurnConfig config;
    private LogReader log;
    private Inbox inbox;
    private List<String> customers;

    @BeforeEach
    void createTopics() throws IOException {
        config = TestProject.config(home);
        log = new LogReader(config);
        inbox = new Inbox(TestProject.SCHEMA, 10, InstantSource.system());
        customers = Files.readAllLines(TestProject.SHIPPED_CSV).subList(0, 101);
        try (KafkaTopics topics = new KafkaTopics(config.kafka().bootstrapServers())) {
            topics.createMissing(config.topics());
        }
    }

    @Test
    void ingestsAFileOnceHoweverOftenItIsDropped() throws Exception {
        try (Pipeline pipeline = watch(config, chunk -> {})) {
            drop("march.csv", customers);
            await().atMost(SOON).until(() -> files(".done").size() == 1);
            drop("march.csv", customers);
            await().atMost(SOON).until(() -> files(".done").size() == 2);
            drop("a copy.CSV", customers);
            await().atMost(SOON).until(() -> files(".done").size() == 3);
        }

        assertThat(log.sources()).hasSize(100).doesNotHaveDuplicates();
        assertThat(files(".done")).allMatch(name -> name.matches("\\d{8}-\\d{9}-(march.csv|a copy.CSV)"));
        assertThat(files(".")).isEmpty();
        JsonNode first = result(".done", 0);
        assertThat(first.get("outcome").asText()).isEqualTo("ingested");
        JsonNode copy = result(".done", 2);
        assertThat(copy.get("outcome").asText()).isEqualTo("ingested-before");
        assertThat(copy.get("message").asText())
                .startsWith("Nothing ingested from a copy.CSV: the same content was ingested before, as march.csv at ");
        assertThat(copy.get("run_id")).isEqualTo(first.get("run_id"));
        assertThat(copy.get("rows_read").asLong()).isEqualTo(100);
        assertThat(copy.get("rows_ingested_before").asLong()).isEqualTo(100);
        assertThat(Instant.parse(copy.get("ingested_before_at").asText()))
                .isBefore(Instant.parse(first.get("finished_at").asText()));
    }

    @Test
    void saysHowManyRowsItRejectedAndWhereTheyAre() throws Exception {
        List<String> someBroken = new ArrayList<>(customers);
        someBroken.add("broken");
        someBroken.add(customers.get(1).replace("29.85", "a lot"));
        try (Pipeline pipeline = watch(config, chunk -> {})) {
            drop("march.csv", someBroken);
            await().atMost(SOON).until(() -> files(".done").size() == 1);
        }

        JsonNode result = result(".done", 0);
        assertThat(result.get("file").asText()).isEqualTo("march.csv");
        assertThat(result.get("rows_read").asLong()).isEqualTo(102);
        assertThat(result.get("rows_rejected").asLong()).isEqualTo(2);
        assertThat(runs()).containsExactly(result.get("run_id").asText());
        String since = result.get("dead_letters").asText().replaceFirst(".*--since ", "");
        assertThat(log.read(config.topics().deadletter()))
                .hasSize(2)
                .allMatch(letter -> letter.timestamp() >= Instant.parse(since).toEpochMilli());
    }

    @Test
    void skipsANamedPipeAndReportsIt() throws Exception {
        Files.createDirectories(config.inboxDir());
        Path pipe = config.inboxDir().resolve("a pipe.csv");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        Path logged = home.resolve("inbox.log");
        try (LogFile logFile = LogFile.ofScoring(logged);
                Pipeline pipeline = watch(config, chunk -> {})) {
            drop("march.csv", customers);
            await().atMost(SOON).until(() -> files(".done").size() == 1);
            await().atMost(SOON).until(() -> Files.readString(logged).contains("a pipe.csv is not a regular file"));
        }

        assertThat(log.sources()).hasSize(100);
        assertThat(pipe).exists();
    }

    @Test
    void logsWhichFileItIngestedAndNothingOfItsContent() throws Exception {
        Path logged = home.resolve("inbox.log");
        try (LogFile logFile = LogFile.ofScoring(logged);
                Pipeline pipeline = watch(config, chunk -> {})) {
            drop("march.csv", customers);
            await().atMost(SOON).until(() -> files(".done").size() == 1);
        }

        assertThat(logged)
                .content()
                .contains("Ingested march.csv: 100 rows read, 0 rejected, run inbox-")
                .doesNotContain(customers.get(0), customers.get(1));
    }

    @Test
    void ingestsAFileWhoseContentHasChanged() throws Exception {
        try (Pipeline pipeline = watch(config, chunk -> {})) {
            drop("march.csv", customers.subList(0, 51));
            await().atMost(SOON).until(() -> files(".done").size() == 1);
            drop("march.csv", customers);
            await().atMost(SOON).until(() -> files(".done").size() == 2);
        }

        assertThat(log.sources()).hasSize(150).doesNotHaveDuplicates();
    }

    @Test
    void setsAsideAFileThatHasNoCustomers() throws Exception {
        try (Pipeline pipeline = watch(config, chunk -> {})) {
            drop("shopping.csv", List.of("milk,eggs", "1,12"));
            drop("header.csv", List.of("customerID,tenure"));
            drop("empty.csv", List.of());
            drop("notes.txt", List.of("not a CSV file"));
            await().atMost(SOON).until(() -> files(".failed").size() == 3);
            drop("march.csv", customers);
            await().atMost(SOON).until(() -> files(".done").size() == 1);
        }

        assertThat(log.sources()).hasSize(100);
        assertThat(files(".")).containsExactly("notes.txt");
        for (int i = 0; i < 3; i++) {
            assertThat(result(".failed", i).get("outcome").asText()).isEqualTo("failed");
            assertThat(result(".failed", i).get("message").asText()).startsWith("Nothing ingested from ");
        }
    }

    @Test
    void resumesAFileInWhichItWasStopped() throws Exception {
        drop("march.csv", customers);
        try (Pipeline pipeline = watch(config, chunk -> inbox.stop())) {
            await().atMost(SOON).until(() -> !log.sources().isEmpty());
        }
        assertThat(log.sources()).hasSize(10);
        assertThat(files(".")).containsExactly("march.csv");

        inbox = new Inbox(TestProject.SCHEMA, 10, InstantSource.system());
        try (Pipeline pipeline = watch(config, chunk -> {})) {
            await().atMost(SOON).until(() -> files(".done").size() == 1);
        }
        assertThat(log.sources()).hasSize(100).doesNotHaveDuplicates();
        assertThat(runs()).hasSize(1);
        assertThat(result(".done", 0).get("outcome").asText()).isEqualTo("ingested");
        assertThat(result(".done", 0).get("rows_read").asLong()).isEqualTo(100);
        assertThat(result(".done", 0).get("rows_ingested_before").asLong()).isEqualTo(10);
    }

    @Test
    void letsOnlyOneOfTwoProcessesIngestTheFile() throws Exception {
        try (Pipeline one = watch(config, chunk -> {});
                Pipeline other = watch(config, chunk -> {})) {
            for (int i = 0; i < 5; i++) {
                List<String> some = customers.subList(0, 21 + 20 * i);
                drop("file-" + i + ".csv", some);
            }
            await().atMost(SOON).until(() -> files(".done").size() == 5);
        }

        assertThat(log.sources()).hasSize(20 + 40 + 60 + 80 + 100).doesNotHaveDuplicates();
    }

    @Test
    void leavesAFileWhereItIsWhileTheBrokerIsAway() throws Exception {
        ChurnConfig nowhere =
                ConfigLoader.override(config, Map.of("churn.kafka.brokers", "127.0.0.1:" + TestBroker.freePort()));
        drop("march.csv", customers);
        // Longer than it takes to detect that the file has stopped growing.
        try (Pipeline pipeline = watch(nowhere, chunk -> {})) {
            await().during(Duration.ofSeconds(4))
                    .atMost(SOON)
                    .until(() -> files(".done").isEmpty() && files(".failed").isEmpty());
        }
        assertThat(files(".")).containsExactly("march.csv");

        inbox = new Inbox(TestProject.SCHEMA, 10, InstantSource.system());
        try (Pipeline pipeline = watch(config, chunk -> {})) {
            await().atMost(SOON).until(() -> files(".done").size() == 1);
        }
        assertThat(log.sources()).hasSize(100).doesNotHaveDuplicates();
    }

    private Pipeline watch(ChurnConfig watched, Consumer<TransactionInputs.Committed> onCommit) {
        return Pipeline.start(
                watched,
                new ChurnBeans(watched).withIngest(onCommit).withInbox(inbox).assembly());
    }

    private void drop(String name, List<String> lines) throws IOException {
        Files.createDirectories(config.inboxDir());
        Path written = Files.write(home.resolve(name), lines);
        Files.move(written, config.inboxDir().resolve(name), StandardCopyOption.ATOMIC_MOVE);
    }

    /** The files themselves, without their results. */
    private List<String> files(String folder) throws IOException {
        return list(folder).stream().filter(name -> !name.endsWith(RESULT)).toList();
    }

    /** The result beside a file, by the order in which the files were moved. */
    private JsonNode result(String folder, int at) throws IOException {
        String name = list(folder).stream()
                .filter(each -> each.endsWith(RESULT))
                .sorted()
                .toList()
                .get(at);
        assertThat(list(folder)).contains(name.substring(0, name.length() - RESULT.length()));
        return new ObjectMapper()
                .readTree(config.inboxDir().resolve(folder).resolve(name).toFile());
    }

    private List<String> list(String folder) throws IOException {
        Path dir = config.inboxDir().resolve(folder);
        if (!Files.exists(dir)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(dir)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> file.getFileName().toString())
                    .toList();
        }
    }

    private List<String> runs() {
        return log.read(config.topics().raw()).stream()
                .map(record -> LogReader.header(record, "churn-run-id"))
                .distinct()
                .toList();
    }
}
