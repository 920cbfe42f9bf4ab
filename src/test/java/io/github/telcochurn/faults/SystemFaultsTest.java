package io.github.telcochurn.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.telcochurn.ChildApp;
import io.github.telcochurn.LogReader;
import io.github.telcochurn.TestProject;
import io.github.telcochurn.config.ChurnConfig;
import io.github.telcochurn.kafka.TestBroker;
import io.github.telcochurn.scoring.TestModels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.commons.codec.digest.DigestUtils;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tribuo.MutableDataset;
import org.tribuo.classification.Label;
import org.tribuo.classification.LabelFactory;
import org.tribuo.classification.sgd.linear.LogisticRegressionTrainer;
import org.tribuo.impl.ArrayExample;
import org.tribuo.provenance.SimpleDataSourceProvenance;

/** Faults that no message causes: a model that must not be used, a disk that is full. They lose nothing and are reported. */
class SystemFaultsTest {
    private static final int MISSING_PREREQUISITE = 3;
    private static final int COPIES = 8;

    @TempDir
    private Path home;

    private Map<String, String> settings;
    private ChurnConfig config;
    private LogReader log;

    @BeforeEach
    void configure() {
        settings = TestProject.settings(TestBroker.freePort());
        config = TestProject.config(home, settings);
        log = new LogReader(config);
    }

    @Test
    void aBadModelScoresNothingAndTheNextGoodOneScoresAll() throws Exception {
        try (ChildApp broker = ChildApp.startBroker(home, settings)) {
            run(0, "produce", "--limit", "100");

            byte[] champion = Files.readAllBytes(TestModels.shippedFile());
            byte[] altered = champion.clone();
            altered[altered.length / 2] ^= 1;
            refuse("wrong hash", altered, hashOf(champion), "its SHA-256 is");
            byte[] truncated = Arrays.copyOf(champion, champion.length / 2);
            refuse("truncated", truncated, hashOf(truncated), "cannot be read");
            byte[] stranger = modelOfAnotherSchema();
            refuse("wrong schema", stranger, hashOf(stranger), "wants features that are not in its card: [height]");

            run(0, "score");
            assertThat(log.origins()).isEqualTo(log.rawPositions()).hasSize(100);
            assertThat(broker.isAlive()).isTrue();
        }
    }

    private void refuse(String name, byte[] model, String hash, String why) throws Exception {
        Path dir = Files.createDirectory(home.resolve(name));
        TestModels.write(dir, model, hash);
        String shipped = settings.put("churn.model.dir", dir.toString());
        assertThat(run(MISSING_PREREQUISITE, "score")).contains(why);
        settings.put("churn.model.dir", shipped);
        assertThat(log.read(config.topics().predictions())).isEmpty();
        assertThat(log.read(config.topics().deadletter())).isEmpty();
    }

    private static String hashOf(byte[] model) {
        return DigestUtils.sha256Hex(model);
    }

    private static byte[] modelOfAnotherSchema() {
        LabelFactory labels = new LabelFactory();
        MutableDataset<Label> people = new MutableDataset<>(new SimpleDataSourceProvenance("people", labels), labels);
        people.add(new ArrayExample<>(new Label("Yes"), new String[] {"height"}, new double[] {1}));
        people.add(new ArrayExample<>(new Label("No"), new String[] {"height"}, new double[] {2}));
        return new LogisticRegressionTrainer().train(people).serialize().toByteArray();
    }

    @Test
    void aFailedCommitStopsAnIngestThatSaysSoAndIsResumed() throws Exception {
        try (ChildApp broker = ChildApp.startBroker(home, settings);
                FaultyChild ingest = new FaultyChild(home, settings, List.of(), "produce")) {
            ingest.order(FaultPoint.BEFORE_COMMIT, FaultPoint.Action.FAIL, 3);
            ingest.start();

            assertThat(ingest.app().waitFor()).as(ingest.app().output()).isEqualTo(1);
            assertThat(ingest.app().output()).contains("stopped: failed on purpose. Committed chunks stay", "--resume");
            run(0, "produce", "--resume");
            assertThat(log.sources().stream().distinct()).hasSize(7043);
            assertThat(broker.isAlive()).isTrue();
        }
    }

    /** Kafka's group coordinator cannot tell two simultaneous loads apart. */
    @Test
    void aBrokerThatWasKilledLoadsTheGroupsOnce() throws Exception {
        Path coordinatorLog = home.resolve("coordinator.log");
        List<String> logging =
                List.of("-Dlogback.configurationFile=broker-under-fire.xml", "-Dfault.broker.log=" + coordinatorLog);
        try (ChildApp broker = ChildApp.startBroker(home, settings, logging)) {
            run(0, "produce", "--limit", "100");
            run(0, "score");
            broker.kill();
        }
        Files.delete(coordinatorLog);

        try (ChildApp broker = ChildApp.startBroker(home, settings, logging)) {
            run(0, "score");

            assertThat(log.origins()).isEqualTo(log.rawPositions()).hasSize(100);
            assertThat(Files.readAllLines(coordinatorLog))
                    .filteredOn(line -> line.contains("Scheduling loading of metadata from __consumer_offsets-0"))
                    .hasSize(1);
            assertThat(broker.isAlive()).isTrue();
        }
    }

    @Test
    void aFullDiskOfTheBrokerStopsAnIngestThatIsResumedWhenThereIsRoom() throws Exception {
        try (SmallDisk disk = SmallDisk.mount(home.resolve("disk"), 3_000)) {
            settings.put("churn.kafka.embedded.dir", home.resolve("disk/kafka").toString());
            Path csv = TestProject.shippedCustomers(home.resolve("many.csv"), COPIES);
            ChildApp broker = ChildApp.startBroker(home, settings);
            try {
                String output = run(1, "produce", "--input", csv.toString());
                assertThat(output)
                        .contains("Ingest of", "Committed chunks stay", "--resume")
                        .doesNotContain("\tat ");

                disk.grow(400_000);
                broker.kill();
                broker = ChildApp.startBroker(home, settings);
                run(0, "produce", "--input", csv.toString(), "--resume");
                run(0, "score");

                assertThat(log.sources().stream().distinct()).hasSize(COPIES * 7043);
                assertThat(log.origins()).isEqualTo(log.rawPositions()).hasSize(COPIES * 7043);
            } finally {
                broker.close();
            }
        }
    }

    @Test
    void aFullDiskForReportsFailsTheRunAndLeavesNoHalfReport() throws Exception {
        try (ChildApp broker = ChildApp.startBroker(home, settings);
                SmallDisk disk = SmallDisk.mount(home.resolve("reports"), 256)) {
            assertThat(run(1, "batch"))
                    .contains("The report cannot be written in", "No space left on device", "stays on the topics")
                    .doesNotContain("\tat ");
            assertThat(reports()).isEmpty();
            assertThat(log.origins()).isEqualTo(log.rawPositions()).hasSize(7043);

            disk.grow(20_000);
            run(0, "batch");
            assertThat(reports())
                    .extracting(file -> file.toString().replaceFirst(".*[.]", ""))
                    .contains("md", "html", "json", "csv", "svg");
            assertThat(broker.isAlive()).isTrue();
        }
    }

    private List<Path> reports() throws IOException {
        try (Stream<Path> files = Files.list(home.resolve("reports/batch"))) {
            return files.filter(file -> file.getFileName().toString().startsWith("batch_report_"))
                    .toList();
        }
    }

    /** Runs a command to its end, and returns its output. */
    private String run(int exitCode, String... command) throws Exception {
        try (ChildApp child = ChildApp.start(home, settings, command)) {
            assertThat(child.waitFor()).as(child.output()).isEqualTo(exitCode);
            return child.output();
        }
    }
}
