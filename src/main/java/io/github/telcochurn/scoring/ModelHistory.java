package io.github.telcochurn.scoring;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.telcochurn.ChurnFailure;
import io.github.telcochurn.MissingPrerequisite;
import io.github.telcochurn.files.WholeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Which model of a folder was champion from when on: the file {@code history.jsonl} in it, an entry a line, oldest first. The last
 * one is the champion.
 */
public record ModelHistory(List<Served> entries) {
    /** Its name in the models' folder. */
    public static final String FILE = "history.jsonl";

    private static final ObjectMapper JSON = new ObjectMapper();

    public ModelHistory {
        entries = List.copyOf(entries);
    }

    /**
     * A model that became champion.
     *
     * @param at ISO-8601, UTC
     * @param champion its version
     * @param sha256 of its file at that time, lower-case hex
     * @param by what made it champion: {@code train}, {@code promote} or {@code rollback}
     */
    @JsonPropertyOrder({"at", "champion", "sha256", "by"})
    public record Served(String at, String champion, String sha256, String by) {}

    /**
     * Reads the history of a folder.
     *
     * @return without entries where there is none
     * @throws MissingPrerequisite when a line is no entry
     */
    static ModelHistory read(Path dir) {
        Path file = dir.resolve(FILE);
        List<Served> entries = new ArrayList<>();
        int line = 0;
        try {
            for (String text : Files.readAllLines(file, UTF_8)) {
                line++;
                if (!text.isBlank()) {
                    entries.add(entry(text));
                }
            }
        } catch (NoSuchFileException e) {
            return new ModelHistory(List.of());
        } catch (JsonProcessingException e) {
            throw new MissingPrerequisite(
                    "The history of champions has a line that is no entry: " + file + "(" + line + "): "
                            + e.getOriginalMessage()
                            + ". Restore the file, or take the line out: the last one names the champion.",
                    e);
        } catch (IOException e) {
            throw new MissingPrerequisite(
                    "The history of champions " + file + " cannot be read: " + ChurnFailure.reason(e)
                            + ". Restore the file, or make it readable for this user.",
                    e);
        }
        return new ModelHistory(entries);
    }

    private static Served entry(String text) throws JsonProcessingException {
        Served entry = JSON.readValue(text, Served.class);
        if (entry == null || entry.champion() == null || entry.at() == null) {
            throw new MissingField();
        }
        return entry;
    }

    private static final class MissingField extends JsonProcessingException {
        MissingField() {
            super("it lacks at or champion");
        }
    }

    /** Writes it to a folder: readers see the old file or the new one. */
    void write(Path dir) throws IOException {
        StringBuilder lines = new StringBuilder();
        for (Served entry : entries) {
            lines.append(JSON.writeValueAsString(entry)).append('\n');
        }
        WholeFile.replace(dir.resolve(FILE), lines.toString().getBytes(UTF_8));
    }

    ModelHistory with(Served next) {
        List<Served> longer = new ArrayList<>(entries);
        longer.add(next);
        return new ModelHistory(longer);
    }

    /** The champion's entry. */
    public Optional<Served> last() {
        return entries.isEmpty() ? Optional.empty() : Optional.of(entries.get(entries.size() - 1));
    }

    /** The version that was champion before the present one. */
    public Optional<String> previous() {
        for (int i = entries.size() - 2; i >= 0; i--) {
            String version = entries.get(i).champion();
            if (!version.equals(entries.get(entries.size() - 1).champion())) {
                return Optional.of(version);
            }
        }
        return Optional.empty();
    }

    /** Whether a version was ever champion. */
    public boolean has(String version) {
        return entries.stream().anyMatch(entry -> entry.champion().equals(version));
    }
}
