package io.github.telcochurn.ingest;

import io.github.telcochurn.config.ChurnConfig;

/**
 * The maximum pace of batch ingest: a number of chunks in each period of about a fifth of a second, so that the rows come evenly.
 *
 * @param chunkRows the rows of a chunk, which is one transaction
 * @param chunksPerPeriod at least one
 * @param periodMs at least one
 */
public record IngestPace(int chunkRows, int chunksPerPeriod, long periodMs) {
    private static final int PERIODS_PER_SECOND = 5;
    /** Chunks in a millisecond when there is no limit: more than can arrive. */
    private static final int UNLIMITED_CHUNKS = 1000;

    /**
     * The configured pace, exact to the millisecond of its period.
     *
     * @param batch its batch size is the maximum of a chunk
     */
    public static IngestPace of(ChurnConfig.Batch batch) {
        int batchSize = batch.batchSize();
        int maxRowsPerSecond = batch.maxRowsPerSecond();
        if (maxRowsPerSecond == 0) {
            return new IngestPace(batchSize, UNLIMITED_CHUNKS, 1);
        }
        int rowsPerPeriod = Math.max(1, maxRowsPerSecond / PERIODS_PER_SECOND);
        int chunks = (rowsPerPeriod + batchSize - 1) / batchSize;
        int chunkRows = rowsPerPeriod / chunks;
        long periodMs = Math.max(1, Math.round(1000.0 * chunkRows * chunks / maxRowsPerSecond));
        return new IngestPace(chunkRows, chunks, periodMs);
    }
}
