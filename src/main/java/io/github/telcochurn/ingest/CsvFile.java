package io.github.telcochurn.ingest;

import io.github.telcochurn.ChurnFailure;
import io.github.telcochurn.customer.Customer;
import io.github.telcochurn.customer.CustomerSchema;
import io.github.telcochurn.customer.CustomerValidator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.function.BooleanSupplier;
import java.util.function.ObjLongConsumer;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * A CSV file of customers whose header was read.
 *
 * @param sha256 of its content, lower-case hex; null when the content has not been read yet
 * @param stamp shows whether the file was changed
 * @param format how its rows are written
 * @param firstRow where the rows begin
 */
public record CsvFile(
        Path path,
        String sha256,
        CheckedContent.Stamp stamp,
        CsvFormat format,
        CsvHeader header,
        CsvPosition firstRow) {

    /**
     * Reads a file's header and hash, for callers that need the hash before the rows.
     *
     * @throws NotARegularFile when it cannot be read more than once
     * @throws ChurnFailure when the file is missing, empty, unreadable, or not a CSV file of customers
     */
    public static CsvFile open(Path path, CustomerSchema schema) {
        CsvFile file = unread(path, schema);
        try {
            return file.withSha256(CheckedContent.sha256(path));
        } catch (IOException e) {
            throw unreadable(path, e);
        }
    }

    /**
     * Reads a whole file once: its header, its rows in order, and its hash.
     *
     * @param each receives the result of the row's validation, and the line on which the row begins
     * @throws NotARegularFile when it cannot be read more than once
     * @throws ChurnFailure when the file is missing, empty, unreadable, or not a CSV file of customers
     * @throws FileChanged when it was changed meanwhile
     */
    public static CsvFile read(Path path, CustomerValidator validator, ObjLongConsumer<Customer.Validated> each) {
        CsvFile file = unread(path, validator.schema());
        return file.withSha256(file.forEachRow(validator, each));
    }

    /**
     * Reads only a file's header, to check that the file exists and can be read.
     *
     * @throws NotARegularFile when it cannot be read more than once
     * @throws ChurnFailure when the file is missing, empty, unreadable, or not a CSV file of customers
     */
    public static CsvFile unread(Path path, CustomerSchema schema) {
        NotARegularFile.refuse(path);
        try {
            CheckedContent.Stamp stamp = CheckedContent.Stamp.of(path);
            HeaderLine first = HeaderLine.read(path, schema.csv());
            CsvHeader header = CsvHeader.parse(path, first, schema);
            return new CsvFile(path, null, stamp, first.format(), header, first.firstRow());
        } catch (NoSuchFileException e) {
            throw new ChurnFailure("No file at " + path + ".", e);
        } catch (IOException e) {
            throw unreadable(path, e);
        }
    }

    private static ChurnFailure unreadable(Path path, IOException e) {
        return new ChurnFailure(path + " cannot be read: " + e.getMessage(), e);
    }

    /** The same file, with the hash of its content. */
    CsvFile withSha256(String found) {
        return new CsvFile(path, found, stamp, format, header, firstRow);
    }

    TextEncoding encoding() {
        return format.encoding();
    }

    /** The size of the whole file. */
    public long sizeBytes() {
        return stamp.sizeBytes();
    }

    /** The name without folders. */
    public String name() {
        return path.getFileName().toString();
    }

    /**
     * Reads the rows lazily, so that memory does not grow with the file.
     *
     * @param from the first row to read
     * @param chunkSize the maximum number of rows in a chunk
     * @param limit the maximum number of rows in total
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
            CheckedContent content = new CheckedContent(this);
            LineReader lines = format.lines(content, from.byteOffset());
            CsvRows rows = new CsvRows(lines, format.encoding(), format.delimiter(), header.size(), from);
            return new CsvChunks(this, content, rows, chunkSize, limit, stop);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Parses and validates every row, in the file's order.
     *
     * @param each receives the result of the row's validation, and the line on which the row begins
     * @return the hash of what was read, lower-case hex
     * @throws FileChanged when the file was changed since it was opened
     */
    public String forEachRow(CustomerValidator validator, ObjLongConsumer<Customer.Validated> each) {
        try (CsvChunks chunks = chunks(firstRow, 10_000, Long.MAX_VALUE)) {
            while (chunks.hasNext()) {
                CsvChunk chunk = chunks.next();
                try (CSVParser parser = CSVParser.parse(chunk.text(), format.ofParser())) {
                    Iterator<CSVRecord> parsed = parser.iterator();
                    for (CsvRow row : chunk.rows()) {
                        Customer.Validated read = row.isBroken()
                                ? Customer.Validated.brokenRow(row.problem())
                                : header.read(parsed.next().toList(), validator);
                        each.accept(read, row.line());
                    }
                }
            }
            return chunks.sha256();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
