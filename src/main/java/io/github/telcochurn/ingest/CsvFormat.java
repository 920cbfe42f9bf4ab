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
 * How one file is written: what its first bytes show, and for the rest what the schema says.
 *
 * @param isPacked whether it is compressed with gzip
 * @param delimiter between fields
 */
record CsvFormat(boolean isPacked, TextEncoding encoding, char delimiter) {
    private static final int BUFFER = 1 << 16;
    /** Enough for every magic number and mark. */
    private static final int START = 8;

    /**
     * Looks at a file.
     *
     * @throws io.github.telcochurn.ChurnFailure when it is not CSV, with what to do about it
     */
    static CsvFormat of(Path path, CsvDialect dialect) throws IOException {
        byte[] start = start(Files.newInputStream(path));
        boolean isPacked = isPacked(start);
        byte[] text = isPacked ? start(text(path)) : start;
        TextEncoding encoding = TextEncoding.of(text, dialect.encoding());
        FileFormat.refuse(path, text, encoding);
        return new CsvFormat(isPacked, encoding, dialect.delimiter());
    }

    private static byte[] start(InputStream in) throws IOException {
        try (in) {
            return in.readNBytes(START);
        }
    }

    private static boolean isPacked(byte[] start) {
        return start.length > 1 && start[0] == (byte) 0x1f && start[1] == (byte) 0x8b;
    }

    /** A file's text as bytes, unpacked where it is compressed with gzip. */
    static InputStream text(Path path) throws IOException {
        InputStream content = new BufferedInputStream(Files.newInputStream(path), BUFFER);
        try {
            content.mark(START);
            boolean isPacked = isPacked(content.readNBytes(START));
            content.reset();
            return isPacked ? new GZIPInputStream(content, BUFFER) : content;
        } catch (IOException e) {
            content.close();
            throw e;
        }
    }

    /**
     * The lines of the file's content.
     *
     * @param content all of it, as it stands on the disk
     * @param offset in the text that is to be skipped
     */
    LineReader lines(InputStream content, long offset) throws IOException {
        InputStream text = isPacked ? new GZIPInputStream(content, BUFFER) : content;
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

    /** For rows that are read line by line. */
    CSVFormat ofParser() {
        return CSVFormat.DEFAULT.builder().setDelimiter(delimiter).get();
    }
}
