package io.github.telcochurn.cli;

import io.github.telcochurn.ChurnFailure;
import io.github.telcochurn.config.ChurnConfig;
import io.github.telcochurn.ingest.CsvFile;
import io.github.telcochurn.scoring.Feature;
import io.github.telcochurn.training.InputColumns;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** {@code models features}: the input of a model that is to be imported, as a description or as a table of customers. */
@Command(
        name = "features",
        description =
                "Prints which columns a model that is to be imported gets, in their order; with --input and --output it"
                        + " writes the customers of a CSV file as such a table, to train the model with.",
        mixinStandardHelpOptions = true)
final class ModelsFeaturesCommand extends ConfiguredCommand {
    @Option(
            names = "--features",
            paramLabel = "FILE",
            description = "Other columns: a JSON file in the form of --json.")
    private Path features;

    @Option(names = "--json", description = "Prints an array, which can be edited and given as --features.")
    private boolean json;

    @Option(
            names = "--input",
            paramLabel = "FILE",
            description = "A CSV file of customers; its rows that are invalid are left out.")
    private Path input;

    @Option(
            names = "--output",
            paramLabel = "FILE",
            description =
                    "The table: the id, the columns, and the label as 1 for those who churned, 0 for those who stayed,"
                            + " or blank.")
    private Path output;

    @Override
    public Integer call() {
        if ((input == null) != (output == null)) {
            throw new ParameterException(spec.commandLine(), "--input and --output go together");
        }
        ChurnConfig config = options.load();
        InputColumns columns =
                features == null ? InputColumns.of(config.schema()) : InputColumns.read(features, config.schema());
        if (input != null) {
            write(columns, config);
        } else if (json) {
            out().println(JsonOutput.of(columns.features()));
        } else {
            print(columns.features());
        }
        return ExitCodes.DONE;
    }

    private void print(List<Feature> all) {
        int widest =
                all.stream().mapToInt(feature -> feature.name().length()).max().orElse(0);
        for (int i = 0; i < all.size(); i++) {
            out().printf(
                            Locale.ROOT,
                            "%4d  %-" + Math.max(1, widest) + "s  %s%n",
                            i,
                            all.get(i).name(),
                            meaning(all.get(i)));
        }
    }

    private static String meaning(Feature feature) {
        return switch (feature.kind()) {
            case CATEGORY -> "1 where " + feature.column() + " is " + feature.category() + ", else 0";
            case NUMBER -> "the number" + (feature.scale() == 1 ? "" : " / " + feature.scale()) + ", 0 for a blank";
            case LOG -> "ln(1 + the number) / ln(1 + " + feature.scale() + "), 0 for a blank";
            case BLANK -> "1 where " + feature.column() + " is blank, else 0";
            case PRODUCT -> "the product of the two";
        };
    }

    private void write(InputColumns columns, ChurnConfig config) {
        InputColumns.Rows rows = columns.rows();
        CSVFormat format = CSVFormat.DEFAULT.builder().setRecordSeparator('\n').get();
        long[] counts = new long[2];
        try (CSVPrinter printer = new CSVPrinter(writer(), format)) {
            printer.printRecord(rows.header());
            CsvFile.read(input, config.validator(), (row, line) -> {
                counts[row.isValid() ? 0 : 1]++;
                if (row.isValid()) {
                    print(printer, rows.row(row.customer()));
                }
            });
        } catch (IOException | UncheckedIOException e) {
            IOException cause = e instanceof UncheckedIOException unchecked ? unchecked.getCause() : (IOException) e;
            throw new ChurnFailure("The table cannot be written: " + ChurnFailure.reason(cause) + ".", cause);
        }
        out().printf(
                        Locale.ROOT,
                        "Wrote %,d customers with %d features to %s (%,d rows left out, which are invalid).%n",
                        counts[0],
                        columns.features().size(),
                        output,
                        counts[1]);
    }

    private BufferedWriter writer() throws IOException {
        Path folder = output.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        return Files.newBufferedWriter(output);
    }

    private static void print(CSVPrinter printer, List<String> row) {
        try {
            printer.printRecord(row);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
