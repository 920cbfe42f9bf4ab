package io.github.telcochurn.batch.journal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.github.telcochurn.ChurnFailure;
import io.github.telcochurn.files.WholeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The states of all runs, a JSON file each, written at every change, so that they are known even after a run was killed. */
public final class RunJournal {
    private static final Logger LOG = LoggerFactory.getLogger(RunJournal.class);
    private static final String PREFIX = "batch_run_";
    private static final String SUFFIX = ".json";
    private static final ObjectMapper JSON = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .enable(SerializationFeature.INDENT_OUTPUT)
            // A journal of a newer version can still be listed.
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private final Path dir;

    /** A journal in that folder, which is created when missing. */
    public RunJournal(Path dir) {
        this.dir = dir;
    }

    /**
     * Saves the state of a run, and replaces what was saved of it before. A reader sees one or the other, complete.
     *
     * @throws ChurnFailure when it cannot be written
     */
    public void save(RunState state) {
        Path file = fileOf(state.runId());
        try {
            Files.createDirectories(dir);
            WholeFile.replace(file, JSON.writeValueAsBytes(state));
        } catch (IOException e) {
            throw new ChurnFailure(
                    "The journal of the run cannot be written in " + dir + ": " + ChurnFailure.reason(e)
                            + ". Free some space for it.",
                    e);
        }
    }

    /** Runs as JSON, as their journals are. */
    public static String json(List<RunState> runs) {
        try {
            return JSON.writeValueAsString(runs);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    public Path fileOf(String runId) {
        return dir.resolve(PREFIX + runId + SUFFIX);
    }

    /** The run of that name. */
    public Optional<RunState> find(String runId) {
        Path file = fileOf(runId);
        return Files.exists(file) ? read(file) : Optional.empty();
    }

    /** All runs that are kept, the newest first. */
    public List<RunState> newestFirst() {
        if (!Files.isDirectory(dir)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(dir)) {
            return files.filter(RunJournal::isJournal)
                    .map(RunJournal::read)
                    .flatMap(Optional::stream)
                    .filter(state -> Objects.nonNull(state.runId()))
                    .sorted(Comparator.comparing(RunState::runId).reversed())
                    .toList();
        } catch (IOException e) {
            throw new ChurnFailure("The journals in " + dir + " cannot be read: " + ChurnFailure.reason(e), e);
        }
    }

    private static boolean isJournal(Path file) {
        String name = file.getFileName().toString();
        return name.startsWith(PREFIX) && name.endsWith(SUFFIX);
    }

    private static Optional<RunState> read(Path file) {
        try {
            return Optional.of(JSON.readValue(Files.readAllBytes(file), RunState.class));
        } catch (IOException e) {
            LOG.warn("{} is not the journal of a run, and is ignored: {}", file, e.getMessage());
            return Optional.empty();
        }
    }
}
