package io.github.telcochurn.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.telcochurn.TestProject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Builds that are broken on purpose: what the faults would reveal if exactly-once were lost. */
class BrokenBuildsTest {
    private static final long SEED = 1;
    private static final Duration SHORT = Duration.ofSeconds(10);
    private static final Duration LONG_ENOUGH = Duration.ofSeconds(60);

    @TempDir
    private Path home;

    private Path routes;

    @BeforeEach
    void copyRoutes() throws IOException {
        routes = Files.createDirectory(home.resolve("routes"));
        try (Stream<Path> shipped = Files.list(TestProject.ROOT.resolve("routes"))) {
            for (Path route : shipped.toList()) {
                Files.copy(route, routes.resolve(route.getFileName()));
            }
        }
    }

    @Test
    void camelsBatchingConsumerWithAutoCommitDuplicates() throws Exception {
        try (InputStream broken = BrokenBuildsTest.class.getResourceAsStream("/broken-builds/score.camel.yaml")) {
            Files.write(routes.resolve("score.camel.yaml"), broken.readAllBytes());
        }
        try (PipelineUnderFire fire = broken(List.of(), LONG_ENOUGH)) {
            // At least one of these is between two auto-commits, which are 5 s apart.
            for (int kill = 0; kill < 3; kill++) {
                fire.killScorerAt(FaultPoint.AFTER_SEND);
            }

            Verdict verdict = fire.verdict(LONG_ENOUGH);
            assertThat(verdict.lost() + verdict.duplicates()).as("%s", verdict).isPositive();
            assertThat(verdict.problems()).anyMatch(problem -> problem.matches("\\d+ (lost|duplicates)"));
        }
    }

    @Test
    void offsetsOutsideTheTransactionCauseDuplicates() throws Exception {
        try (PipelineUnderFire fire = broken(List.of("-D" + FaultyApp.OFFSETS_LEFT_OUT + "=true"), SHORT)) {
            assertThatThrownBy(() -> fire.killScorerAt(FaultPoint.BEFORE_COMMIT))
                    .as("the lag stays")
                    .isInstanceOf(PipelineUnderFire.NotRecovered.class);

            Verdict verdict = fire.verdict(SHORT);
            assertThat(verdict.duplicates()).as("%s", verdict).isPositive();
            assertThat(verdict.problems()).contains(verdict.duplicates() + " duplicates");
        }
    }

    @Test
    void pollErrorsThatSkipTheirRecordsLoseThem() throws Exception {
        Path score = routes.resolve("score.camel.yaml");
        String shipped = Files.readString(score);
        Files.writeString(score, shipped.replace("breakOnFirstError: true", "breakOnFirstError: false"));
        assertThat(Files.readString(score)).isNotEqualTo(shipped);
        try (PipelineUnderFire fire = broken(List.of("-D" + FaultyApp.REWIND_LEFT_OUT + "=true"), LONG_ENOUGH)) {
            fire.failCommit();

            Verdict verdict = fire.verdict(LONG_ENOUGH);
            assertThat(verdict.lost()).as("%s", verdict).isPositive();
            assertThat(verdict.problems()).contains(verdict.lost() + " lost");
        }
    }

    @Test
    void pollsThatAnEditedRouteDropsAreLostWithoutARewind() throws Exception {
        Path score = routes.resolve("score.camel.yaml");
        String shipped = Files.readString(score);
        String send = "        - to:\n            id: send-predictions\n";
        assertThat(shipped).contains(send);
        Files.writeString(score, shipped.replace(send, """
                        - filter:
                            simple:
                              expression: "${random(3)} == 0"
                            steps:
                              - stop: {}
                """ + send));
        try (PipelineUnderFire fire = broken(List.of("-D" + FaultyApp.REWIND_LEFT_OUT + "=true"), LONG_ENOUGH)) {
            fire.terminateScorer();

            Verdict verdict = fire.verdict(LONG_ENOUGH);
            assertThat(verdict.lost()).as("%s", verdict).isPositive();
            assertThat(verdict.problems()).contains(verdict.lost() + " lost");
        }
    }

    private PipelineUnderFire broken(List<String> jvmOptions, Duration recoversWithin) throws Exception {
        Map<String, String> settings = Map.of("churn.routes.dir", routes.toString());
        List<String> options = new ArrayList<>(jvmOptions);
        options.add("-D" + FaultyApp.GUARANTEE_UNCHECKED + "=true");
        return new PipelineUnderFire(home, SEED, 1, new PipelineUnderFire.Build(settings, options, recoversWithin));
    }
}
