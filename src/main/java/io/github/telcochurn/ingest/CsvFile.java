package io.github.telcochurn.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.telcochurn.ChurnFailure;
import io.github.telcochurn.customer.Customer;
import io.github.telcochurn.customer.CustomerValidator;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;

/**
 * A CSV file of customers whose header was read.
 *
 * @param sha256 of its content, lower-case hex
 * @param sizeBytes of the whole file
 * @param firstRow where the rows begin
 */
public record CsvFile(Path path, String sha256, long sizeBytes, CsvHeader header, CsvPosition firstRow) {
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    /**
     * Reads a file's header and hash.
     *
     * @throws ChurnFailure when the file is missing, empty, unreadable, or not a CSV file of customers
     */
    public static CsvFile open(Path path) {
        try (LineReader lines = new LineReader(Files.newInputStream(path))) {
            LineReader.Line first = lines.next();
            if (first == null) {
                throw new ChurnFailure(path + " is empty: there is not even a header.");
            }
            String text = new String(first.bytes(), UTF_8);
            CsvHeader header = CsvHeader.parse(path, text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text);
            return new CsvFile(
                    path, sha256(path), Files.size(path), header, new CsvPosition(1, 2, first.lengthInFile()));
        } catch (NoSuchFileException e) {
            throw new ChurnFailure("No file at " + path + ".", e);
        } catch (IOException e) {
            throw new ChurnFailure(path + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** The name without folders. */
    public String name() {
        return path.getFileName().toString();
    }

    private static String sha256(Path path) throws IOException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(path), 1 << 16)) {
            return DigestUtils.sha256Hex(in);
        }
    }

    /**
     * Reads the rows lazily, so that memory does not grow with the file.
     *
     * @param from the first row to read
     * @param chunkSize the most rows of a chunk
     * @param limit the most rows of all
     */
    public CsvChunks chunks(CsvPosition from, int chunkSize, long limit) {
        return chunks(from, chunkSize, limit, () -> false);
    }

    /**
     * As {@link #chunks(CsvPosition, int, long)}, until told to stop.
     *
     * @param stop asked before each chunk
     */
    CsvChunks chunks(CsvPosition from, int chunkSize, long limit, BooleanSupplier stop) {
        try {
            InputStream in = Files.newInputStream(path);
            in.skipNBytes(from.byteOffset());
            return new CsvChunks(new CsvRows(new LineReader(in), header.size(), from), chunkSize, limit, stop);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Parses and validates every row that can be taken apart, in the file's order.
     *
     * @param each is given what validation says of the row
     * @return how many rows there are that cannot be taken apart
     */
    public long forEachRow(CustomerValidator validator, Consumer<Customer.Validated> each) {
        try (CsvChunks chunks = chunks(firstRow, 10_000, Long.MAX_VALUE)) {
            long broken = 0;
            while (chunks.hasNext()) {
                CsvChunk chunk = chunks.next();
                broken += chunk.rows().stream().filter(CsvRow::isBroken).count();
                try (CSVParser rows = CSVParser.parse(chunk.text(), CSVFormat.DEFAULT)) {
                    rows.forEach(row -> each.accept(header.read(row.toList(), validator)));
                }
            }
            return broken;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
