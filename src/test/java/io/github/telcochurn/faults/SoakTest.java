package io.github.telcochurn.faults;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.telcochurn.ChildApp;
import io.github.telcochurn.ChurnApp;
import io.github.telcochurn.TestProject;
import io.github.telcochurn.config.ChurnConfig;
import io.github.telcochurn.customer.CustomerValidator;
import io.github.telcochurn.ingest.CustomerSampler;
import io.github.telcochurn.kafka.KafkaTopics;
import io.github.telcochurn.kafka.TestBroker;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.HdrHistogram.Histogram;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * Broker, service and a streaming producer as processes of their own, as shipped, for a long time: a stream of 500 events a
 * second, batch runs of the shipped customers in between, some poison from another program; and the memory, threads, files and
 * disk that they take.
 * {@code mvn -Pchaos test -Dtest=SoakTest -Dsoak.minutes=60}.
 */
@Tag("chaos")
@EnabledIfSystemProperty(named = "soak.minutes", matches = "\\d+", disabledReason = "it takes soak.minutes")
class SoakTest {
    private static final Path TABLE = TestProject.ROOT.resolve("target/faults/soak.md");
    private static final int EVENTS_PER_SECOND = 500;
    private static final int FEED_PER_SECOND = 10;
    private static final Duration SAMPLE_EVERY = Duration.ofMinutes(1);
    /** Shorter runs end before caches are full and topics have reached their retention: they only test the soak itself. */
    private static final int SHORTEST_JUDGED_MINUTES = 40;

    private static final int TERMINATED = 143;
    private static final Duration TIMEOUT = Duration.ofMinutes(3);
    private static final List<String> AS_LAUNCHED =
            List.of("-Xmx1g", "-XX:+UseParallelGC", "-XX:OnOutOfMemoryError=kill -9 %p");
    private static final List<String> AS_LAUNCHED_FOR_STREAMS =
            List.of("-XX:TieredStopAtLevel=1", "-Xms256m", "-Xmn64m", "-XX:+AlwaysPreTouch");
    private static final Pattern ACKNOWLEDGED = Pattern.compile("([\\d,]+) events acknowledged");

    @TempDir
    private Path home;

    private final SoakTable table = new SoakTable();
    private Map<String, String> settings;
    private ChurnConfig config;
    private StreamLatencies latencies;

    @Test
    void growsInNothingAndLosesNothing() throws Exception {
        int minutes = Integer.getInteger("soak.minutes");
        boolean judged = minutes >= SHORTEST_JUDGED_MINUTES;
        settings = TestProject.settings(TestBroker.freePort());
        settings.put("churn.web.port", Integer.toString(TestBroker.freePort()));
        settings.put("churn.batch.cron", judged ? "0 0/5 * * * ?" : "0 * * * * ?");
        config = TestProject.config(home, settings);
        latencies = new StreamLatencies(config.topics());
        try (ChildApp broker = start(AS_LAUNCHED_FOR_STREAMS, "broker")) {
            await().atMost(TIMEOUT).until(() -> broker.output().contains("Kafka broker at"));
            try (KafkaTopics topics = new KafkaTopics(config.kafka().bootstrapServers())) {
                topics.createMissing(config.topics());
                boundTopics();
                try (ChildApp service = start(List.of(), "run");
                        LiveReader reader = new LiveReader(config, latencies)) {
                    await().atMost(TIMEOUT).until(() -> service.output().contains("Serving at"));
                    soak(minutes, judged, broker, service, topics, reader);
                    service.terminate();
                    assertThat(service.waitFor()).as(service.output()).isEqualTo(TERMINATED);
                }
            }
        }
    }

    private void soak(
            int minutes, boolean judged, ChildApp broker, ChildApp service, KafkaTopics topics, LiveReader reader)
            throws Exception {
        long seed = Long.getLong("chaos.seed", System.nanoTime());
        try (ChildApp producer = start(
                        AS_LAUNCHED_FOR_STREAMS,
                        "produce",
                        "--mode",
                        "streaming",
                        "--events-per-sec",
                        Integer.toString(EVENTS_PER_SECOND),
                        "--duration",
                        Long.toString(Duration.ofMinutes(minutes).toSeconds()));
                Feed feed = new Feed(
                        config,
                        CustomerSampler.customersOf(
                                TestProject.SHIPPED_CSV,
                                new CustomerValidator(TestProject.SCHEMA, CustomerValidator.Mode.STRICT)),
                        FEED_PER_SECOND,
                        seed)) {
            Map<String, ChildApp> processes = Map.of("broker", broker, "service", service, "producer", producer);
            long beginNs = System.nanoTime();
            for (int minute = 1; minute < minutes; minute++) {
                Duration due = SAMPLE_EVERY.multipliedBy(minute);
                await().atMost(TIMEOUT)
                        .pollInterval(Duration.ofMillis(100))
                        .until(() -> System.nanoTime() - beginNs > due.toNanos());
                for (Map.Entry<String, ChildApp> process : processes.entrySet()) {
                    assertThat(process.getValue().isAlive())
                            .as("%s: %s", process.getKey(), process.getValue().output())
                            .isTrue();
                }
                table.add(sample(due, processes, topics, reader));
                table.write(TABLE, "So far:");
            }
            await().atMost(TIMEOUT).until(() -> !producer.isAlive());
            assertThat(producer.waitFor()).as(producer.output()).isZero();
            long sent = acknowledged(producer) + feed.stop();
            Ledger ledger = reader.ledger();
            // A batch run may be in progress: then more records follow.
            await().atMost(TIMEOUT)
                    .until(() -> ledger.missing() == 0
                            && ledger.rawRecords() > sent
                            && (ledger.rawRecords() - sent) % TestProject.SHIPPED_ROWS == 0);
            long batchRuns = (ledger.rawRecords() - sent) / TestProject.SHIPPED_ROWS;
            table.write(
                    TABLE,
                    String.format(
                            Locale.ROOT,
                            "%d minutes: %,d messages, of %,d sent by streams and %d batch runs of %,d rows, %,d with a"
                                    + " prediction or dead letter, %,d lost, %,d duplicates.",
                            minutes,
                            ledger.rawRecords(),
                            sent,
                            batchRuns,
                            TestProject.SHIPPED_ROWS,
                            ledger.recordsWithOutput(),
                            ledger.missing(),
                            ledger.duplicates()));
            assertThat(ledger.duplicates()).isZero();
            assertThat(ledger.outputsWithoutRaw()).isZero();
            assertThat(batchRuns).as("batch runs").isBetween(judged ? minutes / 5 - 1L : minutes - 2L, minutes + 1L);
            if (judged) {
                assertThat(table.grown()).isEmpty();
                assertThat(table.longestLagSeconds(EVENTS_PER_SECOND)).isLessThan(60);
            }
        }
    }

    private SoakSample sample(Duration at, Map<String, ChildApp> processes, KafkaTopics topics, LiveReader reader)
            throws Exception {
        Histogram minute = latencies.sinceLastMs();
        long lag = topics.lag(config.groupId(), topics.ends(config.topics().raw())).values().stream()
                .mapToLong(Long::longValue)
                .sum();
        Map<String, ProcessFigures> figures = new TreeMap<>();
        for (Map.Entry<String, ChildApp> process : processes.entrySet()) {
            figures.put(process.getKey(), ProcessFigures.of(process.getValue().pid()));
        }
        return new SoakSample(
                at.toSeconds(),
                reader.ledger().rawRecords(),
                lag,
                minute.getValueAtPercentile(50),
                minute.getValueAtPercentile(99),
                diskBytes(home.resolve(config.kafka().embeddedDir())),
                figures);
    }

    private ChildApp start(List<String> jvmOptions, String... command) throws IOException {
        List<String> options = new ArrayList<>(AS_LAUNCHED);
        options.addAll(jvmOptions);
        return ChildApp.start(home, settings, options, ChurnApp.class, command);
    }

    private static long acknowledged(ChildApp producer) throws IOException {
        Matcher line = ACKNOWLEDGED.matcher(producer.output());
        assertThat(line.find()).as(producer.output()).isTrue();
        return Long.parseLong(line.group(1).replace(",", ""));
    }

    /** Retention by size, small enough to be reached within the first quarter: the folder then stays at its size. */
    private void boundTopics() throws Exception {
        try (Admin admin = Admin.create(Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, config.kafka().bootstrapServers()))) {
            Map<ConfigResource, Collection<AlterConfigOp>> changes = new HashMap<>();
            for (String topic : List.of(
                    config.topics().raw(),
                    config.topics().predictions(),
                    config.topics().deadletter())) {
                changes.put(
                        new ConfigResource(ConfigResource.Type.TOPIC, topic),
                        List.of(
                                set(TopicConfig.SEGMENT_BYTES_CONFIG, 8L << 20),
                                set(TopicConfig.RETENTION_BYTES_CONFIG, 16L << 20)));
            }
            admin.incrementalAlterConfigs(changes).all().get();
        }
    }

    private static AlterConfigOp set(String key, long value) {
        return new AlterConfigOp(new ConfigEntry(key, Long.toString(value)), AlterConfigOp.OpType.SET);
    }

    /** The disk space in use, which is less than the length of index files: they have holes. */
    private static long diskBytes(Path dir) throws IOException, InterruptedException {
        Process du = new ProcessBuilder("du", "-sk", dir.toString()).start();
        String kilobytes = new String(du.getInputStream().readAllBytes(), UTF_8);
        du.waitFor();
        return Long.parseLong(kilobytes.substring(0, kilobytes.indexOf('\t'))) << 10;
    }
}
