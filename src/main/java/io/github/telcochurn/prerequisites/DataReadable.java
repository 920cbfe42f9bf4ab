package io.github.telcochurn.prerequisites;

import io.github.telcochurn.ingest.CsvFile;
import java.nio.file.Path;

/** The CSV file is there, with the header of customers. */
public record DataReadable(Path csv) implements Prerequisite {
    @Override
    public String name() {
        return "data";
    }

    @Override
    public String check() {
        CsvFile file = CsvFile.unread(csv);
        return String.format("%s, %,d bytes", file.path(), file.sizeBytes());
    }
}
