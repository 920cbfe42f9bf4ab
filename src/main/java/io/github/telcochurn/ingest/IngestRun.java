package io.github.telcochurn.ingest;

/** One ingest of one file, which can be asked to stop between two chunks. */
public final class IngestRun {
    private final String runId;
    private final CsvFile file;
    private final CsvPosition from;
    private final int chunkSize;
    private final long limit;
    private volatile boolean stopRequested;

    /**
     * An ingest that has not begun.
     *
     * @param runId goes with every message as a header
     * @param from the first row to ingest
     * @param chunkSize rows per transaction, 1 or more
     * @param limit the most rows to ingest
     */
    public IngestRun(String runId, CsvFile file, CsvPosition from, int chunkSize, long limit) {
        this.runId = runId;
        this.file = file;
        this.from = from;
        this.chunkSize = chunkSize;
        this.limit = limit;
    }

    public String runId() {
        return runId;
    }

    public CsvFile file() {
        return file;
    }

    /** The file's rows, read as they are asked for; they end early after {@link #requestStop}. */
    public CsvChunks chunks() {
        return file.chunks(from, chunkSize, limit, () -> stopRequested);
    }

    /** Lets the chunk that is under way be the last one. */
    public void requestStop() {
        stopRequested = true;
    }
}
