package io.github.telcochurn.ingest;

import java.util.List;

/**
 * The rows that travel in one transaction.
 *
 * @param rows of the file, in its order
 * @param text those of them that are not broken, as CSV without a header: the parser's rows are these, one to one
 * @param next where the following chunk begins
 */
public record CsvChunk(List<CsvRow> rows, String text, CsvPosition next) {
    public CsvChunk {
        rows = List.copyOf(rows);
    }

    /** How many rows of the file this is, broken ones counted. */
    public int size() {
        return rows.size();
    }
}
