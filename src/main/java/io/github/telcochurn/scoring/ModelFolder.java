package io.github.telcochurn.scoring;

import io.github.telcochurn.MissingPrerequisite;
import io.github.telcochurn.customer.CustomerSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The models of a folder: each is a card, {@code <role>.json}, and the file that the card names. */
public record ModelFolder(Path dir, CustomerSchema schema) {
    private static final String CARD = ".json";

    /**
     * One of the models.
     *
     * @param role {@code champion} for the one that scores
     * @param card null when the model must not be used
     * @param problem why it must not; null when all is well
     */
    public record Entry(String role, ModelCard card, String problem) {
        public boolean isUsable() {
            return problem == null;
        }
    }

    /**
     * Loads and checks every model, in the order of their roles.
     *
     * @throws MissingPrerequisite when there is no folder
     */
    public List<Entry> entries() {
        try (Stream<Path> files = Files.list(dir)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(CARD))
                    .sorted()
                    .map(this::entry)
                    .toList();
        } catch (IOException e) {
            throw new MissingPrerequisite(
                    "No models at " + dir + ". Run ./churn train to make one, or set churn.model.dir.", e);
        }
    }

    private Entry entry(String cardName) {
        String role = cardName.substring(0, cardName.length() - CARD.length());
        try {
            return new Entry(role, ChurnModel.load(dir, schema, cardName).card(), null);
        } catch (MissingPrerequisite e) {
            return new Entry(role, null, e.getMessage());
        }
    }
}
