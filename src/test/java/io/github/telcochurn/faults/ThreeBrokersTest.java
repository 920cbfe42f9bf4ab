package io.github.telcochurn.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.telcochurn.TestProject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What replication is for: a broker of three dies, and two of four scorers, while a file is ingested and scored. */
class ThreeBrokersTest {
    /** About 85,000 rows. */
    private static final int COPIES = 12;

    @TempDir
    private Path home;

    @Test
    void theDeathOfABrokerAndOfTwoScorersLosesNothingAndDuplicatesNothing() throws Exception {
        killInRounds(1);
    }

    /** {@code mvn -Pchaos verify}: the same for several rounds. {@code -Dchaos.rounds=N} says for how many. */
    @Test
    @Tag("chaos")
    void manyRoundsLoseNothingAndDuplicateNothing() throws Exception {
        killInRounds(Integer.getInteger("chaos.rounds", 5));
    }

    private void killInRounds(int rounds) throws Exception {
        long seed = Long.getLong("chaos.seed", System.nanoTime());
        System.out.println("-Dchaos.seed=" + seed + " kills the same scorers again");
        try (ClusterUnderFire fire = new ClusterUnderFire(home, seed)) {
            assertThat(fire.inSyncByTopic().values()).as("min.insync.replicas").containsOnly(ThreeBrokers.IN_SYNC);
            for (int round = 0; round < rounds; round++) {
                fire.startScorers();
                // Each file has content of its own, by which its rows are identified.
                fire.killUnderLoad(COPIES + round);
            }
            Verdict verdict = fire.verdict();
            write(rounds > 1 ? "cluster-long.md" : "cluster.md", fire, verdict);
            assertThat(fire.kills()).hasSize(2 * rounds);
            assertThat(verdict.deadLetters()).isPositive();
            assertThat(verdict.predictions() + verdict.deadLetters())
                    .isEqualTo(verdict.messages())
                    .isEqualTo(fire.sent());
        }
    }

    private static void write(String name, ClusterUnderFire fire, Verdict verdict) throws IOException {
        StringBuilder text = new StringBuilder(Kill.HEADER);
        fire.kills().forEach(kill -> text.append(kill.row()));
        text.append("""

                | rows and messages sent | raw messages | predictions | dead letters | lost | duplicates |
                | --- | --- | --- | --- | --- | --- |
                """);
        text.append(String.format(
                Locale.ROOT,
                "| %,d | %,d | %,d | %,d | %,d | %,d |%n",
                fire.sent(),
                verdict.messages(),
                verdict.predictions(),
                verdict.deadLetters(),
                verdict.lost(),
                verdict.duplicates()));
        Path file = TestProject.ROOT.resolve("target/faults/" + name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
