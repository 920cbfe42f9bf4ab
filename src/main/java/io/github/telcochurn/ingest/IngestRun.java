package io.github.telcochurn.ingest;

import java.time.Instant;

/** One ingest of one file, which can be asked to stop between two chunks. */
public final class IngestRun {
    private final String checkpointKey;
    private final CsvFile file;
    private final int chunkSize;
    private final long limit;
    private final boolean resuming;
    private String runId;
    private CsvPosition from;
    private Earlier earlier;
    private long rowsRead;
    private long rowsRejected;
    private volatile boolean stopRequested;

    private IngestRun(String checkpointKey, String runId, CsvFile file, int chunkSize, long limit, boolean resuming) {
        this.checkpointKey = checkpointKey;
        this.runId = runId;
        this.file = file;
        this.from = file.firstRow();
        this.chunkSize = chunkSize;
        this.limit = limit;
        this.resuming = resuming;
    }

    /**
     * An ingest of all rows, including those that were ingested before.
     *
     * @param runId a header of every message
     * @param chunkSize rows per transaction, 1 or more
     * @param limit the maximum number of rows to ingest
     */
    public static IngestRun fromStart(String runId, CsvFile file, int chunkSize, long limit) {
        return new IngestRun(keyOfProduce(file), runId, file, chunkSize, limit, false);
    }

    /**
     * An ingest that resumes where the last one of this content, whatever the file's name, was interrupted.
     *
     * @param runId of the messages, unless there is a run to resume
     * @param chunkSize rows per transaction, 1 or more
     * @param limit the maximum number of rows to ingest
     */
    public static IngestRun resuming(String runId, CsvFile file, int chunkSize, long limit) {
        return new IngestRun(keyOfProduce(file), runId, file, chunkSize, limit, true);
    }

    /** A key of the content, since files in several folders may have the same name. The inbox has other keys: it ingests each content only once. */
    private static String keyOfProduce(CsvFile file) {
        return "produce-sha256-" + file.sha256();
    }

    /**
     * An ingest of those rows of this content that were never ingested, whatever the file's name.
     *
     * @param runId of the messages, unless there is a run to resume
     * @param chunkSize rows per transaction, 1 or more
     */
    public static IngestRun onceOnly(String runId, CsvFile file, int chunkSize) {
        return new IngestRun("sha256-" + file.sha256(), runId, file, chunkSize, Long.MAX_VALUE, true);
    }

    /**
     * The ingest of a batch run, which resumes where it was when the run is resumed. It has its own checkpoints, so that
     * later runs of the same file do not change them.
     *
     * @param runId of the messages
     * @param chunkSize rows per transaction, 1 or more
     */
    public static IngestRun ofBatch(String runId, CsvFile file, int chunkSize) {
        return new IngestRun("batch-" + runId, runId, file, chunkSize, Long.MAX_VALUE, true);
    }

    /** The key of its checkpoints. Two ingests with the same key never commit at the same time. */
    public String checkpointKey() {
        return checkpointKey;
    }

    public String runId() {
        return runId;
    }

    public CsvFile file() {
        return file;
    }

    boolean isResuming() {
        return resuming;
    }

    /**
     * The part of this content that an earlier ingest committed.
     *
     * @param file the name that the file had
     * @param rows how many, including rejected ones
     * @param rejected how many of them were rejected
     * @param at the time of its last commit
     */
    record Earlier(String file, long rows, long rejected, Instant at) {}

    void resumeAt(Checkpoint checkpoint, Instant committedAt) {
        runId = checkpoint.runId();
        from = checkpoint.position();
        earlier = new Earlier(checkpoint.file(), from.row() - 1, checkpoint.rowsRejected(), committedAt);
    }

    /** Null when nothing of this content was ingested before. */
    Earlier earlier() {
        return earlier;
    }

    /** Whether an interrupted ingest had committed rows of it before it began. */
    public boolean hasResumed() {
        return earlier != null;
    }

    /** Counts a chunk that is about to be committed. */
    void count(CsvChunk chunk, long rejected) {
        rowsRead += chunk.size();
        rowsRejected += rejected;
    }

    /** Rows up to the last chunk, including rejected ones and those of an earlier ingest. */
    long rowsRead() {
        return rowsRead;
    }

    /** Those of the rows read that became dead letters. */
    long rowsRejected() {
        return rowsRejected;
    }

    /** The file's rows, read on demand; they end early after {@link #requestStop}. */
    public CsvChunks chunks() {
        rowsRead = earlier == null ? 0 : earlier.rows();
        rowsRejected = earlier == null ? 0 : earlier.rejected();
        return file.chunks(from, chunkSize, limit, () -> stopRequested);
    }

    /** Makes the current chunk the last one. */
    public void requestStop() {
        stopRequested = true;
    }

    /** Whether it may have ended before the end of the file. */
    public boolean isStopRequested() {
        return stopRequested;
    }
}
