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
import java.util.ListIterator;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.common.GroupState;
import org.awaitility.core.ConditionTimeoutException;

/**
 * Three brokers, four scorers and an ingest as processes of their own, a feed of messages some of which are poison, and a live
 * reader; and the death of a broker and of two scorers while the ingest is in progress.
 */
final class ClusterUnderFire implements AutoCloseable {
    private static final int SCORERS = 4;
    private static final int PARTITIONS = 4;
    private static final int KILLED = 137;
    private static final int PREREQUISITE_MISSING = 3;
    private static final int FEED_PER_SECOND = 100;
    /** Small enough for the ingest to outlast the kills. */
    private static final String ROWS_PER_CHUNK = "500";

    private static final List<String> SMALL =
            List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:OnOutOfMemoryError=kill -9 %p");
    private static final Duration TIMEOUT = Duration.ofMinutes(2);
    private static final Duration CHECK_EVERY = Duration.ofMillis(50);

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
    private final List<Kill> kills = new ArrayList<>();
    private long rowsOfFiles;
    private long fed;

    /** Starts everything except the scorers. */
    ClusterUnderFire(Path home, long seed) throws Exception {
        this.home = home;
        this.random = new SplittableRandom(seed);
        this.brokers = new ThreeBrokers(home);
        // No embedded broker uses this port: the brokers are named.
        this.settings = TestProject.settings(TestBroker.freePort());
        settings.put("churn.kafka.brokers", brokers.bootstrapServers());
        settings.put("churn.topics.partitions", Integer.toString(PARTITIONS));
        settings.put("churn.topics.replication-factor", Integer.toString(ThreeBrokers.COUNT));
        this.config = TestProject.config(home, settings);
        this.topics = new KafkaTopics(config.kafka().bootstrapServers());
        topics.createMissing(config.topics());
        List<Customer> customers = CustomerSampler.customersOf(
                TestProject.SHIPPED_CSV, new CustomerValidator(TestProject.SCHEMA, CustomerValidator.Mode.STRICT));
        this.reader = new LiveReader(config);
        this.feed = new Feed(config, customers, FEED_PER_SECOND, seed);
    }

    /** Starts the scorers that are not running, and returns when each has partitions, so that a kill hits one at work. */
    void startScorers() throws Exception {
        scorers.removeIf(scorer -> !scorer.isAlive());
        while (scorers.size() < SCORERS) {
            scorers.add(startScorer());
        }
        until("each scorer has partitions", () -> {
            // As a service manager does, if the brokers were not ready in time.
            for (ListIterator<ChildApp> each = scorers.listIterator(); each.hasNext(); ) {
                ChildApp scorer = each.next();
                if (!scorer.isAlive() && scorer.waitFor() == PREREQUISITE_MISSING) {
                    each.set(startScorer());
                }
            }
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

    private ChildApp startScorer() throws IOException {
        return ChildApp.start(home, settings, SMALL, ChurnApp.class, "score", "--mode", "streaming");
    }

    /** The {@code min.insync.replicas} with which the program created its topics. */
    Map<String, Integer> inSyncByTopic() throws Exception {
        ChurnConfig.Topics names = config.topics();
        return brokers.inSyncByTopic(
                List.of(names.raw(), names.predictions(), names.deadletter(), names.checkpoints(), names.replays()));
    }

    List<Kill> kills() {
        return kills;
    }

    /** How many rows were in the files, and how many messages were fed; known after {@link #verdict()}. */
    long sent() {
        return rowsOfFiles + fed;
    }

    /**
     * Ingests a file. When a quarter of it is in, a broker and a scorer are killed at the same moment, and at three eighths
     * another scorer. Nothing is restarted before all is scored; then the broker is, and leads its share again: what is read
     * after that comes from its copy too.
     *
     * @param copies of the shipped customers
     */
    void killUnderLoad(int copies) throws Exception {
        Path csv = TestProject.shippedCustomers(home.resolve("customers-" + copies + ".csv"), copies);
        long rows = copies * TestProject.SHIPPED_ROWS;
        long before = rowsOfFiles;
        ingested.add(CsvFile.open(csv, TestProject.SCHEMA));
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
            assertThat(victim.leads()).as("led by broker %d", victim.id()).isPositive();
            Kill both = killOf(victim + ", and scorer " + (first + 1), before);
            brokers.kill(victim.id());
            scorers.get(first).kill();
            record(both, ingest);
            until("three eighths of the rows are in", () -> rowsSeen() - before > rows * 3 / 8 && lag() > 0);
            Kill another = killOf("scorer " + (second + 1), before);
            scorers.get(second).kill();
            record(another, ingest);
            until("the ingest has ended", () -> !ingest.isAlive());
            assertThat(ingest.waitFor()).as(ingest.output()).isZero();
            until("what was on the raw topic at the kills is scored", () -> kills.stream()
                    .allMatch(Kill::isRecovered));
            until("all is scored except what was fed this moment", () -> lag() < FEED_PER_SECOND * PARTITIONS);
            for (int killed : List.of(first, second)) {
                assertThat(scorers.get(killed).waitFor()).isEqualTo(KILLED);
            }
            assertThat(scorers.stream().filter(ChildApp::isAlive))
                    .as("still alive")
                    .hasSize(SCORERS - 2);
            brokers.bringBack(victim.id());
        }
    }

    private Kill killOf(String victims, long rowsBefore) {
        long lag = lag();
        return new Kill(victims, rowsSeen() - rowsBefore, reader.ledger().recordsWithOutput(), lag);
    }

    private void record(Kill kill, ChildApp ingest) throws Exception {
        assertThat(ingest.isAlive()).as("under load: %s", ingest.output()).isTrue();
        assertThat(kill.lag()).as("lag when %s was killed", kill.killed()).isPositive();
        kills.add(kill);
        until("the ends of the raw topic are known", () -> {
            kill.setTarget(topics.ends(config.topics().raw()));
            return true;
        });
    }

    /** How many rows of files are on the raw topic, as far as the reader has read, if all that was fed is there. */
    private long rowsSeen() {
        return Math.max(0, reader.ledger().rawRecords() - feed.sent());
    }

    private long lag() {
        return topics.lag(config.groupId(), topics.ends(config.topics().raw())).values().stream()
                .mapToLong(Long::longValue)
                .sum();
    }

    /** Waits, and meanwhile checks whether the pipeline has recovered from the kills. */
    private void until(String what, Callable<Boolean> condition) throws Exception {
        try {
            await().atMost(TIMEOUT)
                    .pollDelay(Duration.ZERO)
                    .pollInterval(CHECK_EVERY)
                    .ignoreExceptions()
                    .until(() -> {
                        kills.forEach(kill -> kill.check(reader));
                        return condition.call();
                    });
        } catch (ConditionTimeoutException e) {
            throw new AssertionError(
                    "Not true after " + TIMEOUT.toSeconds() + " s: " + what + "; the processes' output is in "
                            + Evidence.keep(home, scorers),
                    e);
        }
    }

    /**
     * Ends the feed, waits for the last of its messages to be scored, and checks all that is on the topics.
     *
     * @throws AssertionError when anything is wrong with it
     */
    Verdict verdict() throws Exception {
        fed = feed.stop();
        Verdict verdict = new Inspection(config, topics, brokers.admin()).of(fed, ingested, reader.ledger(), TIMEOUT);
        if (!verdict.problems().isEmpty()) {
            throw new AssertionError(verdict + "; the processes' output is in " + Evidence.keep(home, scorers));
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
