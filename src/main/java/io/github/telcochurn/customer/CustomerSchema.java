package io.github.telcochurn.customer;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * The schema of customers: the only place that knows the columns of a telco's data. Read once from a file, and immutable. Safe for
 * use by several threads.
 */
public final class CustomerSchema {
    /** The field of every raw message with the time of the event; no column can have this name. */
    public static final String EVENT_TS = "event_ts";

    private final String name;
    private final String idName;
    private final List<String> idAliases;
    private final ChurnLabel label;
    private final CsvDialect csv;
    private final List<Field> fields;
    private final ReportColumns report;
    private final Map<String, Field> byName = new HashMap<>();
    private final String fingerprint;

    CustomerSchema(
            String name,
            String idName,
            List<String> idAliases,
            ChurnLabel label,
            CsvDialect csv,
            List<Field> fields,
            ReportColumns report) {
        this.name = name;
        this.idName = idName;
        this.idAliases = List.copyOf(idAliases);
        this.label = label;
        this.csv = csv;
        this.fields = List.copyOf(fields);
        this.report = report;
        this.fields.forEach(field -> byName.put(field.name(), field));
        this.fingerprint = DigestUtils.sha256Hex(definitions().toString().getBytes(UTF_8));
    }

    /**
     * Reads a schema file.
     *
     * @throws InvalidSchema with all its problems, each at {@code file(line,column)}
     */
    public static CustomerSchema read(Path file) {
        return SchemaReader.read(file);
    }

    /** The telco's name for it, such as {@code telco}. */
    public String name() {
        return name;
    }

    /** The name of the id's column, which is also the message's key. */
    public String idName() {
        return idName;
    }

    /** Other names that a CSV file may use for the id. */
    public List<String> idAliases() {
        return idAliases;
    }

    /** The column that says who left, or null when the telco's data has none. */
    public ChurnLabel label() {
        return label;
    }

    /** How its CSV files are written. */
    public CsvDialect csv() {
        return csv;
    }

    /** The columns, each at its {@link Field#index()}; neither id nor label is among them. */
    public List<Field> fields() {
        return fields;
    }

    /** The column of that name, or null. */
    public Field field(String columnName) {
        return byName.get(columnName);
    }

    /** The columns that a report covers; {@link ReportColumns#NONE} when the file names none. */
    public ReportColumns report() {
        return report;
    }

    /** The values of each column, by its name; a model and the schema must agree on them. */
    public SortedMap<String, String> definitions() {
        SortedMap<String, String> definitions = new TreeMap<>();
        for (Field field : fields) {
            definitions.put(
                    field.name(),
                    field.isCategory()
                            ? field.categories().toString()
                            : field.kind().name().toLowerCase(Locale.ROOT));
        }
        return definitions;
    }

    /** The SHA-256 of {@link #definitions()}, lower-case hex. */
    public String fingerprint() {
        return fingerprint;
    }

    /** Whether both have the same content, whatever the comments and layout of their files. */
    @Override
    public boolean equals(Object other) {
        return other instanceof CustomerSchema that && content().equals(that.content());
    }

    @Override
    public int hashCode() {
        return fingerprint.hashCode();
    }

    private List<Object> content() {
        List<String> columns =
                fields.stream().map(field -> field.declared().toString()).toList();
        return Arrays.asList(name, idName, idAliases, label, csv, columns, report.toString());
    }

    /**
     * A made-up customer for measurements and warm-up.
     *
     * @param number different numbers make different customers
     */
    public Customer example(int number) {
        double[] values = new double[fields.size()];
        for (Field field : fields) {
            values[field.index()] = field.isNumber()
                    ? exampleNumber(field, number)
                    : number % field.values().size();
        }
        return new Customer("example-" + number, values, Outcome.UNKNOWN);
    }

    private static double exampleNumber(Field field, int number) {
        double from = Double.isFinite(field.min()) ? field.min() : Math.min(0, field.max());
        double ordinary = from + number % 72 + (field.kind() == Field.Kind.DECIMAL ? 0.25 : 0);
        return Math.min(ordinary, field.max());
    }
}
