package io.github.telcochurn.schemadraft;

import io.github.telcochurn.ChurnFailure;
import io.github.telcochurn.customer.CsvDialect;
import io.github.telcochurn.ingest.CsvTable;
import io.github.telcochurn.ingest.DialectGuess;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.DoubleConsumer;

/**
 * The contents of a CSV file, column by column.
 *
 * @param rows how many rows could be read
 * @param brokenRows how many rows could not
 */
record FileProfile(
        Path file, CsvDialect dialect, List<ColumnProfile> columns, BlankPattern blanks, long rows, long brokenRows) {
    /** For all columns together: a quarter of a gigabyte. */
    private static final long MAX_HASHES = 32_000_000;
    /** A value of the data occurs again; a column name occurs once, or once more when two files were joined. */
    private static final int MIN_REPEATS = 2;

    private static final double SHARE_OF_A_HEADER = 0.2;

    /**
     * Reads a file once.
     *
     * @param progress receives the share that has been read, 0 to 1
     * @throws ChurnFailure when there is nothing to learn from it
     */
    static FileProfile of(Path file, CsvTable table, CsvDialect dialect, DoubleConsumer progress) {
        List<String> header = table.header();
        DistinctValues.Budget budget = new DistinctValues.Budget(MAX_HASHES);
        List<ColumnProfile> columns = new ArrayList<>();
        for (String name : header) {
            columns.add(new ColumnProfile(columns.size(), new ColumnName(name.strip()), dialect, budget));
        }
        Reader reader = new Reader(columns, new Blanks(dialect));
        table.forEach(reader::add, progress);
        FileProfile profile =
                new FileProfile(file, dialect, List.copyOf(columns), reader.blanks, reader.rows, table.brokenRows());
        profile.requireRows();
        profile.requireHeader();
        return profile;
    }

    /** The dialect, extended by what later rows show: words for blank among numbers, and blanks around values. */
    CsvDialect dialectOfAllRows() {
        Set<String> blank = new LinkedHashSet<>(dialect.blank());
        columns.stream()
                .filter(column ->
                        column.numbers() > 0 && column.texts().stream().allMatch(DialectGuess::isWordForBlank))
                .forEach(column -> blank.addAll(column.texts()));
        return new CsvDialect(
                dialect.delimiter(),
                dialect.encoding(),
                dialect.numbers(),
                List.copyOf(blank),
                dialect.isTrimmed() || columns.stream().anyMatch(ColumnProfile::isPadded));
    }

    private static final class Reader {
        private final List<ColumnProfile> columns;
        private final Blanks words;
        private final BlankPattern blanks;
        private final String[] values;
        private long rows;

        Reader(List<ColumnProfile> columns, Blanks words) {
            this.columns = columns;
            this.words = words;
            this.blanks = new BlankPattern(columns);
            this.values = new String[columns.size()];
        }

        void add(List<String> row) {
            for (int i = 0; i < values.length; i++) {
                values[i] = words.value(row.get(i));
                columns.get(i).add(values[i]);
            }
            blanks.add(values);
            rows++;
        }
    }

    private void requireRows() {
        if (rows == 0) {
            throw new ChurnFailure(file
                    + (brokenRows == 0
                            ? " has a header but no rows, so nothing can be inferred. Give --input a file with customers."
                            : String.format(
                                    Locale.ROOT,
                                    " has no row that can be read: all %,d are broken. Check its quotes and its delimiter.",
                                    brokenRows)));
        }
    }

    /** Column names are not numbers, and do not occur again as values of their own column. */
    private void requireHeader() {
        List<String> data = columns.stream()
                .filter(FileProfile::isNamedByData)
                .map(column -> column.name().text())
                .toList();
        if (data.size() >= Math.max(2, SHARE_OF_A_HEADER * columns.size()) || data.size() == columns.size()) {
            throw new ChurnFailure(file + " has no header: its first line looks like a row of data (\""
                    + String.join("\", \"", data.subList(0, Math.min(3, data.size())))
                    + "\"). Add a first line with the names of the columns.");
        }
    }

    private static boolean isNamedByData(ColumnProfile column) {
        ColumnProfile.Value again = column.values().get(column.name().text());
        boolean isNumberOverNumbers = column.isNumeric()
                && !column.name().text().isEmpty()
                && Cell.of(column.name().text(), column.dialect()).isNumber();
        return isNumberOverNumbers || (again != null && again.count() >= MIN_REPEATS);
    }
}
