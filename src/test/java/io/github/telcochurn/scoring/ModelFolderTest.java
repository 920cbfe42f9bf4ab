package io.github.telcochurn.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.telcochurn.ChurnFailure;
import io.github.telcochurn.MissingPrerequisite;
import io.github.telcochurn.TestProject;
import io.github.telcochurn.customer.CustomerSchema;
import io.github.telcochurn.files.ProcessLock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelFolderTest {
    private static final Instant NOW = Instant.parse("2026-12-01T08:00:00Z");

    @TempDir
    private Path dir;

    private ModelFolder folder;
    private String shipped;

    @BeforeEach
    void makeAFolderWithTheShippedChampionAndACandidate() throws IOException {
        TestModels.copyShipped(dir);
        TestModels.add(dir, "steeper-1", 1.5, 0.1);
        folder = TestModels.folder(dir);
        shipped = TestModels.shippedVersion();
    }

    @Test
    void theLastLineOfTheHistoryNamesTheChampion() {
        assertThat(folder.championVersion()).isEqualTo(shipped);

        ModelFolder.Promotion promotion = folder.promote("steeper-1", "promote", NOW);

        assertThat(promotion).isEqualTo(new ModelFolder.Promotion("steeper-1", shipped));
        assertThat(folder.championVersion()).isEqualTo("steeper-1");
        assertThat(folder.champion().version()).isEqualTo("steeper-1");
        assertThat(folder.history().entries()).hasSize(2);
        assertThat(folder.history().last().orElseThrow())
                .isEqualTo(new ModelHistory.Served(
                        "2026-12-01T08:00:00Z",
                        "steeper-1",
                        folder.champion().card().sha256(),
                        "promote"));
    }

    @Test
    void aModelThatIsChampionAlreadyIsNotEnteredAgain() throws IOException {
        byte[] before = Files.readAllBytes(dir.resolve(ModelHistory.FILE));

        assertThat(folder.promote(shipped, "promote", NOW).isChange()).isFalse();

        assertThat(dir.resolve(ModelHistory.FILE)).hasBinaryContent(before);
    }

    @Test
    void goesBackToTheChampionBeforeAndForthAgain() throws IOException {
        TestModels.add(dir, "flatter-2", 0.5, 0);
        folder.promote("steeper-1", "promote", NOW);
        folder.promote("flatter-2", "promote", NOW);

        assertThat(folder.rollback(NOW).champion()).isEqualTo("steeper-1");
        assertThat(folder.championVersion()).isEqualTo("steeper-1");
        assertThat(folder.rollback(NOW).champion()).isEqualTo("flatter-2");
        assertThat(folder.history().entries())
                .extracting(ModelHistory.Served::champion)
                .containsExactly(shipped, "steeper-1", "flatter-2", "steeper-1", "flatter-2");
    }

    @Test
    void saysThatThereIsNothingToGoBackTo() {
        assertThatThrownBy(() -> folder.rollback(NOW))
                .isInstanceOf(ChurnFailure.class)
                .hasMessageContaining("no other champion before " + shipped)
                .hasMessageContaining("./churn models promote");
    }

    @Test
    void refusesAnAlteredModelAndKeepsTheChampion() throws IOException {
        TestModels.addAltered(dir, "altered-1");

        refuses("altered-1", "its SHA-256 is");
    }

    @Test
    void refusesAModelThatCannotScoreGoldenRowsAndKeepsTheChampion() throws IOException {
        TestModels.addOverflowing(dir, "overflowing-1");

        // It loads: nothing is wrong with its file.
        assertThat(folder.load("overflowing-1").version()).isEqualTo("overflowing-1");
        refuses("overflowing-1", "it cannot score ordinary customers");
    }

    @Test
    void refusesAModelOfAnotherSchemaAndKeepsTheChampion() throws IOException {
        Path models = TestProject.ROOT.resolve("models/mlc");
        String version = new ModelFolder(models, mlc()).championVersion();
        Files.copy(models.resolve(version + ".json"), dir.resolve(version + ".json"));
        Files.copy(models.resolve(version + ".tribuo"), dir.resolve(version + ".tribuo"));

        refuses(version, "is of another schema (mlc)");
    }

    private static CustomerSchema mlc() {
        return CustomerSchema.read(TestProject.ROOT.resolve("data/mlc.schema.yaml"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"nowhere-1", "../models/" + "x", "", "."})
    void refusesAVersionThatIsNotThereAndNamesThoseThatAre(String version) {
        refuses(version, "there are ");
        refuses(version, "steeper-1");
    }

    @Test
    void refusesACardUnderTheNameOfAnotherVersion() throws IOException {
        Files.copy(dir.resolve("steeper-1.json"), dir.resolve("other-1.json"));

        refuses("other-1", "it is that of steeper-1");
    }

    private void refuses(String version, String why) {
        assertThatThrownBy(() -> folder.promote(version, "promote", NOW))
                .isInstanceOf(MissingPrerequisite.class)
                .hasMessageContaining(why);
        assertThat(folder.championVersion()).isEqualTo(shipped);
        assertThat(folder.history().entries()).hasSize(1);
    }

    @Test
    void aConfiguredChampionOverridesTheHistory() {
        ModelFolder chosen = new ModelFolder(dir, TestProject.SCHEMA, "steeper-1");

        assertThat(chosen.champion().version()).isEqualTo("steeper-1");
        assertThat(chosen.entries().get(0))
                .extracting(ModelFolder.Entry::version, ModelFolder.Entry::role)
                .containsExactly("steeper-1", ModelFolder.Role.CHAMPION);
        assertThat(chosen.entries().get(1).role()).isEqualTo(ModelFolder.Role.FORMER);
        assertThatThrownBy(() -> new ModelFolder(dir, TestProject.SCHEMA, "nowhere-1").champion())
                .isInstanceOf(MissingPrerequisite.class)
                .hasMessageContaining("churn.model.champion");
    }

    @Test
    void listsTheChampionFirstThenTheOthersAndWhatIsWrongWithThem() throws IOException {
        TestModels.addAltered(dir, "altered-1");
        folder.promote("steeper-1", "promote", NOW);

        List<ModelFolder.Entry> entries = folder.entries();

        assertThat(entries).extracting(ModelFolder.Entry::version).containsExactly("steeper-1", shipped, "altered-1");
        assertThat(entries)
                .extracting(ModelFolder.Entry::role)
                .containsExactly(ModelFolder.Role.CHAMPION, ModelFolder.Role.FORMER, ModelFolder.Role.CANDIDATE);
        assertThat(entries.get(0).since()).isEqualTo("2026-12-01T08:00:00Z");
        assertThat(entries.get(2).problem()).contains("its SHA-256 is");
    }

    @Test
    void namesTheModelsToChooseFromWhereThereIsNoChampion() throws IOException {
        Files.delete(dir.resolve(ModelHistory.FILE));

        assertThatThrownBy(folder::champion)
                .isInstanceOf(MissingPrerequisite.class)
                .hasMessageContaining("No champion in " + dir)
                .hasMessageContaining("./churn models promote")
                .hasMessageContaining(shipped + ", steeper-1");
        assertThat(folder.promoteFirst("steeper-1", "train", NOW)).isPresent();
        assertThat(folder.promoteFirst(shipped, "train", NOW)).isEmpty();
        assertThat(folder.championVersion()).isEqualTo("steeper-1");
    }

    @Test
    void namesTheLineOfTheHistoryThatIsNoEntry() throws IOException {
        Files.writeString(dir.resolve(ModelHistory.FILE), "{\"at\":\"2026\",\"champion\":\"a\"}\n\n{\"at\":\n");

        assertThatThrownBy(folder::champion)
                .isInstanceOf(MissingPrerequisite.class)
                .hasMessageContaining(ModelHistory.FILE + "(3): ");
    }

    @Test
    void aFolderOfAnEarlierReleaseWorksAndCanBeGoneBackTo() throws IOException {
        Path old = Files.createDirectory(dir.resolve("old"));
        Path fixture = TestProject.ROOT.resolve("src/test/resources/shipped/model");
        Files.copy(fixture.resolve("champion.json"), old.resolve("champion.json"));
        Files.copy(fixture.resolve("champion.tribuo"), old.resolve("champion.tribuo"));
        ModelFolder earlier = TestModels.folder(old);
        String version = earlier.champion().version();
        assertThat(earlier.entries())
                .singleElement()
                .extracting(ModelFolder.Entry::version, ModelFolder.Entry::role)
                .containsExactly(version, ModelFolder.Role.CHAMPION);

        TestModels.add(old, "steeper-1", 1.5, 0.1);
        earlier.promote("steeper-1", "train", NOW);

        assertThat(earlier.champion().version()).isEqualTo("steeper-1");
        assertThat(earlier.rollback(NOW).champion()).isEqualTo(version);
        assertThat(earlier.champion().card().file()).isEqualTo("champion.tribuo");
    }

    @Test
    void oneProcessAtATimeChangesTheChampion() {
        try (ProcessLock other =
                ProcessLock.tryTake(dir.resolve(".history.lock")).orElseThrow()) {
            assertThatThrownBy(() -> folder.promote("steeper-1", "promote", NOW))
                    .isInstanceOf(ChurnFailure.class)
                    .hasMessageContaining("Another process is changing the champion");
            assertThat(other).isNotNull();
        }
        assertThat(folder.championVersion()).isEqualTo(shipped);
    }
}
