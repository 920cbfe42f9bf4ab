package io.github.telcochurn.batch.report;

import io.github.telcochurn.ChurnFailure;
import io.github.telcochurn.batch.figures.CallList;
import io.github.telcochurn.batch.figures.ReportedColumns;
import io.github.telcochurn.batch.figures.RunFigures;
import io.github.telcochurn.customer.CustomerSchema;
import io.github.telcochurn.customer.Field;
import io.github.telcochurn.value.Campaign;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVPrinter;
import org.apache.commons.csv.CSVRecord;

/**
 * The call list as two files of the same form, the best call first: one with just the calls, so that whoever works through it calls
 * nobody of the control group, and one with that group. The rank counts through both.
 */
public final class CallsCsv {
    /** What the name of the file with the calls ends with. */
    static final String CALLS = "_calls.csv";
    /** What the name of the file with the control group ends with. */
    static final String CONTROL = "_control.csv";

    private static final String RANK = "rank";
    private static final int CENTS = 2;
    private static final int REASONS = 6;
    private static final CSVFormat WITH_HEADER =
            CSVFormat.RFC4180.builder().setHeader().setSkipHeaderRecord(true).get();

    private final ReportedColumns columns;
    private final boolean hasValues;
    /** What the report shows of each customer, and what the customer pays. */
    private final List<Field> shown;

    private CallsCsv(RunFigures figures) {
        this.columns = figures.customers().columns();
        this.hasValues = figures.callList().terms() != null;
        this.shown = new ArrayList<>(columns.shown());
        if (columns.revenue() != null && !shown.contains(columns.revenue())) {
            shown.add(columns.revenue());
        }
    }

    static void write(FileSet files, String name, RunFigures figures) throws IOException {
        CallsCsv table = new CallsCsv(figures);
        table.write(files.file(name + CALLS), figures.callList().calls());
        table.write(files.file(name + CONTROL), figures.callList().controlGroup());
    }

    /**
     * Reads back the call list of a run, the control group with it.
     *
     * @param schema of the customers on it
     * @return by the customers' ids
     * @throws ChurnFailure when the run left no such list, or it cannot be read
     */
    public static Map<String, Campaign.Listed> read(Path reportsBatchDir, String runId, CustomerSchema schema) {
        Map<String, Campaign.Listed> list = new HashMap<>();
        for (String part : List.of(CALLS, CONTROL)) {
            Path file = reportsBatchDir.resolve(BatchReport.nameOf(runId) + part);
            try (Reader reader = Files.newBufferedReader(file);
                    CSVParser csv = CSVParser.parse(reader, WITH_HEADER)) {
                for (CSVRecord row : csv) {
                    String id = row.get(SpreadsheetCell.of(schema.idName()));
                    list.put(
                            SpreadsheetCell.textOf(id).strip(),
                            new Campaign.Listed(
                                    Integer.parseInt(row.get(RANK)), part.equals(CONTROL), revenue(row, schema)));
                }
            } catch (NoSuchFileException e) {
                throw new ChurnFailure(
                        "There is no call list of a run " + runId + ": " + file
                                + " is not there. ./churn batch --list shows the runs that are kept.",
                        e);
            } catch (IOException | IllegalArgumentException | UncheckedIOException e) {
                throw new ChurnFailure(
                        file + " cannot be read as a call list: " + ChurnFailure.rootMessage(e)
                                + ". It must be as the run left it.",
                        e);
            }
        }
        return list;
    }

    private static double revenue(CSVRecord row, CustomerSchema schema) {
        Field column = schema.report().revenue();
        String name = column == null ? null : SpreadsheetCell.of(column.name());
        return name == null || !row.isMapped(name) || row.get(name).isEmpty()
                ? Double.NaN
                : Double.parseDouble(row.get(name));
    }

    private void write(Path file, List<CallList.Ranked> customers) throws IOException {
        try (Writer writer = Files.newBufferedWriter(file);
                CSVPrinter csv = new CSVPrinter(writer, CSVFormat.RFC4180)) {
            csv.printRecord(header());
            for (CallList.Ranked customer : customers) {
                csv.printRecord(row(customer));
            }
        }
    }

    private List<String> header() {
        List<String> header = new ArrayList<>();
        header.add(RANK);
        header.add(SpreadsheetCell.of(columns.schema().idName()));
        if (hasValues) {
            header.add("expected_value");
        }
        header.addAll(List.of("churn_probability", "risk_tier"));
        shown.forEach(column -> header.add(SpreadsheetCell.of(column.name())));
        header.add("reasons");
        return header;
    }

    private List<Object> row(CallList.Ranked ranked) {
        List<Object> row = new ArrayList<>();
        row.add(ranked.rank());
        row.add(SpreadsheetCell.of(ranked.customer().customerId()));
        if (hasValues) {
            row.add(BigDecimal.valueOf(ranked.expectedValue()).setScale(CENTS, RoundingMode.HALF_UP));
        }
        row.add(ranked.customer().probability());
        row.add(ranked.customer().tier().label());
        shown.forEach(column ->
                row.add(SpreadsheetCell.of(columns.raw(ranked.customer().profile(), column))));
        row.add(SpreadsheetCell.of(ranked.reasons().stream().limit(REASONS).collect(Collectors.joining("; "))));
        return row;
    }
}
