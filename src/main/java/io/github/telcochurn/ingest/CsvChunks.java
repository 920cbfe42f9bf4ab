package io.github.telcochurn.ingest;

import io.github.telcochurn.ChurnFailure;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.BooleanSupplier;
import java.util.zip.ZipException;

/** The rows of a file in chunks, read on demand. Closes the file at its end. */
public final class CsvChunks implements Iterator<CsvChunk>, Closeable {
    private final CheckedContent content;
    private final CsvRows rows;
    private final CsvFile file;
    private final int chunkSize;
    private final BooleanSupplier stop;
    private long left;
    private CsvRow ahead;
    private boolean ended;
    private String sha256;

    /**
     * The chunks of a file.
     *
     * @param content what the rows are read from
     */
    CsvChunks(CsvFile file, CheckedContent content, CsvRows rows, int chunkSize, long limit, BooleanSupplier stop) {
        this.file = file;
        this.content = content;
        this.rows = rows;
        this.chunkSize = chunkSize;
        this.left = limit;
        this.stop = stop;
    }

    @Override
    public boolean hasNext() {
        if (ahead == null) {
            ahead = read();
        }
        return ahead != null && !stop.getAsBoolean();
    }

    /**
     * The next rows.
     *
     * @throws FileChanged when the file has changed since it was opened
     */
    @Override
    public CsvChunk next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        List<CsvRow> chunk = new ArrayList<>(chunkSize);
        StringBuilder text = new StringBuilder();
        while (ahead != null) {
            chunk.add(ahead);
            if (!ahead.isBroken()) {
                text.append(file.encoding().text(ahead.bytes())).append('\n');
            }
            ahead = chunk.size() < chunkSize ? read() : null;
        }
        requireUnchanged();
        return new CsvChunk(chunk, text.toString(), rows.position());
    }

    private void requireUnchanged() {
        boolean wasLast = ended;
        // After a failure, the iteration has no more elements.
        ended = true;
        try {
            content.requireUnchanged(rowsRead());
            ended = wasLast;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private long rowsRead() {
        return rows.position().row() - 1;
    }

    private CsvRow read() {
        if (ended) {
            return null;
        }
        try {
            CsvRow row = left-- > 0 ? rows.next() : null;
            if (row == null) {
                ended = true;
                sha256 = content.requireSame(rowsRead());
                rows.close();
            }
            return row;
        } catch (EOFException | ZipException e) {
            ended = true;
            throw new ChurnFailure(
                    file.path() + " is damaged or was cut off: after " + rowsRead() + " rows it can no longer be"
                            + " decompressed (" + e.getMessage() + "). Get the file again.",
                    e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The hash of the file as it was read, lower-case hex; null before the end. */
    String sha256() {
        return sha256;
    }

    @Override
    public void close() throws IOException {
        rows.close();
    }
}
