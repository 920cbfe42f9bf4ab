package io.github.telcochurn.schemadraft;

import io.github.telcochurn.ChurnFailure;
import io.github.telcochurn.customer.CsvDialect;
import io.github.telcochurn.ingest.CsvTable;
import io.github.telcochurn.ingest.DialectGuess;
import java.nio.file.Path;
import java.util.List;
import java.util.function.DoubleConsumer;

/** A draft of a schema file from a CSV file. */
public final class InferredSchema {
    private static final int MAX_NAME_LENGTH = 60;
    /** The share of the work that the first reading takes. */
    private static final double PROFILED = 0.5;

    private final Draft draft;

    private InferredSchema(Draft draft) {
        this.draft = draft;
    }

    /**
     * Reads a file twice, in memory that does not grow with it: first for its columns, then for the relations between
     * them. When later rows have another dialect than the first ones, it is read once more.
     *
     * @param progress receives the share of the work that is done, 0 to 1
     * @throws WrongOption when an option names a missing or unsuitable column, or must be given
     * @throws ChurnFailure when there is nothing to learn from the file
     */
    public static InferredSchema of(Path csv, InferenceOptions options, DoubleConsumer progress) {
        CsvDialect dialect = DialectGuess.of(csv);
        CsvTable table = CsvTable.open(csv, dialect);
        FileProfile file = FileProfile.of(csv, table, dialect, done -> progress.accept(done * PROFILED));
        CsvDialect ofAllRows = file.dialectOfAllRows();
        if (!ofAllRows.equals(dialect)) {
            file = FileProfile.of(csv, table, ofAllRows, done -> progress.accept(PROFILED));
        }
        Roles roles = Roles.of(file, options);
        Sample sample =
                Sample.of(table, file, roles.label(), done -> progress.accept(PROFILED + done * (1 - PROFILED)));
        String name = options.name() == null ? nameOf(csv) : options.name();
        return new InferredSchema(Draft.of(name, file, roles, sample));
    }

    /** The file's name, reduced to the characters that a schema's name may have. */
    private static String nameOf(Path csv) {
        String file = csv.getFileName().toString().replaceFirst("(?i)(\\.(csv|tsv|txt|gz))+$", "");
        String name = file.replaceAll("[^A-Za-z0-9_-]+", "-").replaceAll("^-+|-+$", "");
        return name.isEmpty() ? "customers" : name.substring(0, Math.min(MAX_NAME_LENGTH, name.length()));
    }

    /** The schema file's text. */
    public String yaml() {
        return SchemaYaml.of(draft);
    }

    /** The columns that the schema does not list, in the file's order. */
    public List<LeftOut> leftOut() {
        return draft.leftOut();
    }

    /** What cannot be known from the file, in sentences. */
    public List<String> notes() {
        return draft.notes();
    }

    /** The name of the schema. */
    public String name() {
        return draft.name();
    }

    /** The name of the id's column. */
    public String id() {
        return draft.roles().id().name().text();
    }

    /** The name of the label's column; null when there is none. */
    public String label() {
        return draft.roles().label() == null
                ? null
                : draft.roles().label().column().name().text();
    }

    /** The names of the columns that the schema lists, in the file's order. */
    public List<String> columns() {
        return draft.columns().stream().map(DraftColumn::name).toList();
    }

    /** How many rows the file has that could be read. */
    public long rows() {
        return draft.file().rows();
    }
}
