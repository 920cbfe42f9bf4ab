package io.github.telcochurn.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.telcochurn.TestProject;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** All that can happen to two scorers and their broker, while messages keep coming. */
class FaultsTest {
    private static final int SCORERS = 2;
    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final Duration CATCH_UP = Duration.ofSeconds(20);

    @TempDir
    private Path home;

    @Test
    void eachOnceLoseNothingAndDuplicateNothing() throws Exception {
        injectAll(1, 1, false, PipelineUnderFire.Build.SHIPPED);
    }

    /**
     * {@code mvn -Pchaos verify}: the same for long. {@code -Dchaos.kills=N} and {@code -Dchaos.broker-kills=N} say for how long;
     * {@code -Dchaos.hostile=true} also feeds messages that broker, producer or model cannot take.
     */
    @Test
    @Tag("chaos")
    void oftenLoseNothingAndDuplicateNothing() throws Exception {
        int kills = Integer.getInteger("chaos.kills", 100);
        PipelineUnderFire.Build build = Boolean.getBoolean("chaos.hostile")
                ? PipelineUnderFire.Build.shippedUnderHostileFeed()
                : PipelineUnderFire.Build.SHIPPED;
        injectAll(kills, Integer.getInteger("chaos.broker-kills", kills / 10), true, build);
    }

    private void injectAll(int kills, int brokerKills, boolean withLongOnes, PipelineUnderFire.Build build)
            throws Exception {
        long seed = Long.getLong("chaos.seed", System.nanoTime());
        List<Fault> schedule = Fault.schedule(kills, brokerKills, seed, withLongOnes);
        say("%d faults; -Dchaos.seed=%d repeats this schedule: %s", schedule.size(), seed, schedule);
        FaultTable table = new FaultTable();
        try (PipelineUnderFire fire = new PipelineUnderFire(home, seed, SCORERS, build)) {
            for (Fault fault : schedule) {
                fire.settle();
                inject(fault, fire, table);
            }
            Verdict verdict = fire.verdict(TIMEOUT);
            table.write(
                    TestProject.ROOT.resolve("target/faults/" + (withLongOnes ? "long" : "short") + ".md"),
                    String.format(
                            Locale.ROOT,
                            "%,d messages, %d kills of an app, %d of the broker, seed %d: %d lost, %d duplicates,"
                                    + " p95 recovery %.1f s.",
                            verdict.messages(),
                            fire.appKills(),
                            fire.brokerKills(),
                            seed,
                            verdict.lost(),
                            verdict.duplicates(),
                            table.recovery(95).toMillis() / 1000.0));
            assertThat(verdict.problems()).as("seed %d", seed).isEmpty();
            assertThat(verdict.messages()).isPositive();
        }
    }

    /** On standard output, since a run takes long and may have to be repeated. */
    private static void say(String format, Object... values) {
        System.out.println(Instant.now() + " " + String.format(Locale.ROOT, format, values));
    }

    private static void inject(Fault fault, PipelineUnderFire fire, FaultTable table) throws Exception {
        long duplicatesBefore = fire.seenLive().duplicates();
        Duration recovery = fault.inject(fire);
        long lost = missing(fire);
        long duplicates = fire.seenLive().duplicates() - duplicatesBefore;
        say("%s: recovered in %d ms, %d lost, %d duplicates", fault, recovery.toMillis(), lost, duplicates);
        table.add(fault, recovery, lost, duplicates);
    }

    /** How many of the raw records there are now have no output that a live reader sees, after some time to catch up. */
    private static long missing(PipelineUnderFire fire) {
        Map<TopicPartition, Long> ends = fire.ends();
        try {
            await().atMost(CATCH_UP).until(() -> fire.seenLive().missing(ends) == 0);
        } catch (ConditionTimeoutException e) {
            say("Not everything has arrived after %d s", CATCH_UP.toSeconds());
        }
        return fire.seenLive().missing(ends);
    }
}
