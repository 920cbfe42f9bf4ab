package io.github.telcochurn.ingest;

/** One ingest of one file, which can be asked to stop between two chunks. */
public final class IngestRun {
    private final String checkpointKey;
    private final CsvFile file;
    private final int chunkSize;
    private final long limit;
    private final boolean resuming;
    private String runId;
    private CsvPosition from;
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
     * An ingest of all rows, also of those that were ingested before.
     *
     * @param runId goes with every message as a header
     * @param chunkSize rows per transaction, 1 or more
     * @param limit the most rows to ingest
     */
    public static IngestRun fromStart(String runId, CsvFile file, int chunkSize, long limit) {
        return new IngestRun(keyOfProduce(file), runId, file, chunkSize, limit, false);
    }

    /**
     * An ingest that resumes where the last one of this content, whatever the file was called, was interrupted.
     *
     * @param runId of the messages, unless there is a run to go on with
     * @param chunkSize rows per transaction, 1 or more
     * @param limit the most rows to ingest
     */
    public static IngestRun resuming(String runId, CsvFile file, int chunkSize, long limit) {
        return new IngestRun(keyOfProduce(file), runId, file, chunkSize, limit, true);
    }

    /** Of the content, since files of one name may stand in several folders. Not the inbox's, which takes each content once only. */
    private static String keyOfProduce(CsvFile file) {
        return "produce-sha256-" + file.sha256();
    }

    /**
     * An ingest of what was never ingested of this content, whatever the file is called.
     *
     * @param runId of the messages, unless there is a run to go on with
     * @param chunkSize rows per transaction, 1 or more
     */
    public static IngestRun onceOnly(String runId, CsvFile file, int chunkSize) {
        return new IngestRun("sha256-" + file.sha256(), runId, file, chunkSize, Long.MAX_VALUE, true);
    }

    /**
     * The ingest of a batch run, which goes on where it was when the run is gone on with. Its checkpoints are its own, so that
     * later runs of the same file do not move them.
     *
     * @param runId of the messages
     * @param chunkSize rows per transaction, 1 or more
     */
    public static IngestRun ofBatch(String runId, CsvFile file, int chunkSize) {
        return new IngestRun("batch-" + runId, runId, file, chunkSize, Long.MAX_VALUE, true);
    }

    /** What its checkpoints stand under. Two ingests with the same key never commit at the same time. */
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

    void resumeAt(Checkpoint checkpoint) {
        runId = checkpoint.runId();
        from = checkpoint.position();
    }

    /** The file's rows, read as they are asked for; they end early after {@link #requestStop}. */
    public CsvChunks chunks() {
        return file.chunks(from, chunkSize, limit, () -> stopRequested);
    }

    /** Lets the chunk that is under way be the last one. */
    public void requestStop() {
        stopRequested = true;
    }

    /** Whether it may have ended before the end of the file. */
    public boolean isStopRequested() {
        return stopRequested;
    }
}
