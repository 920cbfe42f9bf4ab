package io.github.telcochurn.schemadraft;

import io.github.telcochurn.ChurnFailure;
import io.github.telcochurn.ingest.CsvTable;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.DoubleConsumer;

/**
 * A uniform random sample of the rows of a file, as numbers; all rows of a small file.
 *
 * @param values by column and row: the number of a numeric column, else the index of the value, the last of which means any value
 *     that was not counted separately; NaN when blank
 * @param outcomes by row: 1 for those who left, 0 for those who stayed, -1 for unknown
 */
record Sample(double[][] values, byte[] outcomes) {
    private static final int MAX_ROWS = 100_000;
    private static final long MAX_CELLS = 8_000_000;
    /** Fixed, so that the same file always gives the same draft. */
    private static final long SEED = 20_240_229;

    /**
     * Reads a sample from a file that was profiled.
     *
     * @param label null for none
     * @param progress receives the share that has been read, 0 to 1
     * @throws ChurnFailure when the file was changed meanwhile
     */
    static Sample of(CsvTable table, FileProfile file, LabelColumn label, DoubleConsumer progress) {
        List<ColumnProfile> columns = file.columns();
        long max = Math.max(1, Math.min(MAX_ROWS, MAX_CELLS / columns.size()));
        Reader reader = new Reader(file, label, (int) Math.min(file.rows(), max));
        table.forEach(reader::add, progress);
        if (reader.seen != file.rows()) {
            throw new ChurnFailure(file.file() + " was changed while it was read. Try again when it is complete.");
        }
        return reader.sample;
    }

    int rows() {
        return outcomes.length;
    }

    /** How many of these rows have the outcome. */
    int count(int outcome) {
        int count = 0;
        for (byte found : outcomes) {
            count += found == outcome ? 1 : 0;
        }
        return count;
    }

    private static final class Reader {
        private final List<ColumnProfile> columns;
        private final LabelColumn label;
        private final Blanks blanks;
        private final SplittableRandom random = new SplittableRandom(SEED);
        private final Sample sample;
        private final int size;
        private long seen;

        Reader(FileProfile file, LabelColumn label, int size) {
            this.columns = file.columns();
            this.label = label;
            this.blanks = new Blanks(file.dialect());
            this.size = size;
            this.sample = new Sample(new double[columns.size()][size], new byte[size]);
            Arrays.fill(sample.outcomes, (byte) -1);
        }

        void add(List<String> row) {
            long place = seen < size ? seen : random.nextLong(seen + 1);
            seen++;
            if (place >= size) {
                return;
            }
            int at = (int) place;
            for (ColumnProfile column : columns) {
                String value = blanks.value(row.get(column.position()));
                sample.values[column.position()][at] = value == null ? Double.NaN : number(column, value);
            }
            if (label != null) {
                String text = blanks.value(row.get(label.column().position()));
                sample.outcomes[at] = (byte) (text == null ? -1 : text.equals(label.churned()) ? 1 : 0);
            }
        }

        private static double number(ColumnProfile column, String value) {
            ColumnProfile.Value counted = column.values().get(value);
            if (column.isNumeric()) {
                return counted == null
                        ? Cell.of(value, column.dialect()).number()
                        : counted.cell().number();
            }
            return counted == null ? column.values().size() : counted.index();
        }
    }
}
