package io.github.telcochurn.ingest;

import io.github.telcochurn.ChurnFailure;
import io.github.telcochurn.customer.CsvDialect;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.DoubleConsumer;
import java.util.zip.ZipException;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** The fields of a CSV file without a schema: whatever columns it has, as they are. */
public final class CsvTable {
    /** How many rows are parsed at once, and at most how many bytes. */
    private static final int CHUNK_ROWS = 2000;

    private static final int CHUNK_BYTES = 1 << 22;

    private final Path path;
    private final CsvFormat format;
    private final List<String> header;
    private final CsvPosition firstRow;
    private long brokenRows;

    /** The first line does not consist of fields between these delimiters. */
    static final class NoHeader extends ChurnFailure {
        NoHeader(Path path, Exception cause) {
            super(path + " is not a CSV file: its first line is not a CSV header.", cause);
        }
    }

    private CsvTable(Path path, CsvFormat format, List<String> header, CsvPosition firstRow) {
        this.path = path;
        this.format = format;
        this.header = header;
        this.firstRow = firstRow;
    }

    /**
     * Reads a file's header.
     *
     * @throws NotARegularFile when it cannot be read more than once
     * @throws ChurnFailure when the file is missing, empty, unreadable, or not CSV
     */
    public static CsvTable open(Path path, CsvDialect dialect) {
        NotARegularFile.refuse(path);
        try {
            HeaderLine first = HeaderLine.read(path, dialect);
            return new CsvTable(path, first.format(), header(path, first), first.firstRow());
        } catch (NoSuchFileException e) {
            throw new ChurnFailure("No file at " + path + ".", e);
        } catch (IOException e) {
            throw new ChurnFailure(path + " cannot be read: " + ChurnFailure.reason(e) + ".", e);
        }
    }

    private static List<String> header(Path path, HeaderLine line) {
        List<String> names;
        try {
            names = line.names();
        } catch (IOException e) {
            throw new NoHeader(path, e);
        }
        if (names.isEmpty()) {
            throw new ChurnFailure(
                    path + " has no header: its first line is empty. Remove the empty lines at its start.");
        }
        return names;
    }

    /** The names of the columns, without the blanks around them. */
    public List<String> header() {
        return header;
    }

    /**
     * Reads all rows from the first one; may be called again.
     *
     * @param row receives the fields of each row, as many as the header has
     * @param fractionDone receives the share of the file that has been read, 0 to 1
     * @throws ChurnFailure when the file is damaged or cannot be read
     */
    public void forEach(Consumer<List<String>> row, DoubleConsumer fractionDone) {
        read(row, fractionDone, Long.MAX_VALUE);
        fractionDone.accept(1);
    }

    /** The first rows that can be read. */
    List<List<String>> first(int max) {
        List<List<String>> rows = new ArrayList<>();
        read(rows::add, done -> {}, max);
        return rows;
    }

    private void read(Consumer<List<String>> row, DoubleConsumer fractionDone, long max) {
        brokenRows = 0;
        try (Counted content = new Counted(Files.newInputStream(path))) {
            long size = Math.max(1, Files.size(path));
            CsvRows rows = new CsvRows(
                    format.lines(content, firstRow.byteOffset()),
                    format.encoding(),
                    format.delimiter(),
                    header.size(),
                    firstRow);
            for (long left = max; left > 0; left -= CHUNK_ROWS) {
                String chunk = chunk(rows, (int) Math.min(left, CHUNK_ROWS));
                if (chunk == null) {
                    return;
                }
                parse(chunk, row);
                fractionDone.accept(Math.min(1, content.bytes / (double) size));
            }
        } catch (EOFException | ZipException e) {
            throw new ChurnFailure(
                    path + " is damaged or was cut off: it cannot be decompressed to its end (" + e.getMessage()
                            + "). Get the file again.",
                    e);
        } catch (IOException e) {
            throw new ChurnFailure(path + " cannot be read: " + ChurnFailure.reason(e) + ".", e);
        }
    }

    /** The text of the next rows that are not broken, or null at the end. */
    private String chunk(CsvRows rows, int max) throws IOException {
        StringBuilder text = new StringBuilder();
        CsvRow row = null;
        for (int i = 0; i < max && text.length() < CHUNK_BYTES; i++) {
            row = rows.next();
            if (row == null) {
                return i == 0 ? null : text.toString();
            }
            if (row.isBroken()) {
                brokenRows++;
            } else {
                text.append(format.encoding().text(row.bytes())).append('\n');
            }
        }
        return text.toString();
    }

    private void parse(String chunk, Consumer<List<String>> row) throws IOException {
        try (CSVParser parser = CSVParser.parse(chunk, format.ofParser())) {
            for (CSVRecord parsed : parser) {
                if (parsed.size() == header.size()) {
                    row.accept(parsed.toList());
                } else {
                    brokenRows++;
                }
            }
        }
    }

    /** How many rows the last reading could not read. */
    public long brokenRows() {
        return brokenRows;
    }

    /** Counts the bytes that are read from the disk. */
    private static final class Counted extends FilterInputStream {
        private long bytes;

        Counted(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int read = super.read();
            bytes += read < 0 ? 0 : 1;
            return read;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            int read = super.read(into, offset, length);
            bytes += Math.max(0, read);
            return read;
        }

        @Override
        public long skip(long count) throws IOException {
            long skipped = super.skip(count);
            bytes += skipped;
            return skipped;
        }
    }
}
