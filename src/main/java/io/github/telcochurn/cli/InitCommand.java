package io.github.telcochurn.cli;

import io.github.telcochurn.ChurnFailure;
import io.github.telcochurn.customer.CustomerSchema;
import io.github.telcochurn.files.WholeFolder;
import io.github.telcochurn.schemadraft.InferredSchema;
import io.github.telcochurn.scoring.ModelCard;
import io.github.telcochurn.training.ChurnTrainer;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code churn init}: a folder for other customers, ready to run. */
@Command(
        name = "init",
        description =
                "Creates a folder for the customers of a CSV file, ready to run: a schema, as schema infer drafts it, settings,"
                        + " and a model trained on the file.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Every other command works on such a folder with --dir DIR, or inside it. Its topics and its consumer group have"
                    + " their own names, so that several telcos can share a broker."
        })
final class InitCommand implements Callable<Integer> {
    @Parameters(paramLabel = "DIR", description = "The folder, which must be new or empty.")
    private Path dir;

    @Mixin
    private InferOptions options;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        try {
            if (!WholeFolder.isFree(dir)) {
                throw new ParameterException(
                        spec.commandLine(),
                        dir + " already exists and is not empty. Name another folder, or remove it.");
            }
            WholeFolder.make(dir, this::fill);
        } catch (IOException e) {
            throw new ChurnFailure(dir + " cannot be created: " + ChurnFailure.reason(e) + ".", e);
        }
        printNextSteps();
        return ExitCodes.DONE;
    }

    private void fill(Path folder) throws IOException, InterruptedException {
        InferredSchema inferred = options.infer();
        if (inferred.label() == null) {
            throw new ParameterException(
                    spec.commandLine(),
                    options.input()
                            + ": no column has the name of a label, and without a label no model can be trained. Name the"
                            + " column that says who left with --label; ./churn schema infer drafts a schema without one.");
        }
        InferredLines.of(inferred).forEach(out()::println);
        out().flush();
        ProjectFiles files = new ProjectFiles(folder, inferred, options.input());
        files.write();
        print(train(CustomerSchema.read(files.schemaFile()), folder.resolve(ProjectFiles.MODELS)));
    }

    private ChurnTrainer.Trained train(CustomerSchema schema, Path models) throws InterruptedException {
        return new ChurnTrainer(
                        schema, new StepLines("train", spec.commandLine().getErr()))
                .train(options.input(), models, Optional.empty(), Instant.now());
    }

    private void print(ChurnTrainer.Trained trained) {
        ModelCard card = trained.model().card();
        out().printf(
                        Locale.ROOT,
                        "Trained %s on %,d customers, %,d of them churned: AUC %.4f, Brier %.4f in %d-fold cross-validation%n",
                        card.version(),
                        card.data().rows(),
                        card.data().churned(),
                        card.crossValidation().performance().auc(),
                        card.crossValidation().performance().brier(),
                        card.crossValidation().folds());
    }

    private void printNextSteps() {
        out().printf("""
                        Created %1$s: its schema is in %1$s/data, its settings in %1$s/application.properties, its model in %1$s/models.
                        Next:
                          ./churn batch --dir %1$s --input %2$s
                          ./churn run --dir %1$s
                        """, dir, options.input());
        out().flush();
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }
}
