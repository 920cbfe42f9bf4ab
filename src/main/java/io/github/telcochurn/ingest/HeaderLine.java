package io.github.telcochurn.ingest;

import io.github.telcochurn.ChurnFailure;
import io.github.telcochurn.customer.CsvDialect;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.csv.CSVParser;

/**
 * The first line of a CSV file.
 *
 * @param format of the file
 * @param text without the byte order mark
 * @param firstRow where the rows begin
 */
record HeaderLine(CsvFormat format, String text, CsvPosition firstRow) {
    /**
     * Reads a file's first line.
     *
     * @throws ChurnFailure when the file is empty, or has a format that is not supported
     */
    static HeaderLine read(Path path, CsvDialect dialect) throws IOException {
        CsvFormat format = CsvFormat.of(path, dialect);
        try (LineReader lines = format.lines(Files.newInputStream(path), 0)) {
            LineReader.Line first = lines.next();
            if (first == null) {
                throw new ChurnFailure(path + " is empty: it does not even have a header.");
            }
            return new HeaderLine(
                    format, format.headerText(first.bytes()), new CsvPosition(1, 2, first.lengthInFile()));
        }
    }

    /**
     * The names in it, without the blanks around them.
     *
     * @throws IOException when it is not CSV
     */
    List<String> names() throws IOException {
        try (CSVParser parser = CSVParser.parse(text, format.ofParser())) {
            List<String> names = new ArrayList<>();
            parser.forEach(record -> record.forEach(name -> names.add(name.strip())));
            return List.copyOf(names);
        } catch (IllegalStateException | UncheckedIOException e) {
            throw new IOException(e.getMessage(), e);
        }
    }
}
