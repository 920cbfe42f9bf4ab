package io.github.telcochurn.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.telcochurn.TestProject;
import io.github.telcochurn.batch.run.RunRequest;
import io.github.telcochurn.config.ChurnConfig;
import io.github.telcochurn.pipeline.Pipeline;
import io.github.telcochurn.pipeline.RunBook;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.quartz.JobDetail;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.Trigger;
import org.quartz.TriggerBuilder;
import org.quartz.TriggerKey;
import org.quartz.impl.SchedulerRepository;
import org.quartz.impl.matchers.GroupMatcher;

/** The schedule of one instance. */
class ScheduleInMemoryTest {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final GroupMatcher<TriggerKey> MADE_UP = GroupMatcher.triggerGroupEquals("churn-clock-change");

    @TempDir
    private Path home;

    private Path book;

    @BeforeEach
    void openBook() {
        book = home.resolve("runs.txt");
    }

    private Pipeline start(Map<String, String> settings, Duration firstRun) {
        ChurnConfig config = TestProject.config(home, settings);
        return ScheduledApp.start(config, new RunBook(book, "here", firstRun));
    }

    private List<RunBook.Line> lines(String what) throws IOException {
        return RunBook.read(book).stream()
                .filter(line -> line.what().equals(what))
                .toList();
    }

    @Test
    void namesEachRunByTheTimeThatItWasDue() throws IOException {
        try (Pipeline pipeline = start(TestSchedule.settings(home, "0/2 * * * * ?"), Duration.ZERO)) {
            await().atMost(SOON).until(() -> lines("end").size() >= 3);
        }

        List<RunBook.Line> runs = lines("begin");
        assertThat(runs).allSatisfy(run -> {
            assertThat(run.dueAt().toEpochMilli() % 2000).isZero();
            assertThat(run.runId())
                    .isEqualTo(DateTimeFormatter.ofPattern("yyyyMMdd_HHmmss")
                            .withZone(ZoneOffset.UTC)
                            .format(run.dueAt()));
        });
        assertThat(runs).extracting(RunBook.Line::runId).doesNotHaveDuplicates();
    }

    @Test
    void makesUpOnceForAllFiringsDuringALongRun() throws IOException {
        Duration longRun = Duration.ofSeconds(11);
        try (Pipeline pipeline = start(TestSchedule.settings(home, "0/2 * * * * ?"), longRun)) {
            await().atMost(SOON).until(() -> lines("end").size() >= 3);
        }

        List<RunBook.Line> all = RunBook.read(book);
        for (int i = 1; i < all.size(); i++) {
            assertThat(all.get(i).what())
                    .as("never two at once: %s", all)
                    .isNotEqualTo(all.get(i - 1).what());
        }
        Instant firstEnded = lines("end").get(0).at();
        RunBook.Line madeUp = lines("begin").get(1);
        assertThat(Duration.between(firstEnded, madeUp.at())).isLessThan(Duration.ofSeconds(1));
        assertThat(Duration.between(madeUp.dueAt(), madeUp.at()).abs())
                .as("one run due now, not five for past firings")
                .isLessThan(Duration.ofSeconds(2));
        assertThat(lines("begin").get(2).dueAt()).isAfter(firstEnded);
    }

    @Test
    void resumesTheKilledRunAtItsStart() throws IOException {
        Instant due = Instant.now().minus(Duration.ofMinutes(3)).truncatedTo(ChronoUnit.SECONDS);
        String runId = RunRequest.scheduled(due, home).runId();
        Files.createDirectories(home.resolve("checkpoints"));
        Files.writeString(
                home.resolve("checkpoints/batch_run_" + runId + ".json"),
                String.format(
                        "{\"run_id\":\"%s\",\"status\":\"RUNNING\",\"trigger\":\"SCHEDULE\",\"started_at\":\"%s\","
                                + "\"input\":\"/data/customers.csv\",\"steps\":[],\"warnings\":[],\"success_threshold\":95.0}",
                        runId, due));

        try (Pipeline pipeline = start(TestSchedule.settings(home, "0 0 0 1 1 ? 2099"), Duration.ZERO)) {
            await().atMost(SOON).until(() -> lines("end").size() == 1);
        }

        assertThat(lines("begin")).extracting(RunBook.Line::runId).containsExactly(runId);
    }

    @Test
    void keepsToItsTimeZone() throws IOException {
        // A quarter of an hour beside most others, so that a wrong zone shows at any time of day.
        ZonedDateTime soon = ZonedDateTime.now(ZoneId.of("Asia/Kathmandu")).plusSeconds(4);
        Map<String, String> settings = TestSchedule.settings(
                home, String.format("%d %d %d * * ?", soon.getSecond(), soon.getMinute(), soon.getHour()));
        settings.put("churn.batch.timezone", "Asia/Kathmandu");

        try (Pipeline pipeline = start(settings, Duration.ZERO)) {
            await().atMost(SOON).until(() -> lines("end").size() == 1);
        }

        assertThat(lines("begin").get(0).dueAt()).isEqualTo(soon.withNano(0).toInstant());
    }

    @Test
    void hasARunForEachFiringThatAChangeOfClocksSkips() throws Exception {
        Map<String, String> settings = TestSchedule.settings(home, "0 30 2 * * ?");
        settings.put("churn.batch.timezone", "Europe/Berlin");

        try (Pipeline pipeline = start(settings, Duration.ZERO)) {
            Scheduler scheduler = SchedulerRepository.getInstance().lookupAll().stream()
                    .filter(ScheduleInMemoryTest::hasMadeUpRuns)
                    .findFirst()
                    .orElseThrow();
            List<TriggerKey> madeUp = scheduler.getTriggerKeys(MADE_UP).stream()
                    .sorted(Comparator.comparing(TriggerKey::getName))
                    .toList();
            assertThat(madeUp).as("one a year").hasSizeBetween(9, 11);
            Trigger first = scheduler.getTrigger(madeUp.get(0));
            ZonedDateTime due = first.getNextFireTime().toInstant().atZone(ZoneId.of("Europe/Berlin"));
            assertThat(due.getMonthValue()).isEqualTo(3);
            assertThat(due.toLocalTime()).as("2:30 if clocks had not changed").hasToString("03:30");

            TriggerKey regular = new TriggerKey("batch", "churn");
            Trigger shipped = scheduler.getTrigger(regular);
            JobDetail job = scheduler.getJobDetail(shipped.getJobKey());
            scheduler.unscheduleJob(regular);
            assertThat(scheduler.checkExists(job.getKey()))
                    .as("a route that is reloaded can add its job again")
                    .isFalse();
            scheduler.scheduleJob(job, shipped);
            assertThat(scheduler.getTriggerKeys(MADE_UP)).hasSameElementsAs(madeUp);

            Instant soon = Instant.now().plusSeconds(2).truncatedTo(ChronoUnit.SECONDS);
            scheduler.rescheduleJob(
                    first.getKey(),
                    TriggerBuilder.newTrigger()
                            .withIdentity(first.getKey())
                            .withSchedule(ClockChanges.once(soon))
                            .build());
            await().atMost(SOON).until(() -> lines("end").size() == 1);
            assertThat(lines("begin").get(0).dueAt()).isEqualTo(soon);
        }
    }

    private static boolean hasMadeUpRuns(Scheduler scheduler) {
        try {
            return !scheduler.getTriggerKeys(MADE_UP).isEmpty();
        } catch (SchedulerException e) {
            // belongs to another test, which has ended
            return false;
        }
    }
}
