package io.github.telcochurn.cli;

import io.github.telcochurn.config.ChurnConfig;
import io.github.telcochurn.scoring.ModelCard;
import io.github.telcochurn.training.Algorithm;
import io.github.telcochurn.training.ChurnTrainer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code churn train}: a new champion. */
@Command(
        name = "train",
        description =
                "Trains the champion from a labelled CSV file, measures it by cross-validation, and saves it with its card.",
        mixinStandardHelpOptions = true)
final class TrainCommand extends ConfiguredCommand {
    @Option(
            names = "--input",
            paramLabel = "FILE",
            description = "A CSV file with the column Churn; churn.data.csv when not given.")
    private Path input;

    @Option(
            names = "--output",
            paramLabel = "DIR",
            description = "Where the model is saved, over the one that is there; churn.model.dir when not given.")
    private Path output;

    @Option(
            names = "--trainer",
            paramLabel = "logistic|xgboost",
            defaultValue = "logistic",
            description = "A logistic regression (the default) or boosted trees.")
    private Algorithm trainer;

    @Override
    public Integer call() {
        ChurnConfig config = options.load();
        Path dir = output == null ? config.modelDir() : output;
        ChurnTrainer.Trained trained =
                new ChurnTrainer(trainer).train(input == null ? config.dataCsv() : input, dir, Instant.now());
        ModelCard card = trained.model().card();
        ModelCard.CrossValidation measured = card.crossValidation();
        spec.commandLine()
                .getOut()
                .printf(
                        Locale.ROOT,
                        """
                        Trained %s on %,d customers, %,d of them churned; %,d rows left out (invalid or without a label).
                        %d-fold cross-validation: AUC %.4f, accuracy %.4f, precision %.4f, recall %.4f, F1 %.4f, Brier %.4f
                        Saved in %s
                        """,
                        card.version(),
                        card.data().rows(),
                        card.data().churned(),
                        trained.leftOut(),
                        measured.folds(),
                        measured.auc(),
                        measured.accuracy(),
                        measured.precision(),
                        measured.recall(),
                        measured.f1(),
                        measured.brier(),
                        dir);
        return ExitCodes.DONE;
    }
}
