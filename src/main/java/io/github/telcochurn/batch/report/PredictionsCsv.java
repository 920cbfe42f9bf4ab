package io.github.telcochurn.batch.report;

import io.github.telcochurn.batch.figures.ScoredCustomer;
import io.github.telcochurn.customer.CustomerJson;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/** Every prediction of a run, highest risk first, for spreadsheets. */
final class PredictionsCsv {
    private static final CSVFormat CSV = CSVFormat.RFC4180
            .builder()
            .setHeader(
                    "customerID",
                    "churn_probability",
                    "prediction",
                    "confidence_score",
                    "risk_tier",
                    "event_ts",
                    "processed_ts",
                    "model_version",
                    "contract",
                    "tenure",
                    "MonthlyCharges",
                    "Churn",
                    "row",
                    "reasons")
            .get();

    private PredictionsCsv() {}

    static void write(Path file, List<ScoredCustomer> predictions) throws IOException {
        try (Writer writer = Files.newBufferedWriter(file);
                CSVPrinter csv = new CSVPrinter(writer, CSV)) {
            for (ScoredCustomer customer : predictions) {
                csv.printRecord(
                        safe(customer.customerId()),
                        customer.probability(),
                        customer.predictedYes() ? "Yes" : "No",
                        customer.confidence(),
                        customer.tier().label(),
                        CustomerJson.timestamp(Instant.ofEpochMilli(customer.eventMs())),
                        CustomerJson.timestamp(Instant.ofEpochMilli(customer.processedMs())),
                        safe(customer.modelVersion()),
                        safe(customer.profile().contract()),
                        customer.profile().tenureMonths(),
                        customer.profile().monthlyDollars(),
                        customer.profile().label(),
                        customer.row(),
                        safe(String.join("; ", customer.reasons())));
            }
        }
    }

    /** A cell that begins like a formula would be run by a spreadsheet; an apostrophe makes it text. */
    private static String safe(String cell) {
        return cell != null && !cell.isEmpty() && "=+-@\t\r\n".indexOf(cell.charAt(0)) >= 0 ? "'" + cell : cell;
    }
}
