package io.github.telcochurn.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.telcochurn.TestProject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What replication is for: a broker of three dies, and two of four scorers, while a file is ingested and scored. */
class ThreeBrokersTest {
    /** 28 of them are some 200,000 rows. */
    private static final int COPIES = 28;

    @TempDir
    private Path home;

    @Test
    void theDeathOfABrokerAndOfTwoScorersLosesNothingAndDuplicatesNothing() throws Exception {
        strike(1);
    }

    /** {@code mvn -Pchaos verify}: the same for several rounds. {@code -Dchaos.rounds=N} says for how many. */
    @Test
    @Tag("chaos")
    void againAndAgainLosesNothingAndDuplicatesNothing() throws Exception {
        strike(Integer.getInteger("chaos.rounds", 5));
    }

    private void strike(int rounds) throws Exception {
        long seed = Long.getLong("chaos.seed", System.nanoTime());
        try (ClusterUnderFire fire = new ClusterUnderFire(home, seed)) {
            for (int round = 0; round < rounds; round++) {
                fire.bringScorersBack();
                // Each file has a content of its own, by which its rows are known.
                fire.killUnderLoad(COPIES + round);
            }
            Verdict verdict = fire.verdict();
            write(rounds > 1 ? "cluster-long.md" : "cluster.md", fire, verdict);
            assertThat(fire.blows()).hasSize(2 * rounds).allSatisfy(blow -> {
                assertThat(blow.lag())
                        .as("lag when %s was killed", blow.killed())
                        .isPositive();
                assertThat(blow.raw()).isLessThan(verdict.messages());
                assertThat(blow.scored()).isPositive().isLessThan(blow.raw() + 1);
            });
            assertThat(verdict.problems()).as("seed %d", seed).isEmpty();
            assertThat(verdict.deadLetters()).isPositive();
            assertThat(verdict.predictions() + verdict.deadLetters())
                    .isEqualTo(verdict.messages())
                    .isEqualTo(fire.read());
        }
    }

    private static void write(String name, ClusterUnderFire fire, Verdict verdict) throws IOException {
        StringBuilder text = new StringBuilder();
        text.append("| killed (-9) | rows ingested by then | scored by then | lag then | no result at all for"
                + " | none of some partition for | all of then scored after |\n");
        text.append("| --- | --- | --- | --- | --- | --- | --- |\n");
        for (ClusterUnderFire.Blow blow : fire.blows()) {
            text.append(String.format(
                    Locale.ROOT,
                    "| %s | %,d | %,d | %,d | %.1f s | %.1f s | %.1f s |%n",
                    blow.killed(),
                    blow.rows(),
                    blow.scored(),
                    blow.lag(),
                    seconds(blow.standstill()),
                    seconds(blow.standstillOfOne()),
                    seconds(blow.recovery())));
        }
        text.append(
                "\n| rows read and messages fed | raw messages | predictions | dead letters | missing | duplicates |\n");
        text.append("| --- | --- | --- | --- | --- | --- |\n");
        text.append(String.format(
                Locale.ROOT,
                "| %,d | %,d | %,d | %,d | %,d | %,d |%n",
                fire.read(),
                verdict.messages(),
                verdict.predictions(),
                verdict.deadLetters(),
                verdict.lost(),
                verdict.duplicates()));
        Path file = TestProject.ROOT.resolve("target/faults/" + name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }
}
