package io.github.telcochurn.ingest;

/**
 * One ingest of one file.
 *
 * @param runId goes with every message as a header
 * @param from the first row to ingest
 * @param chunkSize rows per transaction, 1 or more
 * @param limit the most rows to ingest
 */
public record IngestRun(String runId, CsvFile file, CsvPosition from, int chunkSize, long limit) {
    /** The file's rows, read as they are asked for. */
    public CsvChunks chunks() {
        return file.chunks(from, chunkSize, limit);
    }
}
