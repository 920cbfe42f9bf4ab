package io.github.telcochurn.scoring;

import io.github.telcochurn.TestProject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Folders of models for tests. */
public final class TestModels {
    private TestModels() {}

    /** The shipped champion under another version, in a new folder. */
    public static Path renamed(Path home, String version) throws IOException {
        Path shipped = TestProject.ROOT.resolve("models");
        String shippedVersion = ChurnModel.load(shipped, TestProject.SCHEMA).version();
        Path models = Files.createDirectory(home.resolve("models-" + version));
        Files.copy(shipped.resolve("champion.tribuo"), models.resolve("champion.tribuo"));
        String card = Files.readString(shipped.resolve(ModelCard.CHAMPION));
        Files.writeString(models.resolve(ModelCard.CHAMPION), card.replace(shippedVersion, version));
        return models;
    }
}
