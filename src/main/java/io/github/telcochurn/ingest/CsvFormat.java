package io.github.telcochurn.ingest;

import io.github.telcochurn.customer.CsvDialect;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import org.apache.commons.csv.CSVFormat;

/**
 * The format of one file, from its first bytes and, where they do not show it, from the schema.
 *
 * @param isCompressed whether it is compressed with gzip
 * @param delimiter between fields
 */
record CsvFormat(boolean isCompressed, TextEncoding encoding, char delimiter) {
    private static final int BUFFER = 1 << 16;
    /** Enough for every magic number and mark. */
    private static final int START = 8;

    /**
     * Finds the format of a file.
     *
     * @throws io.github.telcochurn.ChurnFailure when it is not CSV, with what to do about it
     */
    static CsvFormat of(Path path, CsvDialect dialect) throws IOException {
        byte[] start = start(Files.newInputStream(path));
        boolean isCompressed = isCompressed(start);
        byte[] text = isCompressed ? start(text(path)) : start;
        TextEncoding encoding = TextEncoding.of(text, dialect.encoding());
        FileFormat.refuse(path, text, encoding);
        return new CsvFormat(isCompressed, encoding, dialect.delimiter());
    }

    private static byte[] start(InputStream in) throws IOException {
        try (in) {
            return in.readNBytes(START);
        }
    }

    private static boolean isCompressed(byte[] start) {
        return start.length > 1 && start[0] == (byte) 0x1f && start[1] == (byte) 0x8b;
    }

    /** A file's text as bytes, decompressed when it is compressed with gzip. */
    static InputStream text(Path path) throws IOException {
        InputStream content = new BufferedInputStream(Files.newInputStream(path), BUFFER);
        try {
            content.mark(START);
            boolean isCompressed = isCompressed(content.readNBytes(START));
            content.reset();
            return isCompressed ? new GZIPInputStream(content, BUFFER) : content;
        } catch (IOException e) {
            content.close();
            throw e;
        }
    }

    /**
     * The lines of the file's content.
     *
     * @param content all of it, as on the disk
     * @param offset how many bytes of the text to skip
     */
    LineReader lines(InputStream content, long offset) throws IOException {
        InputStream text = isCompressed ? new GZIPInputStream(content, BUFFER) : content;
        try {
            text.skipNBytes(offset);
        } catch (EOFException e) {
            // The file was replaced meanwhile; the hash at the end will show it.
        }
        return new LineReader(text, encoding);
    }

    /** The text of the file's first line, without the byte order mark. */
    String headerText(byte[] firstLine) {
        String text = encoding.text(firstLine);
        return encoding.markBytes() > 0 && text.startsWith("\uFEFF") ? text.substring(1) : text;
    }

    /** The format of the CSV parser, for rows that are read line by line. */
    CSVFormat ofParser() {
        return CSVFormat.DEFAULT.builder().setDelimiter(delimiter).get();
    }
}
