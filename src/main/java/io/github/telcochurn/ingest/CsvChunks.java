package io.github.telcochurn.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.BooleanSupplier;

/** The rows of a file in chunks, read when they are asked for. Closes the file at its end. */
public final class CsvChunks implements Iterator<CsvChunk>, Closeable {
    private final CsvRows rows;
    private final int chunkSize;
    private final BooleanSupplier stop;
    private long left;
    private CsvRow ahead;

    CsvChunks(CsvRows rows, int chunkSize, long limit, BooleanSupplier stop) {
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
                text.append(new String(ahead.bytes(), UTF_8)).append('\n');
            }
            ahead = chunk.size() < chunkSize ? read() : null;
        }
        return new CsvChunk(chunk, text.toString(), rows.position());
    }

    private CsvRow read() {
        try {
            CsvRow row = left > 0 ? rows.next() : null;
            if (row == null) {
                rows.close();
                left = 0;
            }
            left--;
            return row;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        rows.close();
    }
}
