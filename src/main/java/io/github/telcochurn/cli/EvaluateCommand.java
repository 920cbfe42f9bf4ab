package io.github.telcochurn.cli;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.github.telcochurn.ChurnFailure;
import io.github.telcochurn.MissingPrerequisite;
import io.github.telcochurn.config.ChurnConfig;
import io.github.telcochurn.customer.ChurnLabel;
import io.github.telcochurn.customer.Customer;
import io.github.telcochurn.customer.CustomerSchema;
import io.github.telcochurn.ingest.CsvFile;
import io.github.telcochurn.scoring.ChurnModel;
import io.github.telcochurn.scoring.Evaluation;
import io.github.telcochurn.scoring.ModelCard;
import io.github.telcochurn.scoring.ModelFolder;
import io.github.telcochurn.scoring.TrainingRows;
import java.nio.file.Path;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code churn evaluate}: a model judged on labelled customers. */
@Command(
        name = "evaluate",
        description =
                "Judges a model on a labelled CSV file: AUC, log loss, Brier score and more with their 95 % intervals,"
                        + " calibration, and predictions against what happened. Says how many of the rows the model was trained on, where it"
                        + " looks better than it is.",
        mixinStandardHelpOptions = true)
final class EvaluateCommand extends ConfiguredCommand {
    @Option(
            names = "--input",
            required = true,
            paramLabel = "FILE",
            description = "A CSV file with the label of churn.schema. Rows without a label are left out.")
    private Path input;

    @Option(
            names = "--model",
            paramLabel = "VERSION",
            defaultValue = "champion",
            description = "As ./churn models list has it; default ${DEFAULT-VALUE}.")
    private String version;

    @Option(names = "--json", description = "Prints the figures as JSON.")
    private boolean json;

    /**
     * What {@code --json} prints.
     *
     * @param rejectedRows that are invalid
     * @param unlabelledRows that are valid and have no label
     * @param crossValidation of the model's card: what to expect of customers that it has not seen; null for an imported model
     */
    private record Output(
            String model,
            String file,
            String sha256,
            @JsonProperty("rejected_rows") long rejectedRows,
            @JsonProperty("unlabelled_rows") long unlabelledRows,
            @JsonProperty("training_rows") Overlap trainingRows,
            @JsonUnwrapped Evaluation evaluation,

            @JsonInclude(JsonInclude.Include.NON_NULL) @JsonProperty("cross_validation")
            ModelCard.CrossValidation crossValidation) {}

    /**
     * Whether the model knows the rows already.
     *
     * @param isSameFile whether it was trained on this very file
     * @param overlap how many of the evaluated rows it was trained on; null when that is not known
     * @param unknown why it is not; null when it is
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    private record Overlap(@JsonProperty("same_file") boolean isSameFile, Integer overlap, String unknown) {}

    @Override
    public Integer call() {
        ChurnConfig config = options.load();
        CustomerSchema schema = config.schema();
        if (schema.label() == null) {
            throw new ChurnFailure("The schema " + schema.name() + " has no label, so nothing says who left. Name the"
                    + " column that does in the file of churn.schema, such as label: {column: NAME, churned: \"yes\","
                    + " stayed: \"no\"}.");
        }
        ModelFolder folder = ModelFolder.of(config);
        ChurnModel model = folder.load(folder.versionOf(version));
        Reading reading = new Reading(model, folder);
        CsvFile file = CsvFile.read(input, config.validator(), reading::row);
        reading.requireBothOutcomes(schema.label(), input);
        Output output = new Output(
                model.version(),
                file.name(),
                file.sha256(),
                reading.rejected,
                reading.unlabelled,
                reading.overlap(file),
                reading.evaluation.build(),
                model.card().crossValidation());
        if (json) {
            out().println(JsonOutput.of(output));
        } else {
            EvaluationLines.of(output.evaluation(), output.crossValidation(), head(output))
                    .forEach(out()::println);
        }
        return ExitCodes.DONE;
    }

    /** Takes in the rows of the file. */
    private static final class Reading {
        private final ChurnModel model;
        private final Evaluation.Builder evaluation;
        private TrainingRows learnt;
        private String unknown;
        private long rejected;
        private long unlabelled;
        private int seen;

        Reading(ChurnModel model, ModelFolder folder) {
            this.model = model;
            this.evaluation = new Evaluation.Builder(model);
            try {
                this.learnt = folder.trainingRows(model.card());
            } catch (MissingPrerequisite e) {
                this.unknown = e.getMessage();
            }
        }

        void row(Customer.Validated row, long line) {
            if (!row.isValid()) {
                rejected++;
            } else if (row.customer().outcome().isKnown()) {
                evaluation.add(row.customer());
                seen += learnt != null && learnt.contains(row.customer()) ? 1 : 0;
            } else {
                unlabelled++;
            }
        }

        void requireBothOutcomes(ChurnLabel label, Path input) {
            int churned = evaluation.churned();
            int stayed = evaluation.customers() - churned;
            if (evaluation.customers() == 0) {
                throw new ChurnFailure(
                        rejected + unlabelled == 0
                                ? input + " has no rows below the header."
                                : String.format(
                                        Locale.ROOT,
                                        "%s has nothing to evaluate on: the column %s, which must say %s or %s, is missing or blank in all"
                                                + " of its %,d valid rows, and %,d rows are invalid.",
                                        input,
                                        label.column(),
                                        label.churned(),
                                        label.stayed(),
                                        unlabelled,
                                        rejected));
            }
            if (churned == 0 || stayed == 0) {
                throw new ChurnFailure(String.format(
                        Locale.ROOT,
                        "%s cannot tell good models from bad ones: %,d of its customers have %s = %s, and %,d have %s. It needs"
                                + " some of both.",
                        input,
                        churned,
                        label.column(),
                        label.churned(),
                        stayed,
                        label.stayed()));
            }
        }

        Overlap overlap(CsvFile file) {
            return new Overlap(model.card().isTrainedOn(file.sha256()), learnt == null ? null : seen, unknown);
        }
    }

    private static String head(Output output) {
        Evaluation found = output.evaluation();
        return String.format(
                        Locale.ROOT,
                        "%s on %,d labelled customers of %s, of whom %,d left (%.1f %%; the mean probability is %.1f %%).%n",
                        output.model(),
                        found.customers(),
                        output.file(),
                        found.churned(),
                        100.0 * found.churned() / found.customers(),
                        100 * found.meanProbability())
                + leftOut(output)
                + known(output.trainingRows(), found.customers());
    }

    private static String leftOut(Output output) {
        return output.rejectedRows() + output.unlabelledRows() == 0
                ? ""
                : String.format(
                        Locale.ROOT,
                        "Left out: %,d invalid rows, and %,d without a label.%n",
                        output.rejectedRows(),
                        output.unlabelledRows());
    }

    private static String known(Overlap rows, int customers) {
        if (rows.isSameFile()) {
            return "The model was trained on this very file, so it looks better here than it is.";
        }
        if (rows.unknown() != null) {
            return "Whether the model was trained on some of these rows cannot be told: " + rows.unknown() + ".";
        }
        return rows.overlap() == 0
                ? "The model was trained on none of these rows."
                : String.format(
                        Locale.ROOT,
                        "The model was trained on %,d of these rows (%.1f %%), so it looks better here than it is.",
                        rows.overlap(),
                        100.0 * rows.overlap() / customers);
    }
}
