package io.github.telcochurn.prerequisites;

import io.github.telcochurn.customer.CustomerSchema;
import io.github.telcochurn.ingest.CsvFile;
import java.nio.file.Path;

/** The CSV file exists, and has the header of the schema's customers. */
public record DataReadable(Path csv, CustomerSchema schema) implements Prerequisite {
    @Override
    public String name() {
        return "data";
    }

    @Override
    public String check() {
        CsvFile file = CsvFile.unread(csv, schema);
        return String.format("%s, %,d bytes", file.path(), file.sizeBytes());
    }
}
