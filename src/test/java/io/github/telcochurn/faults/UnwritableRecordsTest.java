package io.github.telcochurn.faults;

import static io.github.telcochurn.LogReader.header;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.telcochurn.ChurnBeans;
import io.github.telcochurn.LogReader;
import io.github.telcochurn.TestProject;
import io.github.telcochurn.config.ChurnConfig;
import io.github.telcochurn.deadletter.DeadLetter;
import io.github.telcochurn.deadletter.DeadLetterLog;
import io.github.telcochurn.deadletter.DeadLetterReplay;
import io.github.telcochurn.deadletter.Originals;
import io.github.telcochurn.ingest.CsvFile;
import io.github.telcochurn.ingest.IngestRun;
import io.github.telcochurn.kafka.KafkaTopics;
import io.github.telcochurn.kafka.OutgoingRecord;
import io.github.telcochurn.kafka.RawRecords;
import io.github.telcochurn.kafka.RecordBatch;
import io.github.telcochurn.kafka.RecordRefused;
import io.github.telcochurn.kafka.TransactionInputs;
import io.github.telcochurn.pipeline.Assembly;
import io.github.telcochurn.pipeline.Drain;
import io.github.telcochurn.pipeline.Ingested;
import io.github.telcochurn.pipeline.Pipeline;
import io.github.telcochurn.pipeline.ScoredToTheEnd;
import io.github.telcochurn.scoring.ChurnModel;
import io.github.telcochurn.scoring.ChurnScorer;
import io.github.telcochurn.scoring.ModelFolder;
import io.github.telcochurn.scoring.ScoredPoll;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tribuo.MutableDataset;
import org.tribuo.classification.Label;
import org.tribuo.classification.LabelFactory;
import org.tribuo.classification.sgd.linear.LinearSGDTrainer;
import org.tribuo.classification.sgd.objectives.LogMulticlass;
import org.tribuo.impl.ArrayExample;
import org.tribuo.math.optimisers.SGD;
import org.tribuo.provenance.SimpleDataSourceProvenance;

/** Records whose results cannot be written, or that only the model rejects: none keeps its neighbours from being scored. */
class UnwritableRecordsTest {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final DeadLetterLog.Selection ALL = new DeadLetterLog.Selection(Set.of(), null, null);
    private static final int GOOD = 5;

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
    void anIdOfSixHundredThousandLettersIsOneDeadLetter() throws Exception {
        byte[] value = customer(letters(600_000));
        sendAmongGoodOnes(new ProducerRecord<>(config.topics().raw(), 0, null, value));

        ScoredToTheEnd.by(config);

        assertThat(onlyDeadLetter().value()).isEqualTo(value);
        assertThat(header(onlyDeadLetter(), "__connect.errors.exception.message"))
                .containsPattern("[0-9]+,[0-9]{3}")
                .containsAnyOf("256", "1048588");
    }

    @Test
    void aBrokenMessageOverTheProducersLimitIsADeadLetterWithoutValueAndIsReplayed() throws Exception {
        byte[] value = "not json ".repeat(600_000).getBytes(UTF_8);
        byte[] key = "large".getBytes(UTF_8);
        sendAmongGoodOnes(new ProducerRecord<>(config.topics().raw(), 0, key, value));

        ScoredToTheEnd.by(config);

        ConsumerRecord<byte[], byte[]> letter = onlyDeadLetter();
        assertThat(letter.key()).isEqualTo(key);
        assertThat(letter.value()).isNull();
        assertThat(header(letter, "churn-error-reason")).isEqualTo("malformed-json");
        assertThat(header(letter, "churn-value-bytes")).isEqualTo("5400000");
        assertThat(header(letter, "churn-value-sha256")).isEqualTo(DigestUtils.sha256Hex(value));
        assertThat(header(letter, "__connect.errors.exception.message"))
                .contains("5,4", "max.request.size 4194304", "The message is not JSON");
        assertThat(Files.readAllBytes(config.keptValuesDir().resolve(DigestUtils.sha256Hex(value))))
                .isEqualTo(value);
        assertThat(new DeadLetterReplay(config, topics)
                        .replay(ALL, Instant.now())
                        .replayed())
                .isEqualTo(1);
        assertThat(log.read(config.topics().raw()))
                .filteredOn(raw -> Arrays.equals(raw.key(), key))
                .hasSize(2)
                .allSatisfy(raw -> assertThat(raw.value()).isEqualTo(value));
    }

    @Test
    void anOriginalIsFoundOnTheRawTopicOrInItsFileOrReportedGone() throws Exception {
        byte[] value = "not json ".repeat(600_000).getBytes(UTF_8);
        sendAmongGoodOnes(new ProducerRecord<>(config.topics().raw(), 0, null, value));
        ScoredToTheEnd.by(config);
        DeadLetter letter = new DeadLetterLog(config, topics)
                .get(new DeadLetter.Id(
                        onlyDeadLetter().partition(), onlyDeadLetter().offset()));
        Path kept = config.keptValuesDir().resolve(DigestUtils.sha256Hex(value));

        Files.delete(kept);
        assertThat(new Originals(config, topics).of(letter).orElseThrow().value())
                .isEqualTo(value);

        deleteRawRecords();
        assertThat(new Originals(config, topics).of(letter)).isEmpty();
        assertThat(new DeadLetterReplay(config, topics).dryRun(ALL).originalGone())
                .isEqualTo(1);

        Files.write(kept, value);
        assertThat(new Originals(config, topics).of(letter).orElseThrow().value())
                .isEqualTo(value);
    }

    private void deleteRawRecords() throws Exception {
        try (Admin admin = admin()) {
            Map<TopicPartition, RecordsToDelete> all = new HashMap<>();
            topics.ends(config.topics().raw())
                    .forEach((partition, end) -> all.put(partition, RecordsToDelete.beforeOffset(end)));
            admin.deleteRecords(all).all().get();
        }
    }

    @Test
    void aRecordOverTheBrokersLimitIsADeadLetterWithoutTheOversizedParts() throws Exception {
        limit(config.topics().predictions(), 6_000);
        limit(config.topics().deadletter(), 6_000);
        // The run's id is copied to the prediction and to the dead letter.
        ProducerRecord<byte[], byte[]> record =
                new ProducerRecord<>(config.topics().raw(), 0, "large".getBytes(UTF_8), customer("large"));
        record.headers().add("churn-run-id", letters(12_000).getBytes(UTF_8));
        sendAmongGoodOnes(record);

        ScoredToTheEnd.by(config);

        ConsumerRecord<byte[], byte[]> letter = onlyDeadLetter();
        assertThat(header(letter, "churn-error-reason")).isEqualTo("too-large");
        assertThat(header(letter, "__connect.errors.exception.message"))
                .contains("The prediction cannot be written: too large for "
                        + config.topics().predictions())
                .contains("max.message.bytes 6000");
        assertThat(letter.value()).isNull();
        assertThat(letter.headers().lastHeader("churn-run-id")).isNull();
        DeadLetter read = new DeadLetterLog(config, topics).get(new DeadLetter.Id(letter.partition(), letter.offset()));
        ProducerRecord<byte[], byte[]> original =
                new Originals(config, topics).of(read).orElseThrow();
        assertThat(original.value()).isEqualTo(customer("large"));
        assertThat(original.key()).isEqualTo("large".getBytes(UTF_8));
        assertThat(original.headers().lastHeader("churn-run-id").value()).hasSize(12_000);
    }

    @Test
    void aTopicThatAcceptsNothingStopsScoringAndLosesNothing() throws Exception {
        limit(config.topics().predictions(), 200);
        sendAmongGoodOnes(new ProducerRecord<>(config.topics().raw(), 0, null, customer("one more")));
        AtomicInteger scored = new AtomicInteger();
        Assembly beans = new ChurnBeans(config)
                .withScoring(new ModelFolder(config.modelDir(), config.schema()).champion(), batch -> {})
                .assembly();
        beans = beans.with("scorer", new Counting((ChurnScorer) beans.beans().get("scorer"), scored));

        try (Pipeline pipeline = Pipeline.start(config, beans)) {
            pipeline.startRoute("score");
            await().atMost(SOON).until(() -> lag() == GOOD + 1 && scored.get() > 2);
            assertThat(log.read(config.topics().predictions())).isEmpty();
            assertThat(log.read(config.topics().deadletter())).isEmpty();
            assertThat(lag()).isPositive();

            limit(config.topics().predictions(), 1_000_000);
            await().atMost(SOON).until(() -> lag() == 0);
        }

        assertThat(log.origins()).isEqualTo(log.rawPositions()).hasSize(GOOD + 1);
        assertThat(log.read(config.topics().deadletter())).isEmpty();
    }

    /** A scorer that counts the polls. */
    public record Counting(ChurnScorer scorer, AtomicInteger polls) {
        public ScoredPoll score(ConsumerRecords<byte[], byte[]> poll) {
            polls.incrementAndGet();
            return scorer.score(poll);
        }
    }

    @Test
    void aTimestampThatTheBrokerRefusesIsADeadLetter() throws Exception {
        set(config.topics().predictions(), "message.timestamp.before.max.ms", "3600000");
        long longAgo = Instant.parse("1970-01-02T00:00:00Z").toEpochMilli();
        sendAmongGoodOnes(
                new ProducerRecord<>(config.topics().raw(), 0, longAgo, "old".getBytes(UTF_8), customer("old")));

        score(Timed::new);

        assertThat(header(onlyDeadLetter(), "churn-error-reason")).isEqualTo("refused");
        assertThat(header(onlyDeadLetter(), "__connect.errors.exception.message"))
                .contains("refused by the broker for " + config.topics().predictions());
        assertThat(onlyDeadLetter().value()).isEqualTo(customer("old"));
    }

    /** A scorer whose results have the timestamps of their raw records. */
    public record Timed(ChurnScorer scorer) {
        public TimedPoll score(ConsumerRecords<byte[], byte[]> poll) {
            List<Long> times = new ArrayList<>();
            poll.forEach(raw -> times.add(raw.timestamp()));
            return new TimedPoll(scorer.score(poll), times);
        }
    }

    /** A poll whose predictions all have timestamps of their own. */
    public static final class TimedPoll implements TransactionInputs {
        private final ScoredPoll scored;
        private final RecordBatch predictions;
        private final RecordBatch deadLetters;

        TimedPoll(ScoredPoll scored, List<Long> times) {
            this.scored = scored;
            RecordBatch made = scored.predictions();
            List<OutgoingRecord> timed = new ArrayList<>();
            for (OutgoingRecord record : made.records()) {
                long time = times.get(made.inputs()[timed.size()]);
                timed.add(new OutgoingRecord(record.key(), record.value(), record.headers(), time));
            }
            this.predictions = new RecordBatch(timed, this, made.inputs());
            RecordBatch dead = scored.deadLetters();
            this.deadLetters = new RecordBatch(dead.records(), this, dead.inputs());
        }

        public RecordBatch predictions() {
            return predictions;
        }

        @Override
        public RecordBatch deadLetters() {
            return deadLetters;
        }

        @Override
        public int inputs() {
            return scored.inputs();
        }

        @Override
        public OutgoingRecord deadLetter(int input, RecordRefused why) {
            return scored.deadLetter(input, why);
        }

        @Override
        public Optional<OutgoingRecord> smaller(OutgoingRecord deadLetter, RecordRefused why) {
            return scored.smaller(deadLetter, why);
        }
    }

    @Test
    void aCustomerThatOnlyTheModelRejectsIsADeadLetterEvenInAPollOfItsOwn() throws Exception {
        ChurnModel overflowing = overflowsForLongTenures();
        byte[] value = customer("long", Map.of("\"tenure\":1", "\"tenure\":72"));
        new RawRecords(config).send(List.of(new ProducerRecord<>(config.topics().raw(), 0, null, value)));
        ChurnBeans beans = new ChurnBeans(config).withScoring(overflowing, batch -> {});

        try (Pipeline pipeline = Pipeline.start(config, beans.assembly())) {
            pipeline.startRoute("score");
            await().atMost(SOON).until(() -> lag() == 0);
            sendAmongGoodOnes(List.of());
            await().atMost(SOON).until(() -> lag() == 0);
        }

        assertThat(header(onlyDeadLetter(), "churn-error-reason")).isEqualTo("not-scored");
        assertThat(onlyDeadLetter().value()).isEqualTo(value);
    }

    /** A linear model whose weights are so large that they add up to infinity. */
    private ChurnModel overflowsForLongTenures() {
        LabelFactory labels = new LabelFactory();
        MutableDataset<Label> customers =
                new MutableDataset<>(new SimpleDataSourceProvenance("overflow", labels), labels);
        customers.add(
                new ArrayExample<>(new Label("Yes"), new String[] {"tenure", "log(1+tenure)"}, new double[] {2, 2}));
        customers.add(new ArrayExample<>(new Label("No"), new String[] {"tenure"}, new double[] {0.001}));
        return new ChurnModel(
                new LinearSGDTrainer(new LogMulticlass(), SGD.getSimpleSGD(0.85e308), 1, 1).train(customers),
                config.schema(),
                new ModelFolder(config.modelDir(), config.schema()).champion().card());
    }

    @Test
    void aRejectedRowThatIsTooLargeForItsDeadLetterDoesNotStopAnIngest() throws Exception {
        limit(config.topics().deadletter(), 6_000);
        List<String> shipped = Files.readAllLines(TestProject.SHIPPED_CSV);
        String tooLong = letters(20_000);
        List<String> lines = new ArrayList<>(shipped.subList(0, 11));
        lines.add(5, tooLong);
        CsvFile file = CsvFile.open(Files.write(home.resolve("long.csv"), lines), TestProject.SCHEMA);

        Ingested.by(config, IngestRun.fromStart("test", file, 100, 100));

        assertThat(log.read(config.topics().raw())).hasSize(10);
        ConsumerRecord<byte[], byte[]> letter =
                log.read(config.topics().deadletter()).get(0);
        assertThat(letter.value()).isNull();
        assertThat(header(letter, "churn-value-bytes")).isEqualTo("20000");
        assertThat(letter.key()).as("the row's only field").isNull();
        assertThat(header(letter, "churn-source-line")).isEqualTo("6");
        assertThat(config.keptValuesDir().resolve(DigestUtils.sha256Hex(tooLong)))
                .hasContent(tooLong);
    }

    private interface Wrapper {
        Object around(ChurnScorer scorer);
    }

    private void score(Wrapper wrapper) {
        Assembly beans = new ChurnBeans(config)
                .withScoring(new ModelFolder(config.modelDir(), config.schema()).champion(), batch -> {})
                .assembly();
        beans = beans.with("scorer", wrapper.around((ChurnScorer) beans.beans().get("scorer")));
        try (Pipeline pipeline = Pipeline.start(config, beans)) {
            pipeline.startRoute("score");
            await().atMost(SOON).until(() -> lag() == 0);
        }
    }

    private long lag() {
        return new Drain(topics, config.groupId(), SOON).lag(config.topics().raw());
    }

    /** The only dead letter, after a check that each good record has its prediction. */
    private ConsumerRecord<byte[], byte[]> onlyDeadLetter() {
        assertThat(log.read(config.topics().predictions()))
                .extracting(prediction -> new String(prediction.key(), UTF_8))
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, GOOD).mapToObj(i -> "good " + i).toList());
        List<ConsumerRecord<byte[], byte[]>> letters = log.read(config.topics().deadletter());
        assertThat(letters).hasSize(1);
        return letters.get(0);
    }

    private void sendAmongGoodOnes(ProducerRecord<byte[], byte[]> other) {
        sendAmongGoodOnes(List.of(other));
    }

    private void sendAmongGoodOnes(List<ProducerRecord<byte[], byte[]>> others) {
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
        for (int i = 0; i < GOOD; i++) {
            records.add(new ProducerRecord<>(config.topics().raw(), 0, null, customer("good " + i)));
        }
        records.addAll(GOOD / 2, others);
        new RawRecords(config).send(records);
    }

    private static byte[] customer(String id) {
        return customer(id, Map.of());
    }

    private static byte[] customer(String id, Map<String, String> changes) {
        String json = TestProject.firstCustomerAsJson().replaceFirst("(\"customerID\":)\"[^\"]*\"", "$1\"" + id + "\"");
        for (Map.Entry<String, String> change : changes.entrySet()) {
            assertThat(json).contains(change.getKey());
            json = json.replaceFirst(change.getKey() + "(?=[,}])", change.getValue());
        }
        return json.getBytes(UTF_8);
    }

    /** Letters that hardly compress. */
    private static String letters(int count) {
        return new Random(1)
                .ints(count, 0, 52)
                .collect(
                        StringBuilder::new,
                        (text, i) -> text.append((char) (i < 26 ? 'a' + i : 'A' + i - 26)),
                        StringBuilder::append)
                .toString();
    }

    private void limit(String topic, int maxMessageBytes) throws Exception {
        set(topic, "max.message.bytes", Integer.toString(maxMessageBytes));
    }

    private void set(String topic, String name, String value) throws Exception {
        try (Admin admin = admin()) {
            admin.incrementalAlterConfigs(Map.of(
                            new ConfigResource(ConfigResource.Type.TOPIC, topic),
                            List.of(new AlterConfigOp(new ConfigEntry(name, value), AlterConfigOp.OpType.SET))))
                    .all()
                    .get();
        }
    }

    private Admin admin() {
        return Admin.create(Map.of("bootstrap.servers", config.kafka().bootstrapServers()));
    }
}
