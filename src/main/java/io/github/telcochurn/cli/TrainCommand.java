package io.github.telcochurn.cli;

import io.github.telcochurn.config.ChurnConfig;
import io.github.telcochurn.customer.CustomerSchema;
import io.github.telcochurn.customer.Field;
import io.github.telcochurn.modelcard.CardPage;
import io.github.telcochurn.scoring.ModelCard;
import io.github.telcochurn.scoring.ModelFolder;
import io.github.telcochurn.scoring.PredictionQuality;
import io.github.telcochurn.training.Algorithm;
import io.github.telcochurn.training.ChurnTrainer;
import io.github.telcochurn.yaml.DidYouMean;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** {@code churn train}: a new model, which usually becomes the champion. */
@Command(
        name = "train",
        description = "Trains a model from a labelled CSV file: chooses features, compares all kinds of models by"
                + " repeated cross-validation, saves the simplest of the best, with its card, beside the existing"
                + " models, and makes it champion.",
        mixinStandardHelpOptions = true)
final class TrainCommand extends ConfiguredCommand {
    private static final String BEST = "best";

    @Option(
            names = "--input",
            paramLabel = "FILE",
            description = "A CSV file with the label of churn.schema; default: churn.data.csv.")
    private Path input;

    @Option(
            names = "--output",
            paramLabel = "DIR",
            description = "The folder in which the model is saved, beside the existing ones; default: churn.model.dir.")
    private Path output;

    @Option(
            names = "--trainer",
            paramLabel = "best|logistic|interactions|xgboost|xgboost-deep|blend",
            defaultValue = BEST,
            description = "Which kind of model is saved: best (the default), the simplest whose log loss is within one"
                    + " standard error of the smallest; a logistic regression, also with interactions; shallow or deep"
                    + " boosted trees; or a blend of interactions and shallow trees. All are compared in any case.")
    private String trainer;

    @Option(
            names = "--no-promote",
            negatable = true,
            description =
                    "Keeps the current champion, so that you can look at the new model first: ./churn models compare,"
                            + " ./churn models promote. When there is no champion yet, the new model becomes it anyway.")
    private boolean keepsChampion;

    @Option(
            names = "--allow-leak",
            paramLabel = "COLUMN",
            description =
                    "A column that the model may see although it seems to give the label away, because it is known"
                            + " before a customer leaves. May be repeated. Without this option, no model is trained on such a column.")
    private Set<String> allowedLeaks = Set.of();

    @Override
    public Integer call() throws InterruptedException {
        Optional<Algorithm> chosen = chosen();
        ChurnConfig config = options.load();
        requireColumns(config.schema());
        Path dir = output == null ? config.modelDir() : output;
        ChurnTrainer.Trained trained = new ChurnTrainer(
                        config.schema(),
                        allowedLeaks,
                        new StepLines("train", spec.commandLine().getErr()))
                .train(input == null ? config.dataCsv() : input, dir, chosen, !keepsChampion, Instant.now());
        print(trained, dir);
        printPromotion(trained, config, dir);
        return ExitCodes.DONE;
    }

    private Optional<Algorithm> chosen() {
        if (trainer.equalsIgnoreCase(BEST)) {
            return Optional.empty();
        }
        for (Algorithm algorithm : Algorithm.values()) {
            if (trainer.equalsIgnoreCase(algorithm.toString())) {
                return Optional.of(algorithm);
            }
        }
        String known = Stream.of(Algorithm.values()).map(Algorithm::toString).collect(Collectors.joining(", "));
        throw new ParameterException(
                spec.commandLine(), "--trainer must be " + BEST + " or one of " + known + ", but is " + trainer);
    }

    private void requireColumns(CustomerSchema schema) {
        List<String> columns = schema.fields().stream().map(Field::name).toList();
        for (String column : allowedLeaks) {
            if (!columns.contains(column)) {
                throw new ParameterException(
                        spec.commandLine(),
                        "--allow-leak " + column + ": the schema " + schema.name() + " has no such column"
                                + DidYouMean.suggestionOr(column, columns, "."));
            }
        }
    }

    private void print(ChurnTrainer.Trained trained, Path dir) {
        ModelCard card = trained.model().card();
        printf(
                "Trained %s on %,d customers, %,d of them churned. %s%n",
                card.version(), card.data().rows(), card.data().churned(), leftOut(trained));
        printf(
                "%d times %d-fold cross-validation, best first:%n",
                card.crossValidation().repeats(), card.crossValidation().folds());
        for (ModelCard.Candidate candidate : card.candidates()) {
            PredictionQuality measured = candidate.crossValidation().performance();
            printf(
                    "  %-13s log loss %.4f, AUC %.4f, Brier %.4f, calibration error %.4f, accuracy %.4f, precision %.4f,"
                            + " recall %.4f, F1 %.4f%n",
                    candidate.trainer(),
                    measured.logLoss(),
                    measured.auc(),
                    measured.brier(),
                    measured.calibrationError(),
                    measured.accuracy(),
                    measured.precision(),
                    measured.recall(),
                    measured.f1());
        }
        if (card.choice() != null) {
            printf("%s%n", card.choice());
        }
        printf("Saved in %s, with charts in %s%n", dir, dir.resolve(CardPage.fileOf(card.version())));
    }

    private void printPromotion(ChurnTrainer.Trained trained, ChurnConfig config, Path dir) {
        String version = trained.model().version();
        ModelFolder.Promotion promotion = trained.promotion();
        if (promotion == null) {
            String champion = new ModelFolder(dir, config.schema()).championVersion();
            printf("The champion is still %s. ./churn models promote %s changes that.%n", champion, version);
            return;
        }
        printf(
                "%s is champion%s.%n",
                version,
                promotion.before() == null
                        ? ""
                        : promotion.isChange() ? " instead of " + promotion.before() : ", as it was before");
        String chosenVersion = config.model().champion();
        if (!chosenVersion.isEmpty() && !chosenVersion.equals(version) && dir.equals(config.modelDir())) {
            printf(
                    "The setting churn.model.champion is %s, which keeps scoring until the setting is removed.%n",
                    chosenVersion);
        }
    }

    private static String leftOut(ChurnTrainer.Trained trained) {
        if (trained.leftOut() == 0) {
            return "No row was left out.";
        }
        String why = trained.mostFrequent().isEmpty() ? "" : ", " + trained.mostFrequent();
        return String.format(
                Locale.ROOT, "%,d rows that are invalid or have no label were left out%s.", trained.leftOut(), why);
    }

    private void printf(String format, Object... values) {
        out().printf(Locale.ROOT, format, values);
    }
}
