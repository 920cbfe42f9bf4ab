package io.github.telcochurn.ingest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Shows in files how far each CSV file has been ingested; files with one name share one. Only the topic is authoritative. */
public final class CheckpointMirror {
    private static final Logger LOG = LoggerFactory.getLogger(CheckpointMirror.class);

    private final Path dir;

    /** Writes to that folder, which is created when missing. */
    public CheckpointMirror(Path dir) {
        this.dir = dir;
    }

    /** Mirrors the checkpoint of a committed chunk; a failure is only logged as a warning. */
    public void mirror(Checkpoint checkpoint) {
        try {
            Files.createDirectories(dir);
            Files.write(dir.resolve("producer_checkpoint_" + checkpoint.file() + ".txt"), checkpoint.toJson());
        } catch (IOException e) {
            LOG.warn("The checkpoint cannot be mirrored in {}: {}", dir, e.toString());
        }
    }
}
