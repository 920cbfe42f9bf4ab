package io.github.telcochurn.routes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import com.sun.net.httpserver.HttpServer;
import io.github.telcochurn.ChildApp;
import io.github.telcochurn.Documents;
import io.github.telcochurn.LogReader;
import io.github.telcochurn.TestProject;
import io.github.telcochurn.batch.run.BatchRuns;
import io.github.telcochurn.config.ChurnConfig;
import io.github.telcochurn.kafka.KafkaTopics;
import io.github.telcochurn.kafka.TestBroker;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The changes of docs/customise.md, each saved as its file in the folder of a running service. */
class CustomiseTest {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final int CUSTOMERS = 300;
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private static Path home;

    private static ChurnConfig config;
    private static Path ownRoutes;
    private static EmbeddedPostgres postgres;
    private static HttpServer crm;
    private static ChildApp service;
    private static final GreenMail MAIL = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
    private static final List<String> POSTED = Collections.synchronizedList(new ArrayList<>());

    @BeforeAll
    static void runTheService() throws Exception {
        postgres = EmbeddedPostgres.builder().start();
        execute("create table churn (customer text primary key, probability double precision, tier text)");
        crm = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        crm.createContext("/customers/", exchange -> {
            String id = exchange.getRequestURI().getPath().substring("/customers/".length());
            byte[] answer = ("{\"agent\":\"desk of " + id + "\"}").getBytes(UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        crm.createContext("/predictions", exchange -> {
            POSTED.add(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        crm.start();
        MAIL.start();
        ownRoutes = Files.createDirectories(home.resolve("my-routes"));
        Path customers = home.resolve("customers.csv");
        Files.write(customers, Files.readAllLines(TestProject.SHIPPED_CSV).subList(0, CUSTOMERS + 1));
        Map<String, String> settings = TestProject.settings(TestBroker.port());
        settings.put("churn.data.csv", customers.toString());
        settings.put("churn.profile", "dev");
        settings.put("churn.web.port", Integer.toString(TestBroker.freePort()));
        settings.put("churn.notify.email.host", "127.0.0.1");
        settings.put("churn.notify.email.port", Integer.toString(MAIL.getSmtp().getPort()));
        settings.put("churn.notify.email.from", "churn@example.com");
        settings.put("churn.notify.email.to", "retention@example.com");
        config = TestProject.config(home, settings);
        Map<String, String> environment = Map.of(
                "CRM_URL",
                "jdbc:postgresql://localhost:" + postgres.getPort() + "/postgres",
                "CRM_USER",
                "postgres",
                "CRM_PASSWORD",
                "secret",
                "CRM_API",
                "http://127.0.0.1:" + crm.getAddress().getPort());
        Files.writeString(ownRoutes.resolve("no-brokers.camel.yaml"), tap("no-brokers", "{{churn.kafka.brokers}}"));
        Files.writeString(ownRoutes.resolve("no-variable.camel.yaml"), tap("no-variable", "{{env:CRM_BROKERS}}"));
        service = ChildApp.start(home, settings, environment, "run", "--routes", "my-routes");
        await().atMost(SOON).until(() -> service.output().contains("Serving at"));
        Files.copy(customers, home.resolve("data/inbox/customers.csv"));
        await().atMost(SOON)
                .until(() -> new LogReader(config).size(config.topics().predictions()) >= CUSTOMERS);
    }

    @AfterAll
    static void stopTheService() throws Exception {
        if (service != null) {
            service.terminate();
            service.waitFor();
        }
        crm.stop(0);
        MAIL.stop();
        postgres.close();
    }

    private static void execute(String sql) throws SQLException {
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static long count(String sql) throws SQLException {
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery(sql)) {
            found.next();
            return found.getLong(1);
        }
    }

    /** The page's block for a file, saved as the page says. */
    private static void save(String name, String sought, String replacement) throws IOException {
        String block = page("yaml").stream()
                .filter(yaml -> yaml.startsWith("# my-routes/" + name))
                .findFirst()
                .orElseThrow();
        assertThat(block).contains(sought);
        Files.writeString(ownRoutes.resolve(name), block.replace(sought, replacement));
    }

    private static void save(String name) throws IOException {
        save(name, "", "");
    }

    private static List<JsonNode> predictions() {
        return values(config.topics().predictions());
    }

    private static List<JsonNode> values(String topic) {
        return new LogReader(config)
                .read(topic).stream()
                        .map(record -> json(new String(record.value(), UTF_8)))
                        .toList();
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new AssertionError(text, e);
        }
    }

    private static List<String> highRisk() {
        return predictions().stream()
                .filter(prediction -> prediction.get("risk_tier").asText().equals("High"))
                .map(prediction -> prediction.get("customerID").asText())
                .toList();
    }

    /** A route that reads predictions. */
    private static String tap(String id, String brokers) {
        return """
                - route:
                    id: %1$s
                    description: Reads predictions. At least once.
                    from:
                      uri: kafka
                      parameters:
                        topic: "{{churn.topics.predictions}}"
                        brokers: "%2$s"
                        groupId: %1$s
                      steps:
                        - log:
                            loggingLevel: DEBUG
                            message: read
                """.formatted(id, brokers);
    }

    @Test
    void anOwnRouteThatCannotStartIsSwitchedOffAndNamedWhileScoringContinues() throws Exception {
        assertThat(service.output())
                .containsPattern("my-routes/no-brokers.camel.yaml is switched off, and all else runs: .*[Bb]rokers")
                .containsPattern(
                        "no-brokers.camel.yaml\\(8,18\\): error wrong-option: brokers is \"\\{\\{churn.kafka.brokers}}\","
                                + " which is empty here. Use \\{\\{churn.kafka.bootstrap-servers}}")
                .containsPattern("my-routes/no-variable.camel.yaml is switched off, and all else runs: ")
                .containsPattern(
                        "no-variable.camel.yaml\\(8,19\\): warning unset-variable: \\{\\{env:CRM_BROKERS}} is not set");
        await().atMost(SOON).untilAsserted(() -> assertThat(health())
                .startsWith("{\"status\":\"UP\"")
                .containsPattern(
                        "\"own-routes\",\"status\":\"UP\",\"message\":\"Degraded: .*no-brokers.camel.yaml is switched off:"
                                + " .*no-variable.camel.yaml is switched off: "));
        assertThat(predictions()).isNotEmpty();

        Files.writeString(
                ownRoutes.resolve("no-brokers.camel.yaml"), tap("no-brokers", "{{churn.kafka.bootstrap-servers}}"));
        Files.delete(ownRoutes.resolve("no-variable.camel.yaml"));

        await().atMost(SOON).untilAsserted(() -> assertThat(health())
                .contains("\"own-routes\",\"status\":\"UP\"}")
                .doesNotContain("Degraded"));
        assertThat(service.output()).containsPattern("Reloaded: .*no-brokers.camel.yaml \\[no-brokers]");
    }

    /** Whatever the status: while the service starts, it is 503. */
    private static String health() throws IOException, InterruptedException {
        URI health = URI.create("http://127.0.0.1:" + config.web().port() + "/observe/health");
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(health).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }

    @Test
    void aFileWithAnErrorIsReportedWithItsLineAndChangesNothing() throws IOException {
        Files.writeString(
                ownRoutes.resolve("score.camel.yaml"),
                Files.readString(TestProject.ROOT.resolve("routes/score.camel.yaml"))
                        .replace("method: score", "method: scor"));

        await().atMost(SOON).untilAsserted(() -> assertThat(service.output())
                .containsPattern("score.camel.yaml\\(\\d+,\\d+\\): error unknown-method: .*Did you mean score")
                .contains("is not reloaded; its routes keep running unchanged"));
        Files.delete(ownRoutes.resolve("score.camel.yaml"));
    }

    @Test
    void aFileForAnotherSystem() throws IOException {
        save("high-risk-file.camel.yaml");

        Path file = home.resolve("exports/high-risk.jsonl");
        await().atMost(SOON).untilAsserted(() -> {
            assertThat(file).exists();
            assertThat(Files.readAllLines(file))
                    .extracting(line -> json(line).get("customerID").asText())
                    .containsAll(highRisk())
                    .doesNotHaveDuplicates();
        });
        assertThat(highRisk()).isNotEmpty().hasSizeLessThan(CUSTOMERS);
    }

    @Test
    void aTableOfADatabase() throws IOException {
        save("predictions-table.camel.yaml");

        long expected = predictions().stream()
                .filter(prediction -> prediction.get("churn_probability").asDouble() >= 0.3)
                .map(prediction -> prediction.get("customerID"))
                .distinct()
                .count();
        await().atMost(SOON).until(() -> count("select count(*) from churn where probability >= 0.3") >= expected);
        assertThat(expected).isPositive();
    }

    @Test
    void customersOfAnotherTopic() throws Exception {
        createTopic("billing-customers");
        save("billing-customers.camel.yaml");
        String monthly =
                TestProject.firstCustomerAsJson().replaceAll("\"customerID\":\"[^\"]*\"", "\"customerID\":\"B-1\"");
        String yearly = monthly.replace("B-1", "B-2").replace("Month-to-month", "One year");
        assertThat(yearly).contains("One year");
        send("billing-customers", yearly, monthly);

        await().atMost(SOON).untilAsserted(() -> assertThat(predictions())
                .extracting(prediction -> prediction.get("customerID").asText())
                .contains("B-1"));
        assertThat(values(config.topics().raw()))
                .extracting(customer -> customer.get("customerID").asText())
                .doesNotContain("B-2");
    }

    @Test
    void whatTheCrmKnows() throws IOException {
        createTopic("churn-enriched");
        save("enriched-predictions.camel.yaml");

        await().atMost(SOON).untilAsserted(() -> assertThat(values("churn-enriched"))
                .extracting(enriched -> enriched.get("customerID").asText())
                .containsAll(highRisk()));
        assertThat(values("churn-enriched")).allSatisfy(enriched -> assertThat(
                        enriched.get("crm").get("agent").asText())
                .isEqualTo("desk of " + enriched.get("customerID").asText()));
    }

    /** Saves a route made from a template, in the form that the page shows. */
    private static void use(String template, String routeId, Map<String, String> parameters) throws IOException {
        StringBuilder yaml = new StringBuilder("- templatedRoute:\n")
                .append("    routeTemplateRef: " + template + "\n")
                .append("    routeId: " + routeId + "\n")
                .append("    parameters:\n");
        parameters.forEach((name, value) ->
                yaml.append("      - name: " + name + "\n").append("        value: \"" + value + "\"\n"));
        Files.writeString(ownRoutes.resolve(routeId + ".camel.yaml"), yaml);
    }

    @Test
    void theTemplateForHttpPostsEachPrediction() throws IOException {
        String url = "http://127.0.0.1:" + crm.getAddress().getPort() + "/predictions";
        use("predictions-to-http", "crm-calls", Map.of("group", "crm-calls", "url", url));

        await().atMost(SOON).untilAsserted(() -> assertThat(List.copyOf(POSTED))
                .extracting(posted -> json(posted).get("customerID").asText())
                .containsAll(highRisk()));
    }

    @Test
    void theTemplateForMailSendsOneForEachPrediction() throws IOException {
        String first = highRisk().get(0);
        use(
                "predictions-to-mail",
                "riskiest-customer",
                Map.of(
                        "group", "riskiest-customer",
                        "condition", "${body[customerID]} == '" + first + "'",
                        "to", "agent@example.com"));

        await().atMost(SOON)
                .untilAsserted(() -> assertThat(MAIL.getReceivedMessages()).anySatisfy(mail -> {
                    assertThat(mail.getSubject()).isEqualTo("Churn risk High: customer " + first);
                    assertThat(mail.getAllRecipients()[0]).hasToString("agent@example.com");
                    assertThat(mail.getContent().toString()).contains("\"churn_probability\"");
                }));
    }

    @Test
    void aFileOfItsOwnEveryNight() throws IOException {
        Path nightly = home.resolve("data/nightly.csv");
        Files.write(nightly, Files.readAllLines(TestProject.SHIPPED_CSV).subList(0, 21));
        // The page's 2:30, moved to a few seconds from now.
        ZonedDateTime soon = ZonedDateTime.now(ZoneOffset.UTC).plusSeconds(15);
        save(
                "nightly-run.camel.yaml",
                "0 30 2 * * ?",
                String.format("%d %d %d * * ?", soon.getSecond(), soon.getMinute(), soon.getHour()));

        await().atMost(SOON).untilAsserted(() -> {
            assertThat(home.resolve("reports/batch")).exists();
            try (Stream<Path> reports = Files.list(home.resolve("reports/batch"))) {
                assertThat(reports.filter(file -> file.toString().endsWith(".json")))
                        .singleElement()
                        .satisfies(report -> assertThat(report)
                                .content()
                                .contains("nightly.csv")
                                .contains("\"rows_read\" : 20"));
            }
        });
        await().atMost(SOON).until(() -> !BatchRuns.isRunInProgress(config));
    }

    /** As the page says. */
    private static void createTopic(String name) {
        String command = "./churn topics create " + name;
        assertThat(page("sh")).anySatisfy(block -> assertThat(block).contains(command));
        try (KafkaTopics topics = new KafkaTopics(config.kafka().bootstrapServers())) {
            assertThat(topics.createMissing(config.topics(), List.of(name))).containsExactly(name);
        }
    }

    private static List<String> page(String language) {
        return Documents.blocks(TestProject.ROOT.resolve("docs/customise.md"), language);
    }

    private static void send(String topic, String... messages) throws Exception {
        Properties settings = new Properties();
        settings.put("bootstrap.servers", config.kafka().bootstrapServers());
        try (KafkaProducer<String, String> producer =
                new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
            for (String message : messages) {
                producer.send(new ProducerRecord<>(topic, message)).get();
            }
        }
    }
}
