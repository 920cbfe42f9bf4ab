package io.github.telcochurn.cli;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.github.telcochurn.config.ChurnConfig;
import io.github.telcochurn.customer.Customer;
import io.github.telcochurn.ingest.CsvFile;
import io.github.telcochurn.scoring.ChurnModel;
import io.github.telcochurn.scoring.ModelComparison;
import io.github.telcochurn.scoring.ModelFolder;
import io.github.telcochurn.scoring.ScoreShift;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code churn models compare}: what would change for which customers if another model scored. */
@Command(
        name = "compare",
        description =
                "Compares two models: the figures on their cards and, with --input, their predictions for the customers"
                        + " in a file.",
        mixinStandardHelpOptions = true)
final class ModelsCompareCommand extends ConfiguredCommand {
    @Parameters(index = "0", paramLabel = "A", description = "A version, as list shows it, or champion.")
    private String first;

    @Parameters(index = "1", paramLabel = "B", description = "Another version.")
    private String second;

    @Option(
            names = "--input",
            paramLabel = "FILE",
            description =
                    "A CSV file of customers. Shows how many of them change their risk tier from A to B, how far the"
                            + " probabilities differ and, when the rows have a label, how good both models are. A model looks"
                            + " better than it is on the rows that it was trained on.")
    private Path input;

    @Option(names = "--json", description = "Prints the comparison as JSON.")
    private boolean json;

    /** What {@code --json} prints. */
    private record Output(
            List<ModelSummary> models,
            @JsonInclude(JsonInclude.Include.NON_NULL) OnFile input) {}

    /**
     * The comparison on a file.
     *
     * @param trainedOnIt the versions that were trained on exactly this file
     */
    private record OnFile(
            String file,
            @JsonProperty("rejected_rows") long rejectedRows,
            @JsonProperty("trained_on_it") List<String> trainedOnIt,
            ModelComparison comparison) {}

    @Override
    public Integer call() {
        ChurnConfig config = options.load();
        ModelFolder folder = ModelFolder.of(config);
        first = folder.versionOf(first);
        second = folder.versionOf(second);
        ChurnModel a = folder.load(first);
        ChurnModel b = folder.load(second);
        List<ModelSummary> models = List.of(figures(folder, first), figures(folder, second));
        OnFile onFile = input == null ? null : onFile(a, b, config);
        if (json) {
            out().println(JsonOutput.of(new Output(models, onFile)));
        } else {
            ModelLines.table(models).forEach(out()::println);
            if (onFile != null) {
                print(onFile);
            }
        }
        return ExitCodes.DONE;
    }

    private static ModelSummary figures(ModelFolder folder, String version) {
        return folder.entries().stream()
                .filter(entry -> entry.version().equals(version))
                .map(ModelSummary::of)
                .findFirst()
                .orElseThrow()
                .brief();
    }

    private OnFile onFile(ChurnModel a, ChurnModel b, ChurnConfig config) {
        Reading reading = new Reading(new ModelComparison.Builder(a, b, config.score()));
        CsvFile file = CsvFile.read(input, config.validator(), reading::row);
        List<String> trainedOnIt = List.of(a, b).stream()
                .filter(model -> model.card().isTrainedOn(file.sha256()))
                .map(ChurnModel::version)
                .distinct()
                .toList();
        return new OnFile(file.name(), reading.rejected, trainedOnIt, reading.comparison.build());
    }

    private static final class Reading {
        private final ModelComparison.Builder comparison;
        private long rejected;

        Reading(ModelComparison.Builder comparison) {
            this.comparison = comparison;
        }

        void row(Customer.Validated row, long line) {
            if (row.isValid()) {
                comparison.add(row.customer());
            } else {
                rejected++;
            }
        }
    }

    private void print(OnFile onFile) {
        ModelComparison found = onFile.comparison();
        ScoreShift shift = found.shift();
        printf(
                "On the %,d customers of %s (%,d invalid rows left out):%n",
                shift.customers(), onFile.file(), onFile.rejectedRows());
        if (shift.customers() == 0) {
            return;
        }
        printf(
                "  %,d change their risk tier (%.1f %%), %,d change their prediction%n",
                shift.tierChanges(), 100.0 * shift.tierChanges() / shift.customers(), shift.predictionChanges());
        printf(
                "  the probabilities differ by %.4f on average; those of %s are %.4f %s%n",
                shift.meanAbsoluteDifference(),
                second,
                Math.abs(shift.meanShift()),
                shift.meanShift() < 0 ? "lower" : "higher");
        if (found.first() == null) {
            printf(
                    "  %s%n",
                    found.labelled() == 0
                            ? "none has a label, so neither model can be called better"
                            : "all labels are the same, so neither model can be called better");
            return;
        }
        printf("  on the %,d that have a label:%n", found.labelled());
        print(first, found.first());
        print(second, found.second());
        if (!onFile.trainedOnIt().isEmpty()) {
            printf(
                    "  trained on this file, so not as good on other customers: %s%n",
                    String.join(" and ", onFile.trainedOnIt()));
        }
    }

    private void print(String version, ModelComparison.Quality quality) {
        printf(
                "    %-" + Math.max(first.length(), second.length()) + "s  AUC %.4f  log loss %.4f  Brier %.4f%n",
                version,
                quality.auc(),
                quality.logLoss(),
                quality.brier());
    }

    private void printf(String format, Object... values) {
        out().printf(Locale.ROOT, format, values);
    }
}
