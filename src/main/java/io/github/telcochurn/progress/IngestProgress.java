package io.github.telcochurn.progress;

import io.github.telcochurn.ingest.Checkpoint;
import io.github.telcochurn.ingest.CheckpointMirror;
import io.github.telcochurn.kafka.TransactionInputs;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Follows the committed chunks of one ingest: counts rows, shows progress, and mirrors the checkpoint to a file. */
public final class IngestProgress implements Consumer<TransactionInputs.Committed> {
    private static final Logger LOG = LoggerFactory.getLogger(IngestProgress.class);

    private final CheckpointMirror mirror;
    private Progress progress = Progress.of("ingest");
    private volatile long rows;

    public IngestProgress(Path checkpointsDir) {
        this.mirror = new CheckpointMirror(checkpointsDir);
    }

    /** Begins to count rows and time. */
    public void begin() {
        rows = 0;
        progress = Progress.of("ingest");
    }

    // Only the ingest's thread writes; the others only read.
    @SuppressWarnings("NonAtomicVolatileUpdate")
    @Override
    public void accept(TransactionInputs.Committed chunk) {
        Checkpoint checkpoint = Checkpoint.of(chunk.work());
        rows += chunk.work().inputs();
        LOG.info(
                "{}: {} rows committed, next is row {} at line {}",
                checkpoint.file(),
                rows,
                checkpoint.nextRow(),
                checkpoint.nextLine());
        mirror.mirror(checkpoint);
        progress.update(rows, fractionDone(checkpoint));
    }

    /** NaN for a compressed file, whose length is unknown before its end. */
    private static double fractionDone(Checkpoint checkpoint) {
        boolean isCompressed = checkpoint.file().endsWith(".gz") || checkpoint.byteOffset() > checkpoint.sizeBytes();
        return isCompressed ? Double.NaN : (double) checkpoint.byteOffset() / checkpoint.sizeBytes();
    }

    /** Shows the end of the ingest. */
    public void finish() {
        progress.finish(rows);
    }

    /** Rows committed so far, including rejected ones. */
    public long rows() {
        return rows;
    }
}
