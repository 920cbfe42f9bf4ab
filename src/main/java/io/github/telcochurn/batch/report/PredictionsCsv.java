package io.github.telcochurn.batch.report;

import io.github.telcochurn.batch.figures.ReportedColumns;
import io.github.telcochurn.batch.figures.RunFigures;
import io.github.telcochurn.batch.figures.ScoredCustomer;
import io.github.telcochurn.customer.ChurnLabel;
import io.github.telcochurn.customer.CustomerJson;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/** Every prediction of a run, highest risk first, for spreadsheets. */
final class PredictionsCsv {
    private static final List<String> OF_PREDICTION = List.of(
            "churn_probability",
            "prediction",
            "confidence_score",
            "risk_tier",
            "event_ts",
            "processed_ts",
            "model_version");

    private final ReportedColumns columns;
    /** Null where the data has none. */
    private final ChurnLabel label;

    private PredictionsCsv(ReportedColumns columns) {
        this.columns = columns;
        this.label = columns.schema().label();
    }

    static void write(Path file, RunFigures figures) throws IOException {
        PredictionsCsv table = new PredictionsCsv(figures.customers().columns());
        try (Writer writer = Files.newBufferedWriter(file);
                CSVPrinter csv = new CSVPrinter(writer, CSVFormat.RFC4180)) {
            csv.printRecord(table.header());
            for (ScoredCustomer customer : figures.predictions()) {
                csv.printRecord(table.row(customer));
            }
        }
    }

    private List<String> header() {
        List<String> header = new ArrayList<>();
        header.add(SpreadsheetCell.of(columns.schema().idName()));
        header.addAll(OF_PREDICTION);
        columns.shown().forEach(column -> header.add(SpreadsheetCell.of(column.name())));
        if (label != null) {
            header.add(SpreadsheetCell.of(label.column()));
        }
        header.addAll(List.of("row", "reasons"));
        return header;
    }

    private List<Object> row(ScoredCustomer customer) {
        List<Object> row = new ArrayList<>();
        row.add(SpreadsheetCell.of(customer.customerId()));
        row.add(customer.probability());
        row.add(customer.predictedYes() ? "Yes" : "No");
        row.add(customer.confidence());
        row.add(customer.tier().label());
        row.add(CustomerJson.timestamp(Instant.ofEpochMilli(customer.eventMs())));
        row.add(CustomerJson.timestamp(Instant.ofEpochMilli(customer.processedMs())));
        row.add(SpreadsheetCell.of(customer.modelVersion()));
        columns.shown().forEach(column -> row.add(SpreadsheetCell.of(columns.raw(customer.profile(), column))));
        if (label != null) {
            row.add(SpreadsheetCell.of(label.of(customer.profile().outcome())));
        }
        row.add(customer.row());
        row.add(SpreadsheetCell.of(String.join("; ", customer.reasons())));
        return row;
    }
}
