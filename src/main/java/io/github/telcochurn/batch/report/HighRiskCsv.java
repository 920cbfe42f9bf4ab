package io.github.telcochurn.batch.report;

import io.github.telcochurn.batch.figures.ReportedColumns;
import io.github.telcochurn.batch.figures.RunFigures;
import io.github.telcochurn.batch.figures.ScoredCustomer;
import io.github.telcochurn.customer.Field;
import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVPrinter;
import org.apache.commons.csv.CSVRecord;

/** The customers at high risk who have not left already, each once, for spreadsheets and for comparison with later runs. */
public final class HighRiskCsv {
    private HighRiskCsv() {}

    static void write(Path file, RunFigures figures) throws IOException {
        ReportedColumns columns = figures.customers().columns();
        Field revenue = columns.revenue();
        try (Writer writer = Files.newBufferedWriter(file);
                CSVPrinter csv = new CSVPrinter(writer, CSVFormat.RFC4180)) {
            List<Object> header =
                    new ArrayList<>(List.of(SpreadsheetCell.of(columns.schema().idName()), "churn_probability"));
            if (revenue != null) {
                header.add(SpreadsheetCell.of(revenue.name()));
            }
            csv.printRecord(header);
            for (ScoredCustomer customer : figures.highRisk()) {
                List<Object> row =
                        new ArrayList<>(List.of(SpreadsheetCell.of(customer.customerId()), customer.probability()));
                if (revenue != null) {
                    row.add(columns.raw(customer.profile(), revenue));
                }
                csv.printRecord(row);
            }
        }
    }

    /** Where the file of a run is, or will be. */
    public static Path fileOf(Path reportsBatchDir, String runId) {
        return reportsBatchDir.resolve(BatchReport.nameOf(runId) + "_high_risk.csv");
    }

    /** The ids in such a file, without blanks around them. */
    public static Set<String> read(Path file) throws IOException {
        Set<String> ids = new HashSet<>();
        try (Reader reader = Files.newBufferedReader(file);
                CSVParser csv = CSVParser.parse(reader, CSVFormat.RFC4180)) {
            for (CSVRecord row : csv) {
                if (row.getRecordNumber() > 1) {
                    ids.add(SpreadsheetCell.textOf(row.get(0)).strip());
                }
            }
        }
        return ids;
    }
}
