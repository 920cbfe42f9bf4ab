package io.github.telcochurn.ingest;

import java.util.List;

/**
 * The rows of one transaction.
 *
 * @param rows of the file, in its order
 * @param text the rows that are not broken, as CSV without a header; the parser finds exactly these rows in it
 * @param next where the following chunk begins
 */
public record CsvChunk(List<CsvRow> rows, String text, CsvPosition next) {
    public CsvChunk {
        rows = List.copyOf(rows);
    }

    /** How many rows of the file this is, including broken ones. */
    public int size() {
        return rows.size();
    }
}
