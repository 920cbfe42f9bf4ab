package io.github.telcochurn.pipeline;

import static io.github.telcochurn.LogReader.header;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.telcochurn.ChurnBeans;
import io.github.telcochurn.ChurnFailure;
import io.github.telcochurn.LogReader;
import io.github.telcochurn.MissingPrerequisite;
import io.github.telcochurn.TestProject;
import io.github.telcochurn.config.ChurnConfig;
import io.github.telcochurn.config.ConfigException;
import io.github.telcochurn.config.ConfigLoader;
import io.github.telcochurn.ingest.CsvFile;
import io.github.telcochurn.ingest.FileChanged;
import io.github.telcochurn.ingest.IngestRun;
import io.github.telcochurn.kafka.KafkaTopics;
import io.github.telcochurn.kafka.OtherProducer;
import io.github.telcochurn.kafka.RawRecords;
import io.github.telcochurn.scoring.ChurnModel;
import io.github.telcochurn.scoring.ChurnScorer;
import io.github.telcochurn.scoring.ModelFolder;
import io.github.telcochurn.scoring.ScoredPoll;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The shipped routes on a real broker, one at a time. */
class PipelineTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration SOON = Duration.ofSeconds(30);

    @TempDir
    private Path home;

    private ChurnConfig config;
    private KafkaTopics topics;
    private LogReader log;

    @BeforeEach
    void createTopics() {
        config = TestProject.config(home);
        log = new LogReader(config);
        topics = new KafkaTopics(config.kafka().bootstrapServers());
        topics.createMissing(config.topics());
    }

    @AfterEach
    void closeTopics() {
        topics.close();
    }

    @Test
    void rollsBackAWholePollWhenTheModelFailsAndScoresItLater() throws Exception {
        ingest(500);
        ChurnModel model = new ModelFolder(TestProject.ROOT.resolve("models"), TestProject.SCHEMA).champion();
        Assembly beans = new ChurnBeans(config).withScoring(model, batch -> {}).assembly();
        ChurnScorer scorer = (ChurnScorer) beans.beans().get("scorer");
        FailingScorer failing = new FailingScorer(scorer, 3);
        beans = beans.with("scorer", failing);

        try (Pipeline pipeline = Pipeline.start(config, beans)) {
            pipeline.startRoute("score");
            await().atMost(SOON).until(() -> failing.calls.get() == 3);
            assertThat(log.read(config.topics().predictions())).isEmpty();
            await().atMost(SOON).until(() -> lag() == 0);
        }

        assertThat(log.read(config.topics().predictions())).hasSize(500);
        assertThat(log.read(config.topics().deadletter())).isEmpty();
    }

    /** Fails a few times like a system error, and then scores. */
    public static final class FailingScorer {
        private final ChurnScorer scorer;
        private final int failures;
        private final AtomicInteger calls = new AtomicInteger();

        FailingScorer(ChurnScorer scorer, int failures) {
            this.scorer = scorer;
            this.failures = failures;
        }

        public ScoredPoll score(ConsumerRecords<byte[], byte[]> poll) {
            if (calls.incrementAndGet() <= failures) {
                throw new IllegalStateException("no model today");
            }
            return scorer.score(poll);
        }
    }

    /** A newly elected coordinator may report that a group has no offsets. */
    @Test
    void commitsNoPollThatBeganBeforeWhatTheGroupHasCommitted() throws Exception {
        ingest(500);
        Assembly beans = new ChurnBeans(config)
                .withScoring(new ModelFolder(config.modelDir(), config.schema()).champion(), batch -> {})
                .assembly();
        beans = beans.with(
                "scorer", new LateOffsets((ChurnScorer) beans.beans().get("scorer"), this::commitTenOfEachPartition));

        try (Pipeline pipeline = Pipeline.start(config, beans)) {
            pipeline.startRoute("score");
            await().atMost(SOON).until(() -> lag() == 0);
        }

        assertThat(log.origins())
                .isEqualTo(log.rawPositions().stream()
                        .filter(place -> Integer.parseInt(place.replaceFirst(".*-", "")) >= 10)
                        .toList())
                .isNotEmpty();
    }

    /** A scorer; the group's offsets appear only after it has begun its first poll at the start of the topic. */
    public static final class LateOffsets {
        private final ChurnScorer scorer;
        private Runnable beforeFirst;

        LateOffsets(ChurnScorer scorer, Runnable beforeFirst) {
            this.scorer = scorer;
            this.beforeFirst = beforeFirst;
        }

        public ScoredPoll score(ConsumerRecords<byte[], byte[]> poll) {
            beforeFirst.run();
            beforeFirst = () -> {};
            return scorer.score(poll);
        }
    }

    private void commitTenOfEachPartition() {
        Map<TopicPartition, OffsetAndMetadata> ten = new HashMap<>();
        topics.starts(config.topics().raw()).keySet().forEach(each -> ten.put(each, new OffsetAndMetadata(10)));
        try (KafkaProducer<byte[], byte[]> other = new KafkaProducer<>(Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                config.kafka().bootstrapServers(),
                ProducerConfig.TRANSACTIONAL_ID_CONFIG,
                config.groupId() + "-other",
                ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG,
                ByteArraySerializer.class,
                ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG,
                ByteArraySerializer.class))) {
            other.initTransactions();
            other.beginTransaction();
            other.sendOffsetsToTransaction(ten, new ConsumerGroupMetadata(config.groupId()));
            other.commitTransaction();
        }
    }

    @Test
    void setsBrokenMessagesAsideAndScoresTheirNeighbours() throws Exception {
        ingest(50);
        new RawRecords(config)
                .send(
                        Map.of("kept", "as it was"),
                        "not json".getBytes(UTF_8),
                        "{\"customerID\": \"7777-AAAAA\", \"tenure\": -1}".getBytes(UTF_8),
                        null);
        ingest(50);

        ScoredToTheEnd.by(config);

        assertThat(log.read(config.topics().predictions())).hasSize(100);
        List<ConsumerRecord<byte[], byte[]>> letters = log.read(config.topics().deadletter());
        assertThat(letters).hasSize(3);
        assertThat(letters)
                .extracting(letter -> header(letter, "churn-error-reason"))
                .containsExactlyInAnyOrder("malformed-json", "invalid-values", "malformed-json");
        assertThat(letters).allSatisfy(letter -> {
            assertThat(header(letter, "__connect.errors.topic"))
                    .isEqualTo(config.topics().raw());
            assertThat(header(letter, "churn-attempts")).isEqualTo("1");
            assertThat(header(letter, "kept")).isEqualTo("as it was");
        });
        assertThat(letters)
                .extracting(ConsumerRecord::value)
                .contains("not json".getBytes(UTF_8))
                .containsNull();
        assertThat(letters)
                .filteredOn(letter -> header(letter, "churn-error-reason").equals("invalid-values"))
                .allSatisfy(letter -> assertThat(header(letter, "__connect.errors.exception.message"))
                        .contains("tenure must be 0 or more", "gender is missing", "TotalCharges is missing"));
    }

    @Test
    void scoresWhatOtherProducersSendWithoutKeyOrTimeAndWithNumbersAsText() throws Exception {
        ObjectNode message = (ObjectNode) JSON.readTree(TestProject.firstCustomerAsJson());
        message.remove("event_ts");
        message.put("SeniorCitizen", "0").put("tenure", "1").put("MonthlyCharges", "29.85");
        message.put("TotalCharges", "29.85").putArray("extra").add(1);
        ObjectNode unbilled = message.deepCopy().put("tenure", 0).putNull("TotalCharges");
        ObjectNode timeless = message.deepCopy().put("event_ts", "yesterday");
        ObjectNode farAway = message.deepCopy().put("event_ts", "+999999999-12-31T23:59:59Z");
        ingest(1);
        new RawRecords(config)
                .send(
                        Map.of(),
                        JSON.writeValueAsBytes(message),
                        JSON.writeValueAsBytes(unbilled),
                        JSON.writeValueAsBytes(timeless),
                        JSON.writeValueAsBytes(farAway));

        ScoredToTheEnd.by(config);

        List<JsonNode> predictions = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> record : log.read(config.topics().predictions())) {
            assertThat(new String(record.key(), UTF_8)).isEqualTo("8921-FVGRR");
            predictions.add(JSON.readTree(record.value()));
        }
        assertThat(predictions).hasSize(5).allSatisfy(prediction -> assertThat(
                        Instant.parse(prediction.get("event_ts").asText()))
                .isCloseTo(Instant.now(), within(5, ChronoUnit.MINUTES)));
        assertThat(predictions.stream()
                        .map(prediction -> prediction.get("churn_probability").asDouble())
                        .distinct())
                .as("text or number, the same customer has the same probability")
                .hasSize(2);
        assertThat(log.read(config.topics().deadletter())).isEmpty();
    }

    @Test
    void leavesNoLagBehindTheMarkersOfTransactions() throws Exception {
        ingest(7);

        ScoredToTheEnd.by(config);

        assertThat(lag()).isZero();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void isNotDrainedBeforeTheTransactionOfAnotherProducerEnds(boolean commits) throws Exception {
        byte[] customer = TestProject.firstCustomerAsJson().getBytes(UTF_8);
        ChurnModel model = new ModelFolder(config.modelDir(), config.schema()).champion();
        Assembly beans = new ChurnBeans(config).withScoring(model, batch -> {}).assembly();
        try (OtherProducer other =
                        new OtherProducer(config, "other-" + config.topics().raw());
                Pipeline pipeline = Pipeline.start(config, beans)) {
            other.open(config.topics().raw(), customer);
            ingest(50);
            pipeline.startRoute("score");
            CompletableFuture<Void> drained = CompletableFuture.runAsync(this::drain);
            await().during(Duration.ofSeconds(1)).atMost(SOON).until(() -> !drained.isDone());
            assertThat(lag()).isGreaterThanOrEqualTo(54);

            other.end(commits);

            drained.orTimeout(30, TimeUnit.SECONDS).join();
        }
        assertThat(log.read(config.topics().predictions())).hasSize(commits ? 54 : 50);
    }

    private void drain() {
        try {
            new Drain(topics, config.groupId(), SOON).await(config.topics().raw());
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void namesTheTransactionThatBlockedItsWait() throws Exception {
        ingest(10);
        ScoredToTheEnd.by(config);
        long start = topics.ends(config.topics().raw())
                .get(new TopicPartition(config.topics().raw(), 2));
        try (OtherProducer other =
                new OtherProducer(config, "other-" + config.topics().raw())) {
            other.open(config.topics().raw(), TestProject.firstCustomerAsJson().getBytes(UTF_8));
            Drain drain = new Drain(topics, config.groupId(), Duration.ofMillis(500));

            assertThatThrownBy(() -> drain.await(config.topics().raw()))
                    .isInstanceOf(ChurnFailure.class)
                    .hasMessageContaining("4 offsets of " + config.topics().raw() + " are not scored yet")
                    .hasMessageContaining(
                            "the transaction of producer other-%s on partition 2 of %s, open since offset %d",
                            config.topics().raw(), config.topics().raw(), start)
                    .hasMessageContaining(" abort --topic " + config.topics().raw());
            other.end(false);
        }
    }

    @Test
    void readsToItsEndATopicOnWhichATransactionWasOpen() throws Exception {
        String topic = config.topics().predictions();
        try (OtherProducer first = new OtherProducer(config, "first-" + topic);
                OtherProducer second = new OtherProducer(config, "second-" + topic)) {
            first.open(topic, "early".getBytes(UTF_8));
            second.open(topic, "late".getBytes(UTF_8));
            second.end(true);
            CompletableFuture<List<ConsumerRecord<byte[], byte[]>>> read =
                    CompletableFuture.supplyAsync(() -> log.read(topic));
            await().during(Duration.ofMillis(500)).atMost(SOON).until(() -> !read.isDone());

            first.end(false);

            assertThat(read.orTimeout(30, TimeUnit.SECONDS).join())
                    .extracting(record -> new String(record.value(), UTF_8))
                    .containsExactly("late", "late", "late", "late");
        }
    }

    @Test
    void saysAtWhichLineARouteThatCannotBeStartedIsWrong() throws IOException {
        Path ownRoutes = Files.createDirectory(home.resolve("own-routes"));
        String score = Files.readString(config.routes().dir().resolve("score.camel.yaml"));
        Files.writeString(ownRoutes.resolve("score.camel.yaml"), score.replace("method: score", "method: scor"));
        ChurnConfig own = ConfigLoader.override(config, Map.of("churn.routes.own-dir", ownRoutes.toString()));
        ChurnModel model = new ModelFolder(config.modelDir(), config.schema()).champion();
        Assembly beans = new ChurnBeans(own).withScoring(model, batch -> {}).assembly();

        assertThatThrownBy(() -> Pipeline.start(own, beans))
                .isInstanceOf(ChurnFailure.class)
                .message()
                .containsPattern("score.camel.yaml\\(\\d+,\\d+\\): error unknown-method")
                .hasLineCount(2);
    }

    @Test
    void refusesRouteThatCannotKeepItsGuaranteeBeforeAnythingIsRead() throws Exception {
        ingest(10);
        Path ownRoutes = Files.createDirectory(home.resolve("own-routes"));
        String score = Files.readString(config.routes().dir().resolve("score.camel.yaml"));
        Files.writeString(
                ownRoutes.resolve("score.camel.yaml"),
                score.replace("    errorHandler:\n      noErrorHandler: {}\n", "")
                        .replace("breakOnFirstError: true", "breakOnFirstError: false"));
        ChurnConfig own = ConfigLoader.override(config, Map.of("churn.routes.own-dir", ownRoutes.toString()));
        Assembly beans = new ChurnBeans(own)
                .withScoring(new ModelFolder(config.modelDir(), config.schema()).champion(), batch -> {})
                .assembly();

        assertThatThrownBy(() -> Pipeline.start(own, beans))
                .isInstanceOfSatisfying(ConfigException.class, refused -> assertThat(refused.problems())
                        .satisfiesExactly(
                                first -> assertThat(first)
                                        .contains(
                                                "score.camel.yaml(3,3): error failure-handled: Without an error handler"),
                                second -> assertThat(second)
                                        .containsPattern("score.camel.yaml\\(\\d+,28\\): error transaction-setting: Set"
                                                + " breakOnFirstError to true")));
        try (Pipeline pipeline = Pipeline.startUnchecked(own, beans)) {
            assertThat(pipeline).as("started without the check").isNotNull();
        }
    }

    @Test
    void namesShippedRouteThatCannotBeStarted() throws IOException {
        Path ownRoutes = Files.createDirectory(home.resolve("own-routes"));
        String score = Files.readString(config.routes().dir().resolve("score.camel.yaml"));
        Files.writeString(
                ownRoutes.resolve("score.camel.yaml"),
                score.replace("{{churn.topics.raw}}", "{{env:NOBODY_SETS_THIS}}"));
        ChurnConfig own = ConfigLoader.override(config, Map.of("churn.routes.own-dir", ownRoutes.toString()));
        Assembly beans = new ChurnBeans(own)
                .withScoring(new ModelFolder(config.modelDir(), config.schema()).champion(), batch -> {})
                .assembly();

        assertThatThrownBy(() -> Pipeline.start(own, beans))
                .isInstanceOf(ChurnFailure.class)
                .message()
                .startsWith("The routes cannot be started: score: ")
                .containsPattern("score.camel.yaml\\(\\d+,17\\): warning unset-variable: ");
    }

    @Test
    void sendsAnExchangeThatFailsAsAWholeToTheDeadLetterTopic() throws IOException {
        Path routes = Files.createDirectory(home.resolve("own-routes"));
        Files.copy(
                config.routes().dir().resolve("error-handling.camel.yaml"),
                routes.resolve("error-handling.camel.yaml"));
        Files.writeString(routes.resolve("fails.camel.yaml"), """
                - route:
                    id: fails
                    from:
                      uri: timer
                      parameters:
                        timerName: once
                        repeatCount: 1
                        delay: 1
                      steps:
                        - setBody:
                            constant:
                              expression: a customer
                        - to:
                            uri: bean
                            parameters:
                              beanName: nobody
                """);
        Map<String, String> settings = new HashMap<>(config.properties());
        settings.keySet().removeIf(key -> !key.startsWith("churn."));
        settings.put("churn.routes.dir", routes.toString());
        ChurnConfig own = TestProject.config(home, settings);
        Assembly beans = new ChurnBeans(own).assembly("fails");
        beans = beans.with("nobody", new Object() {
            @Override
            public String toString() {
                throw new IllegalStateException("nobody is at home");
            }
        });

        try (Pipeline pipeline = Pipeline.start(own, beans)) {
            await().atMost(SOON).until(() -> log.size(config.topics().deadletter()) == 1);
        }

        ConsumerRecord<byte[], byte[]> letter =
                log.read(config.topics().deadletter()).get(0);
        assertThat(header(letter, "__connect.errors.stage")).isEqualTo("route");
        assertThat(header(letter, "churn-error-reason")).isEqualTo("route-failed");
    }

    @Test
    void namesARouteThatIsNotThere() {
        assertThatThrownBy(() -> Pipeline.start(config, new ChurnBeans(config).assembly("nowhere")))
                .isInstanceOf(MissingPrerequisite.class)
                .hasMessageContaining("nowhere.camel.yaml");
    }

    @Test
    void resumesEachFileByItsContentThoughAnotherHasItsName() throws Exception {
        List<String> shipped = Files.readAllLines(TestProject.SHIPPED_CSV);
        Path first = Files.write(Files.createDirectories(home.resolve("a")).resolve("x.csv"), shipped.subList(0, 101));
        Path second = Files.write(Files.createDirectories(home.resolve("b")).resolve("x.csv"), shipped.subList(0, 51));
        Assembly beans = new ChurnBeans(config).withIngest(batch -> {}).assembly();

        IngestRun resumed = IngestRun.resuming("resumed", CsvFile.open(first, TestProject.SCHEMA), 20, Long.MAX_VALUE);
        try (Pipeline pipeline = Pipeline.start(config, beans)) {
            pipeline.ingest(IngestRun.fromStart("interrupted", CsvFile.open(first, TestProject.SCHEMA), 20, 40));
            pipeline.ingest(IngestRun.fromStart("other", CsvFile.open(second, TestProject.SCHEMA), 20, Long.MAX_VALUE));
            pipeline.ingest(resumed);
        }

        assertThat(resumed.runId()).isEqualTo("interrupted");
        assertThat(log.sources()).hasSize(150).doesNotHaveDuplicates();
    }

    @Test
    void commitsNothingOfAFileThatIsChangedWhileItIsIngested() throws Exception {
        Path csv = TestProject.shippedCustomers(home.resolve("customers.csv"), 1);
        List<String> shipped = Files.readAllLines(csv);
        Assembly beans =
                new ChurnBeans(config).withIngest(batch -> cutOff(csv, shipped)).assembly();

        try (Pipeline pipeline = Pipeline.start(config, beans)) {
            IngestRun run = IngestRun.fromStart("test", CsvFile.open(csv, TestProject.SCHEMA), 40, Long.MAX_VALUE);
            assertThatThrownBy(() -> pipeline.ingest(run))
                    .isInstanceOf(FileChanged.class)
                    .hasMessageContaining("after 80 rows");
        }

        assertThat(log.sources()).as("what was read before").hasSize(40);
    }

    private static void cutOff(Path csv, List<String> lines) {
        try {
            Files.write(csv, lines.subList(0, 5000));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void ingest(int rows) throws InterruptedException {
        Ingested.by(
                config,
                IngestRun.fromStart("test", CsvFile.open(TestProject.SHIPPED_CSV, TestProject.SCHEMA), 40, rows));
    }

    private long lag() {
        return new Drain(topics, config.groupId(), SOON).lag(config.topics().raw());
    }
}
