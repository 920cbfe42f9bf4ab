package io.github.telcochurn.ingest;

import io.github.telcochurn.ChurnFailure;
import io.github.telcochurn.customer.CsvDialect;
import io.github.telcochurn.customer.DecimalNotation;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Detects the dialect of a CSV file: the encoding from the whole file, the rest from its first rows. */
public final class DialectGuess {
    /** Texts that programs write for "no value" among numbers. */
    private static final Set<String> WORDS_FOR_BLANK = Set.of(
            "NA", "N/A", "n/a", "na", "#N/A", "NULL", "null", "Null", "(null)", "\\N", "None", "none", "NONE", "NaN",
            "nan", "nil", "-", "--", "?", ".", "missing", "MISSING");

    private static final int ROWS_FOR_DELIMITER = 200;
    private static final int MAX_ROWS = 5000;
    private static final int MAX_CELLS = 500_000;
    /** The share of rows that must have as many fields as the header with a delimiter. */
    private static final double NEARLY_ALL = 0.8;

    private DialectGuess() {}

    /**
     * Detects the dialect of a file.
     *
     * @throws NotARegularFile when it cannot be read more than once
     * @throws ChurnFailure when the file is missing, empty, unreadable, or not CSV
     */
    public static CsvDialect of(Path path) {
        NotARegularFile.refuse(path);
        CsvDialect dialect = withDelimiter(path, encoding(path));
        CsvTable table = CsvTable.open(path, dialect);
        List<List<String>> rows = table.first(
                Math.max(1, Math.min(MAX_ROWS, MAX_CELLS / table.header().size())));
        DecimalNotation numbers = NotationGuess.of(columns(rows, table.header().size()));
        return new CsvDialect(
                dialect.delimiter(),
                dialect.encoding(),
                numbers,
                blanks(columns(rows, table.header().size()), numbers),
                rows.stream().flatMap(List::stream).anyMatch(DialectGuess::isPadded));
    }

    private static Charset encoding(Path path) {
        try {
            return EncodingGuess.of(path);
        } catch (NoSuchFileException e) {
            throw new ChurnFailure("No file at " + path + ".", e);
        } catch (IOException e) {
            throw new ChurnFailure(path + " cannot be read: " + ChurnFailure.reason(e) + ".", e);
        }
    }

    /** The dialect with the delimiter with which nearly all rows have as many fields as the header; of several, the most fields. */
    private static CsvDialect withDelimiter(Path path, Charset encoding) {
        CsvDialect best = dialect(Separator.COMMA, encoding);
        int maxFields = 1;
        for (Separator separator : Separator.values()) {
            CsvDialect dialect = dialect(separator, encoding);
            int fields = fields(path, dialect);
            if (fields > maxFields) {
                best = dialect;
                maxFields = fields;
            }
        }
        return best;
    }

    private static CsvDialect dialect(Separator separator, Charset encoding) {
        return new CsvDialect(separator.character(), encoding, DecimalNotation.PLAIN, List.of(), false);
    }

    /** How many fields a row has; 1 when rows differ. */
    private static int fields(Path path, CsvDialect dialect) {
        try {
            CsvTable table = CsvTable.open(path, dialect);
            int rows = table.first(ROWS_FOR_DELIMITER).size();
            boolean areRegular = rows >= NEARLY_ALL * (rows + table.brokenRows());
            return areRegular ? table.header().size() : 1;
        } catch (CsvTable.NoHeader e) {
            return 1;
        }
    }

    /** The values of each column that are not blank, without the blanks around them. */
    private static List<List<String>> columns(List<List<String>> rows, int count) {
        List<List<String>> columns = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int column = i;
            columns.add(rows.stream()
                    .map(row -> row.get(column).strip())
                    .filter(value -> !value.isEmpty())
                    .toList());
        }
        return columns;
    }

    /** The texts that mean "no value" in columns that otherwise have only numbers. */
    private static List<String> blanks(List<List<String>> columns, DecimalNotation numbers) {
        Set<String> blanks = new LinkedHashSet<>();
        for (List<String> column : columns) {
            List<String> others = column.stream()
                    .filter(value -> numbers.plain(value) == null)
                    .distinct()
                    .toList();
            if (others.size() < column.size() && others.stream().allMatch(DialectGuess::isWordForBlank)) {
                blanks.addAll(others);
            }
        }
        return List.copyOf(blanks);
    }

    /** Whether a text among numbers means "no value". */
    public static boolean isWordForBlank(String text) {
        return WORDS_FOR_BLANK.contains(text);
    }

    private static boolean isPadded(String value) {
        return !value.isBlank() && !value.equals(value.strip());
    }
}
