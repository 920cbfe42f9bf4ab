package io.github.telcochurn.cli;

import io.github.telcochurn.ChurnFailure;
import io.github.telcochurn.MissingPrerequisite;
import io.github.telcochurn.config.ChurnConfig;
import io.github.telcochurn.scoring.ModelCard;
import io.github.telcochurn.scoring.ModelFolder;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code churn models}: what scores, and how good it is. */
@Command(
        name = "models",
        description = "Lists and shows the models of churn.model.dir.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND")
final class ModelsCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Which command: list or show?");
    }

    @Command(
            name = "list",
            description = "Lists the models; exit code 3 when one of them must not be used.",
            mixinStandardHelpOptions = true)
    int list(
            @Mixin ConfigOptions options,
            @Option(names = "--json", description = "Prints their cards as a JSON array.") boolean json) {
        List<ModelFolder.Entry> entries = models(options.load()).entries();
        if (json) {
            out().println(JsonOutput.of(entries));
        } else {
            entries.forEach(entry -> out().println(line(entry)));
        }
        return entries.stream().allMatch(ModelFolder.Entry::isUsable) ? ExitCodes.DONE : ExitCodes.MISSING_PREREQUISITE;
    }

    private static String line(ModelFolder.Entry entry) {
        if (!entry.isUsable()) {
            return String.format("✗ %-9s %s", entry.role(), entry.problem());
        }
        ModelCard card = entry.card();
        return String.format(
                Locale.ROOT,
                "✓ %-9s %-18s AUC %.4f  trained %s on %,d customers",
                entry.role(),
                card.version(),
                card.crossValidation().performance().auc(),
                card.trainedAt(),
                card.data().rows());
    }

    @Command(name = "show", description = "Prints the card of a model as JSON.", mixinStandardHelpOptions = true)
    void show(
            @Mixin ConfigOptions options,
            @Parameters(
                            paramLabel = "ROLE",
                            arity = "0..1",
                            defaultValue = "champion",
                            description = "As list shows it; default ${DEFAULT-VALUE}.")
                    String role) {
        ModelFolder models = models(options.load());
        ModelFolder.Entry found = models.entries().stream()
                .filter(entry -> entry.role().equals(role))
                .findFirst()
                .orElseThrow(() -> new ChurnFailure(
                        "No model " + role + " in " + models.dir() + ". ./churn models list shows them."));
        if (!found.isUsable()) {
            throw new MissingPrerequisite(found.problem());
        }
        out().println(JsonOutput.of(found.card()));
    }

    private static ModelFolder models(ChurnConfig config) {
        return new ModelFolder(config.modelDir(), config.schema());
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }
}
