package io.github.telcochurn.faults;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.telcochurn.ChildApp;
import io.github.telcochurn.TestProject;
import io.github.telcochurn.config.ChurnConfig;
import io.github.telcochurn.customer.Customer;
import io.github.telcochurn.customer.CustomerValidator;
import io.github.telcochurn.ingest.CsvFile;
import io.github.telcochurn.ingest.CustomerSampler;
import io.github.telcochurn.kafka.KafkaTopics;
import io.github.telcochurn.kafka.TestBroker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.common.GroupState;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.awaitility.core.ConditionTimeoutException;

/**
 * A broker and scorers as processes of their own, a feed of raw messages that never pauses, a live reader, and the
 * faults that can happen to them. Each fault returns how long the pipeline took to recover: until all that was on the raw topic a
 * moment after the fault was committed as scored.
 */
final class PipelineUnderFire implements AutoCloseable {
    private static final Duration TIMEOUT = Duration.ofMinutes(2);
    /** Long enough after a fault for messages to arrive on the partitions of the scorer that was hit. */
    private static final Duration A_MOMENT = Duration.ofMillis(300);

    /** No recovery should take this long; the broker's log says why one does. */
    private static final Duration SLOW_RECOVERY = Duration.ofSeconds(20);

    private static final int TERMINATED = 143;
    private static final int PREREQUISITE_MISSING = 3;
    private static final int FEED_PER_SECOND = 300;
    private static final int MAX_PASSES = 20;
    private static final int ROWS = 2000;

    private final Duration recoversWithin;
    private final Path home;
    private final SplittableRandom random;
    private final Map<String, String> settings;
    private final ChurnConfig config;
    private final List<FaultyChild> scorers = new ArrayList<>();
    private final List<CsvFile> ingested = new ArrayList<>();
    private final KafkaTopics topics;
    private final Admin admin;
    private final LiveReader reader;
    private final Feed feed;
    private ChildApp broker;
    private int appKills;
    private int brokerKills;

    /**
     * What is put under fire.
     *
     * @param settings that differ from the shipped ones
     * @param jvmOptions beyond the launcher's
     * @param recoversWithin how long to wait for a recovery
     * @param rarePoison fed besides the usual one
     * @param edited whether the first scorer runs a route that its user has edited
     */
    record Build(
            Map<String, String> settings,
            List<String> jvmOptions,
            Duration recoversWithin,
            List<Poison> rarePoison,
            boolean edited) {
        static final Build SHIPPED = new Build(Map.of(), List.of(), TIMEOUT, List.of(), true);

        Build(Map<String, String> settings, List<String> jvmOptions, Duration recoversWithin) {
            this(settings, jvmOptions, recoversWithin, List.of(), false);
        }

        /** As the shipped one, also fed with messages that broker, producer or model cannot take. */
        static Build shippedUnderHostileFeed() {
            return new Build(Map.of(), List.of(), TIMEOUT, Poison.hostile(), true);
        }
    }

    /**
     * Starts everything.
     *
     * @param home an empty folder
     * @param seed of the moments and places of the faults, and of the feed
     * @param scorerCount how many scorers share the work
     * @param build of the scorers
     */
    PipelineUnderFire(Path home, long seed, int scorerCount, Build build) throws Exception {
        this.home = home;
        this.random = new SplittableRandom(seed);
        this.settings = TestProject.settings(TestBroker.freePort());
        settings.putAll(build.settings());
        this.recoversWithin = build.recoversWithin();
        this.config = TestProject.config(home, settings);
        broker = startBroker();
        this.topics = new KafkaTopics(config.kafka().bootstrapServers());
        topics.createMissing(config.topics());
        this.admin = Admin.create(Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, config.kafka().bootstrapServers()));
        if (!build.rarePoison().isEmpty()) {
            takeAnyTimestamp();
        }
        this.reader = new LiveReader(config);
        for (int i = 0; i < scorerCount; i++) {
            Map<String, String> own = i == 0 && build.edited() ? EditedRoute.over(settings, home) : settings;
            scorers.add(new FaultyChild(home, own, build.jvmOptions(), "score", "--mode", "streaming"));
            scorers.get(i).start();
            awaitScoring(scorers.get(i));
        }
        List<Customer> customers = CustomerSampler.customersOf(
                TestProject.SHIPPED_CSV, new CustomerValidator(TestProject.SCHEMA, CustomerValidator.Mode.STRICT));
        this.feed = new Feed(config, customers, FEED_PER_SECOND, seed, build.rarePoison());
        settle();
    }

    /** As a topic that somebody else has set up may; no timestamp makes a record old enough to be deleted. */
    private void takeAnyTimestamp() throws Exception {
        ConfigResource raw =
                new ConfigResource(ConfigResource.Type.TOPIC, config.topics().raw());
        List<AlterConfigOp> changes = Stream.of(
                        new ConfigEntry(
                                TopicConfig.MESSAGE_TIMESTAMP_AFTER_MAX_MS_CONFIG, Long.toString(Long.MAX_VALUE)),
                        new ConfigEntry(TopicConfig.RETENTION_MS_CONFIG, "-1"))
                .map(entry -> new AlterConfigOp(entry, AlterConfigOp.OpType.SET))
                .toList();
        admin.incrementalAlterConfigs(Map.of(raw, changes)).all().get();
    }

    int appKills() {
        return appKills;
    }

    int brokerKills() {
        return brokerKills;
    }

    /** What the live reader has seen. */
    Ledger seenLive() {
        return reader.ledger();
    }

    // The scorers

    /** kill -9 of a scorer at any moment. */
    Duration killScorer() throws Exception {
        int victim = anyScorer();
        TimeUnit.MILLISECONDS.sleep(random.nextInt(500));
        long at = System.nanoTime();
        scorers.get(victim).app().kill();
        appKills++;
        scorers.get(victim).start();
        return recover(at);
    }

    /** kill -9 of all scorers at once. */
    Duration killAllScorers() throws Exception {
        long at = System.nanoTime();
        for (FaultyChild scorer : scorers) {
            scorer.app().kill();
            appKills++;
        }
        for (FaultyChild scorer : scorers) {
            scorer.start();
        }
        return recover(at);
    }

    /** kill -9 of a scorer at a certain place. */
    Duration killScorerAt(FaultPoint point) throws Exception {
        return endScorerAt(point, FaultPoint.Action.KILL);
    }

    /** No memory left in a scorer. */
    Duration exhaustScorer() throws Exception {
        return endScorerAt(FaultPoint.BEFORE_OFFSETS, FaultPoint.Action.EXHAUST);
    }

    private Duration endScorerAt(FaultPoint point, FaultPoint.Action action) throws Exception {
        FaultyChild victim = scorers.get(anyScorer());
        victim.order(point, action, 1 + random.nextInt(MAX_PASSES));
        await().atMost(TIMEOUT).until(() -> !victim.app().isAlive());
        long at = System.nanoTime();
        appKills++;
        victim.start();
        return recover(at);
    }

    /** A commit that fails in a scorer. */
    Duration failCommit() throws Exception {
        FaultyChild victim = scorers.get(anyScorer());
        victim.order(FaultPoint.BEFORE_COMMIT, FaultPoint.Action.FAIL, 1 + random.nextInt(MAX_PASSES));
        await().atMost(TIMEOUT).until(victim::hasObeyed);
        return recover(System.nanoTime());
    }

    /** SIGTERM to a scorer, which finishes what it has begun; then it is restarted. */
    Duration terminateScorer() throws Exception {
        FaultyChild victim = scorers.get(anyScorer());
        long at = System.nanoTime();
        victim.app().terminate();
        assertThat(victim.app().waitFor()).as(victim.app().output()).isEqualTo(TERMINATED);
        victim.start();
        return recover(at);
    }

    /** One more scorer, which leaves again. */
    Duration joinAndLeave() throws Exception {
        try (FaultyChild guest = new FaultyChild(home, settings, List.of(), "score", "--mode", "streaming")) {
            guest.start();
            awaitScoring(guest);
            recover(System.nanoTime());
            long at = System.nanoTime();
            guest.app().terminate();
            Duration recovered = recover(at);
            assertThat(guest.app().waitFor()).as(guest.app().output()).isEqualTo(TERMINATED);
            return recovered;
        }
    }

    /** A scorer is stopped inside a transaction until others have its partitions, and then continues. */
    Duration zombie() throws Exception {
        FaultyChild zombie = scorers.get(anyScorer());
        FaultPoint point = random.nextBoolean() ? FaultPoint.BEFORE_OFFSETS : FaultPoint.BEFORE_COMMIT;
        zombie.order(point, FaultPoint.Action.STOP, 1 + random.nextInt(MAX_PASSES));
        await().atMost(TIMEOUT).until(zombie::hasObeyed);
        Duration takenOver = recover(System.nanoTime());
        zombie.app().resume();
        recover(System.nanoTime());
        assertThat(zombie.app().isAlive()).as(zombie.app().output()).isTrue();
        return takenOver;
    }

    private int anyScorer() {
        return random.nextInt(scorers.size());
    }

    /** Waits until every scorer has a share of the work, so that the next fault hits one that is at work. */
    void settle() throws Exception {
        try {
            scorers.forEach(PipelineUnderFire::awaitScoring);
            await().atMost(TIMEOUT).ignoreExceptions().until(this::isShared);
        } catch (ConditionTimeoutException e) {
            throw new AssertionError("Not all scorers have work; the processes' output is in " + evidence(), e);
        }
    }

    private boolean isShared() throws Exception {
        ConsumerGroupDescription group = admin.describeConsumerGroups(List.of(config.groupId()))
                .all()
                .get()
                .get(config.groupId());
        return group.groupState() == GroupState.STABLE
                && group.members().size() == scorers.size()
                && group.members().stream()
                        .noneMatch(
                                member -> member.assignment().topicPartitions().isEmpty());
    }

    /** As a service manager does, restarts it if the broker was not ready in time. */
    private static void awaitScoring(FaultyChild scorer) {
        await().atMost(TIMEOUT).until(() -> {
            if (!scorer.app().isAlive()) {
                assertThat(scorer.app().waitFor()).as(scorer.app().output()).isEqualTo(PREREQUISITE_MISSING);
                scorer.start();
            }
            return scorer.app().output().contains("Scoring messages from");
        });
    }

    // The broker

    private ChildApp startBroker() throws IOException {
        return ChildApp.startBroker(
                home,
                settings,
                List.of(
                        "-Dlogback.configurationFile=broker-under-fire.xml",
                        "-Dfault.broker.log=" + home.resolve("coordinator.log")));
    }

    /** kill -9 of the broker. */
    Duration killBroker() throws Exception {
        long at = System.nanoTime();
        broker.kill();
        brokerKills++;
        broker = startBroker();
        return recover(at);
    }

    /** SIGTERM to the broker, and a restart. */
    Duration restartBroker() throws Exception {
        long at = System.nanoTime();
        broker.terminate();
        assertThat(broker.waitFor()).as(broker.output()).isEqualTo(TERMINATED);
        broker = startBroker();
        return recover(at);
    }

    /** SIGSTOP of the broker for some time: connections stay open, and nothing is answered. */
    Duration pauseBroker(Duration pause) throws Exception {
        broker.pause();
        TimeUnit.MILLISECONDS.sleep(pause.toMillis());
        broker.resume();
        return recover(System.nanoTime());
    }

    // Ingest

    /** kill -9 of an ingest, twice in one file, which is then resumed to its end. */
    Duration killIngest() throws Exception {
        Path csv = customers();
        ingested.add(CsvFile.open(csv, TestProject.SCHEMA));
        try (FaultyChild ingest = new FaultyChild(
                home, settings, List.of(), "produce", "--input", csv.toString(), "--batch-size", "50", "--resume")) {
            FaultPoint[] points = {FaultPoint.AFTER_SEND, FaultPoint.BEFORE_COMMIT, FaultPoint.AFTER_COMMIT};
            for (int kill = 0; kill < 2; kill++) {
                ingest.order(
                        points[random.nextInt(points.length)],
                        FaultPoint.Action.KILL,
                        1 + random.nextInt(ROWS / 50 / 3));
                ingest.start();
                await().atMost(TIMEOUT).until(() -> !ingest.app().isAlive());
                assertThat(ingest.hasObeyed()).as(ingest.app().output()).isTrue();
                appKills++;
            }
            long at = System.nanoTime();
            ingest.start();
            assertThat(ingest.app().waitFor()).as(ingest.app().output()).isZero();
            return Duration.ofNanos(System.nanoTime() - at);
        }
    }

    /**
     * kill -9 of the service between the last commit of an inbox file and its move; then the file is dropped again under another
     * name.
     */
    Duration killInbox() throws Exception {
        Path csv = customers();
        ingested.add(CsvFile.open(csv, TestProject.SCHEMA));
        Map<String, String> own = new LinkedHashMap<>(settings);
        own.put("churn.web.port", Integer.toString(TestBroker.freePort()));
        Path done = config.inboxDir().resolve(".done");
        long before = files(done);
        try (FaultyChild service = new FaultyChild(home, own, List.of(), "run")) {
            service.order(FaultPoint.BEFORE_MOVE, FaultPoint.Action.KILL, 1);
            service.start();
            drop(csv, "first.csv");
            await().atMost(TIMEOUT).until(() -> !service.app().isAlive());
            assertThat(service.hasObeyed()).as(service.app().output()).isTrue();
            appKills++;
            long at = System.nanoTime();
            service.start();
            await().atMost(TIMEOUT).until(() -> files(done) == before + 1);
            Duration recovered = Duration.ofNanos(System.nanoTime() - at);
            drop(csv, "again.csv");
            await().atMost(TIMEOUT).until(() -> files(done) == before + 2);
            service.app().terminate();
            assertThat(service.app().waitFor()).as(service.app().output()).isEqualTo(TERMINATED);
            return recovered;
        }
    }

    private void drop(Path csv, String name) throws IOException {
        Path copy = Files.copy(csv, home.resolve(name), StandardCopyOption.REPLACE_EXISTING);
        Files.createDirectories(config.inboxDir());
        Files.move(copy, config.inboxDir().resolve(name), StandardCopyOption.ATOMIC_MOVE);
    }

    /** The files themselves, without their results. */
    private static long files(Path dir) throws IOException {
        if (!Files.exists(dir)) {
            return 0;
        }
        try (Stream<Path> files = Files.list(dir)) {
            return files.filter(file -> file.toString().endsWith(".csv")).count();
        }
    }

    /** Some of the shipped customers, in an order that no other file has. */
    private Path customers() throws IOException {
        List<String> shipped = Files.readAllLines(TestProject.SHIPPED_CSV);
        int first = 1 + random.nextInt(shipped.size() - ROWS - 1);
        List<String> lines = new ArrayList<>(List.of(shipped.get(0)));
        lines.addAll(shipped.subList(first, first + ROWS));
        return Files.write(home.resolve("customers-" + ingested.size() + ".csv"), lines, UTF_8);
    }

    // Recovery

    private Duration recover(long sinceNs) throws Exception {
        Map<TopicPartition, Long> upTo = endsAMomentLater();
        try {
            await().atMost(recoversWithin)
                    .pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(50))
                    .ignoreExceptions()
                    .until(() ->
                            topics.lag(config.groupId(), upTo).values().stream().allMatch(lag -> lag == 0));
        } catch (ConditionTimeoutException e) {
            throw new NotRecovered("Lag after " + recoversWithin.toSeconds() + " s: "
                    + topics.lag(config.groupId(), upTo) + "; the processes' output is in " + evidence());
        }
        Duration recovered = Duration.ofNanos(System.nanoTime() - sinceNs);
        if (recovered.compareTo(SLOW_RECOVERY) > 0) {
            System.out.println(Instant.now() + " Recovered in " + recovered.toSeconds()
                    + " s; the processes' output is in " + evidence());
        }
        return recovered;
    }

    /** The pipeline did not recover in time. */
    static final class NotRecovered extends AssertionError {
        private static final long serialVersionUID = 1;

        NotRecovered(String message) {
            super(message);
        }
    }

    private Path evidence() throws Exception {
        return Evidence.keep(home, scorers.stream().map(FaultyChild::app).toList());
    }

    private Map<TopicPartition, Long> endsAMomentLater() {
        AtomicReference<Map<TopicPartition, Long>> ends = new AtomicReference<>();
        await().atMost(TIMEOUT).pollDelay(A_MOMENT).ignoreExceptions().until(() -> {
            ends.set(topics.ends(config.topics().raw()));
            return true;
        });
        return ends.get();
    }

    /** Where the raw topic ends now. */
    Map<TopicPartition, Long> ends() {
        return topics.ends(config.topics().raw());
    }

    /**
     * Ends the feed, waits for the last of its messages to be scored, and checks all that is on the topics.
     *
     * @param timeout how long to wait
     */
    Verdict verdict(Duration timeout) throws Exception {
        long fed = feed.stop();
        return new Inspection(config, topics, admin).of(fed, ingested, reader.ledger(), timeout);
    }

    @Override
    public void close() throws InterruptedException {
        feed.close();
        reader.close();
        for (FaultyChild scorer : scorers) {
            scorer.close();
        }
        topics.close();
        admin.close(Duration.ZERO);
        broker.close();
    }
}
