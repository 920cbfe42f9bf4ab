package io.github.telcochurn.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.telcochurn.ChildApp;
import io.github.telcochurn.MissingPrerequisite;
import io.github.telcochurn.TestProject;
import io.github.telcochurn.config.ChurnConfig;
import io.github.telcochurn.kafka.TestBroker;
import io.github.telcochurn.pipeline.RunBook;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two processes with one schedule in a real PostgreSQL. */
class SharedScheduleTest {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String EVERY_TWO_SECONDS = "0/2 * * * * ?";
    private static EmbeddedPostgres postgres;

    @TempDir
    private Path home;

    private Path book;
    private String database;
    private ChildApp first;
    private ChildApp second;

    @BeforeAll
    static void startPostgres() throws IOException {
        postgres = EmbeddedPostgres.builder().start();
    }

    @AfterAll
    static void stopPostgres() throws IOException {
        postgres.close();
    }

    @BeforeEach
    void createDatabase() throws SQLException {
        book = home.resolve("runs.txt");
        database = "churn_" + System.nanoTime();
        execute("postgres", "CREATE DATABASE " + database);
    }

    @AfterEach
    void stopChildren() throws InterruptedException {
        for (ChildApp child : new ChildApp[] {first, second}) {
            if (child != null) {
                child.close();
            }
        }
    }

    private static void execute(String database, String sql) throws SQLException {
        try (Connection connection = postgres.getDatabase("postgres", database).getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private String query(String sql) throws SQLException {
        try (Connection connection = postgres.getDatabase("postgres", database).getConnection();
                Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery(sql)) {
            return found.next() ? found.getString(1) : null;
        }
    }

    private Map<String, String> settings(String cron) throws IOException {
        Map<String, String> settings = TestSchedule.settings(home, cron);
        settings.put("churn.schedule.jdbc.url", url(postgres.getPort()));
        settings.put("churn.schedule.jdbc.user", "postgres");
        settings.put("churn.schedule.jdbc.password", "s3cr3t");
        return settings;
    }

    private String url(int port) {
        return "jdbc:postgresql://localhost:" + port + "/" + database;
    }

    private ChildApp start(Map<String, String> settings, String instance, Duration firstRun) throws IOException {
        return ChildApp.start(
                home, settings, List.of(), ScheduledApp.class, instance, book.toString(), firstRun.toString());
    }

    private static void awaitScheduled(ChildApp child) {
        await().atMost(SOON).until(() -> {
            assertThat(child.isAlive()).as(child.output()).isTrue();
            return child.output().contains("scheduled");
        });
    }

    private Stream<RunBook.Line> lines(String what) throws IOException {
        return RunBook.read(book).stream().filter(line -> line.what().equals(what));
    }

    private long runsOf(String instance) throws IOException {
        return lines("end").filter(line -> line.instance().equals(instance)).count();
    }

    /** Each firing from the first to the last ran once, in order. */
    private void assertEachFiringRanOnce() throws IOException {
        List<Instant> due = lines("begin").map(RunBook.Line::dueAt).toList();
        Instant begin = due.get(0);
        assertThat(due)
                .containsExactlyElementsOf(Stream.iterate(begin, firing -> firing.plusSeconds(2))
                        .limit(due.size())
                        .toList());
    }

    @Test
    void runsEachFiringOnceThoughTwoInstancesStartAtOnceAndOneIsStopped() throws Exception {
        Map<String, String> settings = settings(EVERY_TWO_SECONDS);
        first = start(settings, "first", Duration.ZERO);
        second = start(settings, "second", Duration.ZERO);
        awaitScheduled(first);
        awaitScheduled(second);
        await().atMost(SOON).until(() -> lines("end").count() >= 4);

        first.terminate();
        await().atMost(SOON).until(() -> !first.isAlive());
        assertThat(first.output()).contains("closed");
        Instant stopped = Instant.now();
        long soFar = runsOf("second");
        await().atMost(SOON).until(() -> runsOf("second") >= soFar + 3);

        assertEachFiringRanOnce();
        assertThat(lines("begin").filter(line -> line.at().isAfter(stopped)))
                .as("nothing waits for an instance that was stopped cleanly")
                .allSatisfy(line ->
                        assertThat(Duration.between(line.dueAt(), line.at())).isLessThan(Duration.ofSeconds(2)));
        assertThat(query("SELECT string_agg(DISTINCT sched_name, ',') FROM qrtz_triggers"))
                .isEqualTo("churn");
        assertThat(second.output()).doesNotContain("ERROR", "s3cr3t");
    }

    @Test
    void takesOverTheFiringsAndTheRunOfAKilledInstance() throws Exception {
        Map<String, String> settings = settings(EVERY_TWO_SECONDS);
        first = start(settings, "first", Duration.ofMinutes(10));
        await().atMost(SOON).until(() -> lines("begin").count() == 1);
        RunBook.Line killed = lines("begin").findFirst().orElseThrow();
        second = start(settings, "second", Duration.ZERO);
        awaitScheduled(second);
        assertThat(runsOf("second")).as("while the first is running it").isZero();

        first.kill();
        await().atMost(SOON).until(() -> runsOf("second") >= 12);

        List<RunBook.Line> again =
                lines("begin").filter(line -> line.instance().equals("second")).toList();
        assertThat(again)
                .filteredOn(line -> line.dueAt().equals(killed.dueAt()))
                .hasSize(1);
        assertThat(again)
                .filteredOn(line -> line.runId().equals(killed.runId()))
                .as("the same run")
                .hasSize(1);
        assertThat(again).extracting(RunBook.Line::dueAt).doesNotHaveDuplicates();
    }

    @Test
    void endsDuringALongRunWhichAnotherInstanceTakesOver() throws Exception {
        Map<String, String> settings = settings(EVERY_TWO_SECONDS);
        first = start(settings, "first", Duration.ofMinutes(10));
        await().atMost(SOON).until(() -> lines("begin").count() == 1);
        String cutShort = lines("begin").findFirst().orElseThrow().runId();

        first.terminate();
        await().atMost(SOON).until(() -> !first.isAlive());
        second = start(settings, "second", Duration.ZERO);

        await().atMost(SOON)
                .until(() -> lines("end").anyMatch(line -> line.runId().equals(cutShort)));
    }

    @Test
    void continuesWhenTheDatabaseIsBack() throws Exception {
        first = start(settings(EVERY_TWO_SECONDS), "first", Duration.ZERO);
        await().atMost(SOON).until(() -> runsOf("first") >= 1);

        execute("postgres", "ALTER DATABASE " + database + " ALLOW_CONNECTIONS false");
        execute(
                "postgres",
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '" + database + "'");
        long soFar = runsOf("first");
        await().during(Duration.ofSeconds(5)).atMost(SOON).until(() -> runsOf("first") <= soFar + 1);
        execute("postgres", "ALTER DATABASE " + database + " ALLOW_CONNECTIONS true");

        await().atMost(SOON).until(() -> runsOf("first") >= soFar + 4);
        assertThat(lines("begin").map(RunBook.Line::dueAt)).doesNotHaveDuplicates();
        assertThat(first.output()).doesNotContain("s3cr3t");
    }

    @Test
    void makesUpForAFiringWhileNoInstanceWasUp() throws Exception {
        Map<String, String> settings = settings("0 0 0 1 1 ?");
        first = start(settings, "first", Duration.ZERO);
        awaitScheduled(first);
        first.terminate();
        await().atMost(SOON).until(() -> !first.isAlive());
        assertThat(query("SELECT trigger_state FROM qrtz_triggers")).isEqualTo("WAITING");
        Instant missed = Instant.now().minus(Duration.ofHours(3));
        execute(database, "UPDATE qrtz_triggers SET next_fire_time = " + missed.toEpochMilli());

        second = start(settings, "second", Duration.ZERO);

        await().atMost(SOON).until(() -> runsOf("second") == 1);
        awaitScheduled(second);
        await().during(Duration.ofSeconds(3)).atMost(Duration.ofSeconds(10)).until(() -> runsOf("second") == 1);
    }

    @Test
    void runsOnceWhatAChangeOfClocksSkippedWhileNoInstanceWasUp() throws Exception {
        Map<String, String> settings = settings("0 30 2 * * ?");
        settings.put("churn.batch.timezone", "Europe/Berlin");
        first = start(settings, "first", Duration.ZERO);
        awaitScheduled(first);
        first.terminate();
        await().atMost(SOON).until(() -> !first.isAlive());
        String madeUp = "qrtz_triggers WHERE trigger_group = 'churn-clock-change'";
        assertThat(Integer.parseInt(query("SELECT count(*) FROM " + madeUp)))
                .as("one a year")
                .isBetween(9, 11);
        assertThat(query("SELECT min(trigger_name) FROM " + madeUp)).matches("\\d{4}-03-\\d\\dT01:30:00Z");
        Instant missed = Instant.now().minus(Duration.ofHours(1));
        execute(
                database,
                "UPDATE qrtz_triggers SET next_fire_time = " + missed.toEpochMilli()
                        + " WHERE trigger_name = (SELECT min(trigger_name) FROM " + madeUp + ")");

        second = start(settings, "second", Duration.ZERO);

        awaitScheduled(second);
        await().atMost(SOON).until(() -> runsOf("second") == 1);
        await().during(Duration.ofSeconds(3)).atMost(Duration.ofSeconds(10)).until(() -> runsOf("second") == 1);
        assertThat(second.output()).contains("has no firing at ", "T02:30 of Europe/Berlin");
    }

    @Test
    void takesOverANewCronAndANewTimeZone() throws Exception {
        Map<String, String> settings = settings("0 0 0 1 1 ?");
        first = start(settings, "first", Duration.ZERO);
        awaitScheduled(first);
        first.close();
        assertThat(query("SELECT cron_expression || ' ' || time_zone_id FROM qrtz_cron_triggers"))
                .isEqualTo("0 0 0 1 1 ? UTC");

        settings.put("churn.batch.timezone", "Asia/Kathmandu");
        second = start(settings, "second", Duration.ZERO);
        await().atMost(SOON).untilAsserted(() -> assertThat(
                        query("SELECT cron_expression || ' ' || time_zone_id FROM qrtz_cron_triggers"))
                .isEqualTo("0 0 0 1 1 ? Asia/Kathmandu"));
        second.close();

        settings.put("churn.batch.cron", "0 0 0 2 1 ?");
        second = start(settings, "second", Duration.ZERO);
        await().atMost(SOON).untilAsserted(() -> assertThat(
                        query("SELECT cron_expression || ' ' || time_zone_id FROM qrtz_cron_triggers"))
                .isEqualTo("0 0 0 2 1 ? Asia/Kathmandu"));
    }

    @Test
    void createsTheTablesOnceAndNeverDropsThem() throws Exception {
        ChurnConfig.Database store =
                TestProject.config(home, settings(EVERY_TWO_SECONDS)).schedule().store();
        CompletableFuture.allOf(
                        Stream.generate(() -> CompletableFuture.runAsync(() -> ScheduleTables.createMissing(store)))
                                .limit(4)
                                .toArray(CompletableFuture[]::new))
                .join();
        execute(database, "INSERT INTO qrtz_locks VALUES ('churn', 'kept')");

        ScheduleTables.createMissing(store);

        assertThat(query("SELECT count(*) FROM qrtz_locks")).isEqualTo("1");
        assertThat(query("SELECT count(*) FROM information_schema.tables WHERE table_name LIKE 'qrtz%'"))
                .isEqualTo("11");
    }

    @Test
    void namesTheServerAndNotThePasswordWhenTheDatabaseIsAway() throws IOException {
        Map<String, String> settings = settings(EVERY_TWO_SECONDS);
        int port = TestBroker.freePort();
        settings.put("churn.schedule.jdbc.url", url(port) + "?password=s3cr3t");
        ChurnConfig config = TestProject.config(home, settings);

        assertThatThrownBy(() -> ScheduledApp.start(config, new RunBook(book, "here", Duration.ZERO)))
                .isInstanceOf(MissingPrerequisite.class)
                .hasMessageContaining("localhost:" + port)
                .hasMessageContaining("churn.schedule.jdbc.url")
                .hasMessageNotContaining("s3cr3t");
    }
}
