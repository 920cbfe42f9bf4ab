package io.github.telcochurn.cli;

import io.github.telcochurn.config.ChurnConfig;
import io.github.telcochurn.scoring.ModelCard;
import io.github.telcochurn.scoring.ModelFolder;
import io.github.telcochurn.scoring.PredictionQuality;
import io.github.telcochurn.training.InputColumns;
import io.github.telcochurn.training.ModelImport;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** {@code models import}: a model of another library, as an ONNX file. */
@Command(
        name = "import",
        description =
                "Adds a model from another library, such as a scikit-learn model as an ONNX file, to the others. The"
                        + " champion stays what it is. Its input is a table of floats, a row for each customer, with the"
                        + " columns that ./churn models features prints; its output has the probabilities of staying and of churn. A model"
                        + " that does not fit is refused with exit code 3.",
        mixinStandardHelpOptions = true)
final class ModelsImportCommand extends ConfiguredCommand {
    @Option(names = "--input", paramLabel = "FILE", required = true, description = "The model, an .onnx file.")
    private Path input;

    @Option(
            names = "--name",
            paramLabel = "NAME",
            defaultValue = "onnx",
            description = "What its version begins with; default ${DEFAULT-VALUE}. A hash of the model follows.")
    private String name;

    @Option(
            names = "--data",
            paramLabel = "FILE",
            description =
                    "A CSV file with the label of churn.schema, as a rule what the model was trained on: the model is"
                            + " measured with it, and later data is compared with it; churn.data.csv when not given.")
    private Path data;

    @Option(
            names = "--features",
            paramLabel = "FILE",
            description =
                    "What its columns are, where they are not what ./churn models features prints: a JSON file in the form of"
                            + " ./churn models features --json.")
    private Path features;

    @Option(
            names = "--churned-column",
            paramLabel = "0|1",
            defaultValue = "1",
            description =
                    "Which column of its output is the probability of churn; default ${DEFAULT-VALUE}, as with the"
                            + " labels 0 and 1 or No and Yes.")
    private int churnedColumn;

    @Option(names = "--json", description = "Prints the card.")
    private boolean json;

    @Override
    public Integer call() {
        if (churnedColumn != 0 && churnedColumn != 1) {
            throw new ParameterException(
                    spec.commandLine(), "--churned-column must be 0 or 1, but is " + churnedColumn);
        }
        if (!ModelFolder.isVersion(name + "-12345678")) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--name must be letters, digits, dots, dashes and underscores, 190 at most, and begin with a letter, a"
                            + " digit or an underscore, but is " + name);
        }
        ChurnConfig config = options.load();
        InputColumns columns =
                features == null ? InputColumns.of(config.schema()) : InputColumns.read(features, config.schema());
        ModelCard card = new ModelImport(
                        columns, new StepLines("import", spec.commandLine().getErr()))
                .run(
                        new ModelImport.Source(input, name, churnedColumn),
                        data == null ? config.dataCsv() : data,
                        ModelFolder.of(config),
                        Instant.now());
        if (json) {
            out().println(JsonOutput.of(card));
        } else {
            print(card);
        }
        return ExitCodes.DONE;
    }

    private void print(ModelCard card) {
        PredictionQuality measured = card.onnx().measured();
        out().printf(
                        Locale.ROOT,
                        "Imported %s, which sees %d features. On the %,d customers of %s: AUC %.4f, log loss %.4f, Brier %.4f,"
                                + " calibration error %.4f.%n",
                        card.version(),
                        card.onnx().columns().size(),
                        card.data().rows(),
                        card.data().file(),
                        measured.auc(),
                        measured.logLoss(),
                        measured.brier(),
                        measured.calibrationError());
        out().printf("./churn models promote %s makes it champion.%n", card.version());
    }
}
