package io.github.telcochurn.ingest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Shows people how far files have been ingested, by their names: of two with one name, the last. What counts is on the topic. */
public final class CheckpointMirror {
    private static final Logger LOG = LoggerFactory.getLogger(CheckpointMirror.class);

    private final Path dir;

    /** Writes to that folder, which is made when missing. */
    public CheckpointMirror(Path dir) {
        this.dir = dir;
    }

    /** Mirrors the checkpoint of a committed chunk; where that fails, it only warns. */
    public void mirror(Checkpoint checkpoint) {
        try {
            Files.createDirectories(dir);
            Files.write(dir.resolve("producer_checkpoint_" + checkpoint.file() + ".txt"), checkpoint.toJson());
        } catch (IOException e) {
            LOG.warn("The checkpoint cannot be mirrored in {}: {}", dir, e.toString());
        }
    }
}
