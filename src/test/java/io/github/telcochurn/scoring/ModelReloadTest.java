package io.github.telcochurn.scoring;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.telcochurn.TestProject;
import io.github.telcochurn.scoring.ModelReload.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelReloadTest {
    private static final Instant NOW = Instant.parse("2026-12-01T08:00:00Z");

    @TempDir
    private Path dir;

    private ModelFolder folder;
    private ServingModel serving;
    private ModelReload reload;
    private String shipped;

    @BeforeEach
    void serveTheShippedChampion() throws IOException {
        TestModels.copyShipped(dir);
        TestModels.add(dir, "steeper-1", 1.5, 0.1);
        folder = TestModels.folder(dir);
        serving = new ServingModel(folder.champion());
        reload = new ModelReload(folder, serving);
        shipped = TestModels.shippedVersion();
        assertThat(reload.look().result()).isEqualTo(Result.NONE);
    }

    @Test
    void aPromotedModelServesOnceItIsSwappedIn() {
        folder.promote("steeper-1", "promote", NOW);

        ModelReload.Found found = reload.look();

        assertThat(found).isEqualTo(new ModelReload.Found(Result.READY, shipped, "steeper-1", ""));
        assertThat(serving.current().version()).as("before the swap").isEqualTo(shipped);
        assertThat(reload.swap()).isEqualTo("steeper-1");
        assertThat(serving.current().version()).isEqualTo("steeper-1");
        assertThat(reload.look().result()).isEqualTo(Result.NONE);
    }

    @Test
    void aPromotionBetweenTheLoadAtTheStartAndTheFirstLookIsNoticed() {
        folder.promote("steeper-1", "promote", NOW);

        assertThat(new ModelReload(folder, serving).look().result()).isEqualTo(Result.READY);
    }

    @Test
    void aBadChampionIsToldOnceAndTheModelThatServesGoesOnUntilAnotherIsPromoted() throws IOException {
        TestModels.addAltered(dir, "altered-1");
        enter("altered-1");

        ModelReload.Found found = reload.look();

        assertThat(found.result()).isEqualTo(Result.REFUSED);
        assertThat(found.problem()).contains("altered-1.tribuo", "its SHA-256 is");
        assertThat(serving.refusal()).isEqualTo(found.problem());
        assertThat(reload.look().result()).as("told already").isEqualTo(Result.NONE);
        Files.writeString(dir.resolve("notes.txt"), "another file");
        assertThat(reload.look().result())
                .as("looked at again, and told already")
                .isEqualTo(Result.NONE);
        assertThat(reload.swap()).isEqualTo(shipped);

        folder.promote("steeper-1", "promote", NOW);
        assertThat(reload.look().result()).isEqualTo(Result.READY);
        reload.swap();
        assertThat(serving.refusal()).isNull();
    }

    @Test
    void aModelThatCannotScoreGoldenRowsIsRefused() throws IOException {
        TestModels.addOverflowing(dir, "overflowing-1");
        enter("overflowing-1");

        assertThat(reload.look().problem()).contains("it cannot score ordinary customers");
        assertThat(serving.current().version()).isEqualTo(shipped);
    }

    @Test
    void theRefusalEndsWhenTheModelThatServesIsChampionAgain() throws IOException {
        TestModels.addAltered(dir, "altered-1");
        enter("altered-1");
        assertThat(reload.look().result()).isEqualTo(Result.REFUSED);

        folder.rollback(NOW);

        assertThat(reload.look().result()).isEqualTo(Result.NONE);
        assertThat(serving.refusal()).isNull();
    }

    @Test
    void aHistoryThatCannotBeReadAndAFolderThatIsGoneStopNothing() throws IOException {
        Files.writeString(dir.resolve(ModelHistory.FILE), "no entry\n");
        assertThat(reload.look().problem()).contains(ModelHistory.FILE + "(1)");

        ServingModel other = new ServingModel(serving.current());
        ModelReload gone = new ModelReload(TestModels.folder(dir.resolve("gone")), other);
        assertThat(gone.look().result()).isEqualTo(Result.REFUSED);
        assertThat(other.current().version()).isEqualTo(shipped);
    }

    @Test
    void aConfiguredChampionStaysWhateverIsPromoted() {
        ModelReload fixed = new ModelReload(new ModelFolder(dir, TestProject.SCHEMA, shipped), serving);
        assertThat(fixed.look().result()).isEqualTo(Result.NONE);

        folder.promote("steeper-1", "promote", NOW);

        assertThat(fixed.look().result()).isEqualTo(Result.NONE);
        assertThat(serving.current().version()).isEqualTo(shipped);
    }

    /** As a deployment would that knows nothing of checks. */
    private void enter(String version) throws IOException {
        Files.writeString(
                dir.resolve(ModelHistory.FILE),
                "{\"at\":\"2026-12-01T08:00:00Z\",\"champion\":\"" + version + "\",\"by\":\"hand\"}\n",
                StandardOpenOption.APPEND);
    }
}
