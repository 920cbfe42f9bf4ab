package io.github.telcochurn.ingest;

import io.github.telcochurn.config.ChurnConfig;

/**
 * How fast batch ingest may be: so many chunks in each period, which is about a fifth of a second, so that the rows come evenly.
 *
 * @param chunkRows rows of a chunk, which is one transaction
 * @param chunksPerPeriod at least one
 * @param periodMs at least one
 */
public record IngestPace(int chunkRows, int chunksPerPeriod, long periodMs) {
    private static final int PERIODS_PER_SECOND = 5;
    /** In a millisecond, where there is no bound. */
    private static final int MORE_THAN_COME = 1000;

    /**
     * The configured pace, exact to the millisecond of its period.
     *
     * @param batch whose batch size is the most that a chunk has
     */
    public static IngestPace of(ChurnConfig.Batch batch) {
        int batchSize = batch.batchSize();
        int maxRowsPerSecond = batch.maxRowsPerSecond();
        if (maxRowsPerSecond == 0) {
            return new IngestPace(batchSize, MORE_THAN_COME, 1);
        }
        int rowsPerPeriod = Math.max(1, maxRowsPerSecond / PERIODS_PER_SECOND);
        int chunks = (rowsPerPeriod + batchSize - 1) / batchSize;
        int chunkRows = rowsPerPeriod / chunks;
        long periodMs = Math.max(1, Math.round(1000.0 * chunkRows * chunks / maxRowsPerSecond));
        return new IngestPace(chunkRows, chunks, periodMs);
    }
}
