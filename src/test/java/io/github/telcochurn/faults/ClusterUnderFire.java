package io.github.telcochurn.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.telcochurn.ChildApp;
import io.github.telcochurn.ChurnApp;
import io.github.telcochurn.TestProject;
import io.github.telcochurn.config.ChurnConfig;
import io.github.telcochurn.customer.Customer;
import io.github.telcochurn.customer.CustomerValidator;
import io.github.telcochurn.ingest.CsvFile;
import io.github.telcochurn.ingest.CustomerSampler;
import io.github.telcochurn.kafka.KafkaTopics;
import io.github.telcochurn.kafka.TestBroker;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.common.GroupState;
import org.apache.kafka.common.TopicPartition;
import org.awaitility.core.ConditionTimeoutException;

/**
 * Three brokers, four scorers and an ingest as processes of their own, a feed of messages some of which are poison, and a reader
 * who reads along; and the death of a broker and of two scorers while the ingest is under way.
 */
final class ClusterUnderFire implements AutoCloseable {
    private static final int SCORERS = 4;
    private static final int PARTITIONS = 8;
    private static final int FEED_PER_SECOND = 100;
    /** Small enough for the ingest to outlast the kills. */
    private static final String ROWS_PER_CHUNK = "250";

    private static final List<String> SMALL =
            List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:OnOutOfMemoryError=kill -9 %p");
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration LOOK_EVERY = Duration.ofMillis(50);

    private final Path home;
    private final SplittableRandom random;
    private final ThreeBrokers brokers;
    private final Map<String, String> settings;
    private final ChurnConfig config;
    private final KafkaTopics topics;
    private final LiveReader reader;
    private final Feed feed;
    private final List<ChildApp> scorers = new ArrayList<>();
    private final List<CsvFile> ingested = new ArrayList<>();
    private final List<Blow> blows = new ArrayList<>();
    private long rowsOfFiles;
    private long fed;

    /** What was killed, and what came of it. */
    static final class Blow {
        private final String killed;
        private final long rows;
        private final long raw;
        private final long scored;
        private final long lag;
        private final long atNs;
        private Map<TopicPartition, Long> due;
        private long recoveredAtNs;
        private Duration standstill = Duration.ZERO;
        private Duration standstillOfOne = Duration.ZERO;

        Blow(String killed, long rows, long raw, long scored, long lag) {
            this.killed = killed;
            this.rows = rows;
            this.raw = raw;
            this.scored = scored;
            this.lag = lag;
            this.atNs = System.nanoTime();
        }

        String killed() {
            return killed;
        }

        /** How many rows of the file were on the raw topic just before. */
        long rows() {
            return rows;
        }

        /** How many messages there were on the raw topic. */
        long raw() {
            return raw;
        }

        /** How many of them were seen to be scored. */
        long scored() {
            return scored;
        }

        /** How many offsets of the raw topic the scorers had not committed. */
        long lag() {
            return lag;
        }

        /** How long a reader saw nothing new. */
        Duration standstill() {
            return standstill;
        }

        /** How long a reader saw nothing new of one partition. */
        Duration standstillOfOne() {
            return standstillOfOne;
        }

        /** After how long all that was on the raw topic was scored. */
        Duration recovery() {
            return Duration.ofNanos(recoveredAtNs - atNs);
        }

        private boolean isRecovered() {
            return recoveredAtNs != 0;
        }
    }

    /** Starts everything, and returns when each scorer has its share. */
    ClusterUnderFire(Path home, long seed) throws Exception {
        this.home = home;
        this.random = new SplittableRandom(seed);
        this.brokers = new ThreeBrokers(home);
        // No embedded broker has this port; the brokers are named.
        this.settings = TestProject.settings(TestBroker.freePort());
        settings.put("churn.kafka.brokers", brokers.bootstrapServers());
        settings.put("churn.topics.partitions", Integer.toString(PARTITIONS));
        settings.put("churn.topics.replication-factor", Integer.toString(ThreeBrokers.COUNT));
        this.config = TestProject.config(home, settings);
        this.topics = new KafkaTopics(config.kafka().bootstrapServers());
        topics.createMissing(config.topics());
        List<Customer> customers = CustomerSampler.customersOf(
                TestProject.SHIPPED_CSV, new CustomerValidator(CustomerValidator.Mode.STRICT));
        this.reader = new LiveReader(config);
        this.feed = new Feed(config, customers, FEED_PER_SECOND, seed);
        for (int i = 0; i < SCORERS; i++) {
            scorers.add(startScorer());
        }
        settle();
    }

    private ChildApp startScorer() throws IOException {
        return ChildApp.start(home, settings, SMALL, ChurnApp.class, "score", "--mode", "streaming");
    }

    /** Waits until every scorer has a share of the work, so that whoever is killed is at work. */
    private void settle() throws Exception {
        until("each scorer has partitions", () -> {
            ConsumerGroupDescription group = brokers.admin()
                    .describeConsumerGroups(List.of(config.groupId()))
                    .all()
                    .get()
                    .get(config.groupId());
            return group.groupState() == GroupState.STABLE
                    && group.members().size() == SCORERS
                    && group.members().stream()
                            .noneMatch(member ->
                                    member.assignment().topicPartitions().isEmpty());
        });
    }

    List<Blow> blows() {
        return blows;
    }

    /** How many rows were in the files, and how many messages were fed; known after {@link #verdict()}. */
    long read() {
        return rowsOfFiles + fed;
    }

    /**
     * Ingests a file. A quarter of it is in when a broker and a scorer are killed at the same moment, and five eighths when another
     * scorer is; the other two, and the other two brokers, must do with what is left.
     *
     * @param copies of the shipped customers
     */
    void killUnderLoad(int copies) throws Exception {
        Path csv = TestProject.shippedCustomers(home.resolve("customers-" + copies + ".csv"), copies);
        long rows = copies * 7043L;
        long before = rowsOfFiles;
        ingested.add(CsvFile.open(csv));
        rowsOfFiles += rows;
        int first = random.nextInt(SCORERS);
        int second = (first + 1 + random.nextInt(SCORERS - 1)) % SCORERS;
        try (ChildApp ingest = ChildApp.start(
                home,
                settings,
                SMALL,
                ChurnApp.class,
                "produce",
                "--input",
                csv.toString(),
                "--batch-size",
                ROWS_PER_CHUNK)) {
            until("a quarter of the rows are in", () -> rowsSeen() - before > rows / 4 && lag() > 0);
            ThreeBrokers.Role victim = brokers.coordinatorOf(config.groupId());
            strike(describe(victim) + ", and scorer " + (first + 1), before, () -> {
                brokers.kill(victim.id());
                scorers.get(first).kill();
                return null;
            });
            assertThat(ingest.isAlive()).as(ingest.output()).isTrue();
            until("five eighths of the rows are in", () -> rowsSeen() - before > rows * 5 / 8 && lag() > 0);
            strike("scorer " + (second + 1), before, () -> {
                scorers.get(second).kill();
                return null;
            });
            assertThat(ingest.isAlive()).as(ingest.output()).isTrue();
            until("the ingest is over", () -> !ingest.isAlive());
            assertThat(ingest.waitFor()).as(ingest.output()).isZero();
            until("what was there at the kills is scored", () -> blows.stream().allMatch(Blow::isRecovered));
            assertThat(victim.leads()).as("led by the broker that was killed").isPositive();
            until("all is scored but what was fed this moment", () -> lag() < FEED_PER_SECOND * PARTITIONS);
            brokers.bringBack(victim.id());
        }
        for (int killed : List.of(first, second)) {
            assertThat(scorers.get(killed).isAlive()).isFalse();
        }
        assertThat(scorers.stream().filter(ChildApp::isAlive)).as("live on").hasSize(SCORERS - 2);
    }

    /** Starts the scorers that were killed. */
    void bringScorersBack() throws Exception {
        for (int i = 0; i < SCORERS; i++) {
            if (!scorers.get(i).isAlive()) {
                scorers.set(i, startScorer());
            }
        }
        settle();
    }

    private static String describe(ThreeBrokers.Role broker) {
        return String.format(
                "broker %d (the group's coordinator%s; coordinates %d of %d transactional ids, leads %d of %d partitions)",
                broker.id(),
                broker.activeController() ? ", the active controller" : "",
                broker.coordinates(),
                broker.transactionalIds(),
                broker.leads(),
                broker.partitions());
    }

    private void strike(String victims, long rowsBefore, Callable<Void> kill) throws Exception {
        long lag = lag();
        Ledger seen = reader.ledger();
        Blow blow = new Blow(victims, rowsSeen() - rowsBefore, seen.rawRecords(), seen.answeredRecords(), lag);
        kill.call();
        blows.add(blow);
        until("the raw topic has an end", () -> {
            blow.due = topics.ends(config.topics().raw());
            return true;
        });
    }

    /** How many rows of files are on the raw topic, as far as the reader has come; what is fed is about as much as was sent. */
    private long rowsSeen() {
        return Math.max(0, reader.ledger().rawRecords() - feed.sent());
    }

    private long lag() {
        return topics.lag(config.groupId(), topics.ends(config.topics().raw())).values().stream()
                .mapToLong(Long::longValue)
                .sum();
    }

    /** Waits, and meanwhile looks whether what was killed is got over. */
    private void until(String what, Callable<Boolean> condition) throws Exception {
        try {
            await().atMost(PATIENCE)
                    .pollDelay(Duration.ZERO)
                    .pollInterval(LOOK_EVERY)
                    .ignoreExceptions()
                    .until(() -> {
                        blows.stream().filter(blow -> !blow.isRecovered()).forEach(this::look);
                        return condition.call();
                    });
        } catch (ConditionTimeoutException e) {
            throw new AssertionError(
                    "Not so after " + PATIENCE.toSeconds() + " s: " + what + "; what the processes say is in "
                            + Evidence.keep(home, scorers),
                    e);
        }
    }

    private void look(Blow blow) {
        if (blow.due != null && reader.ledger().missing(blow.due) == 0) {
            blow.recoveredAtNs = System.nanoTime();
            blow.standstill = reader.standstills().ofAll(blow.atNs, blow.recoveredAtNs);
            blow.standstillOfOne = reader.standstills().ofOnePartition(blow.atNs, blow.recoveredAtNs);
        }
    }

    /** Ends the feed, waits for the last of its messages to be scored, and checks all that is on the topics. */
    Verdict verdict() throws Exception {
        fed = feed.stop();
        Verdict verdict = new Inspection(config, topics, brokers.admin()).of(fed, ingested, reader.ledger(), PATIENCE);
        if (!verdict.problems().isEmpty()) {
            throw new AssertionError(verdict + "; what the processes say is in " + Evidence.keep(home, scorers));
        }
        return verdict;
    }

    @Override
    public void close() throws InterruptedException {
        feed.close();
        reader.close();
        for (ChildApp scorer : scorers) {
            scorer.close();
        }
        topics.close();
        brokers.close();
    }
}
