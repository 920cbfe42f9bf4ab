package io.github.telcochurn.cli;

import io.github.telcochurn.MissingPrerequisite;
import io.github.telcochurn.config.ChurnConfig;
import io.github.telcochurn.modelcard.CardPage;
import io.github.telcochurn.scoring.ModelFolder;
import io.github.telcochurn.scoring.ModelHistory;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code churn models}: the versions side by side, how good they are, and which one scores. */
@Command(
        name = "models",
        description = "Lists, shows and compares the models in churn.model.dir, and sets the champion.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {ModelsCompareCommand.class, ModelsFeaturesCommand.class, ModelsImportCommand.class},
        footer = {
            "",
            "A running scorer switches to a new champion by itself, within churn.model.reload-ms and between two polls."
        })
final class ModelsCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                "Which command: list, show, history, promote, rollback, compare, features or import?");
    }

    @Command(
            name = "list",
            description = "Lists the models, the champion first; exit code 3 when one of them must not be used.",
            mixinStandardHelpOptions = true)
    int list(
            @Mixin ConfigOptions options,
            @Option(names = "--json", description = "Prints them as a JSON array, with their cards.") boolean json) {
        List<ModelFolder.Entry> entries = ModelFolder.of(options.load()).entries();
        List<ModelSummary> models = entries.stream().map(ModelSummary::of).toList();
        if (json) {
            out().println(JsonOutput.of(models));
        } else {
            ModelLines.table(models).forEach(out()::println);
        }
        return entries.stream().allMatch(ModelFolder.Entry::isUsable) ? ExitCodes.DONE : ExitCodes.MISSING_PREREQUISITE;
    }

    @Command(name = "show", description = "Shows the card of a model.", mixinStandardHelpOptions = true)
    void show(
            @Mixin ConfigOptions options,
            @Parameters(
                            paramLabel = "VERSION",
                            arity = "0..1",
                            defaultValue = "champion",
                            description = "The version, as list shows it; default ${DEFAULT-VALUE}.")
                    String version,
            @Option(names = "--json", description = "Prints the whole card as JSON.") boolean json) {
        ModelFolder folder = ModelFolder.of(options.load());
        String meant = folder.versionOf(version);
        // Fails with a helpful message when there is no such version.
        folder.load(meant);
        ModelFolder.Entry found = folder.entries().stream()
                .filter(entry -> entry.version().equals(meant))
                .findFirst()
                .orElseThrow();
        if (!found.isUsable()) {
            throw new MissingPrerequisite(found.problem());
        }
        if (json) {
            out().println(JsonOutput.of(found.card()));
        } else {
            Path page = folder.dir().resolve(CardPage.fileOf(meant));
            ModelLines.card(found, Files.exists(page) ? page : null).forEach(out()::println);
        }
    }

    @Command(
            name = "history",
            description = "Shows which model became champion when, oldest first.",
            mixinStandardHelpOptions = true)
    void history(
            @Mixin ConfigOptions options,
            @Option(names = "--json", description = "Prints it as a JSON array.") boolean json) {
        ModelHistory history = ModelFolder.of(options.load()).history();
        if (json) {
            out().println(JsonOutput.of(history.entries()));
        } else {
            history.entries()
                    .forEach(served -> out().printf("%-24s  %-8s  %s%n", served.at(), served.by(), served.champion()));
        }
    }

    @Command(
            name = "promote",
            description =
                    "Makes a model champion, after checking its hash, class and schema, and scoring golden rows; a model"
                            + " that must not be used is refused with exit code 3, and the champion stays.",
            mixinStandardHelpOptions = true)
    void promote(
            @Mixin ConfigOptions options,
            @Parameters(paramLabel = "VERSION", description = "The version, as list shows it.") String version,
            @Option(names = "--json", description = "Prints the new and the previous champion as JSON.") boolean json) {
        ChurnConfig config = options.load();
        print(ModelFolder.of(config).promote(version, "promote", Instant.now()), config, json);
    }

    @Command(
            name = "rollback",
            description =
                    "Makes the previous champion the champion again, after the same checks; a second rollback undoes the first.",
            mixinStandardHelpOptions = true)
    void rollback(
            @Mixin ConfigOptions options,
            @Option(names = "--json", description = "Prints the new and the previous champion as JSON.") boolean json) {
        ChurnConfig config = options.load();
        print(ModelFolder.of(config).rollback(Instant.now()), config, json);
    }

    private void print(ModelFolder.Promotion promotion, ChurnConfig config, boolean json) {
        String fixed = config.model().champion();
        boolean isOverridden = !fixed.isEmpty() && !fixed.equals(promotion.champion());
        if (json) {
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("champion", promotion.champion());
            fields.put("before", promotion.before());
            fields.put("overridden_by", isOverridden ? fixed : null);
            out().println(JsonOutput.of(fields));
            return;
        }
        String instead = promotion.before() == null ? "" : " instead of " + promotion.before();
        out().println(promotion.champion() + " is champion"
                + (promotion.isChange() ? instead + ". Running scorers switch to it by themselves." : " already."));
        if (isOverridden) {
            out().println("But churn.model.champion is set to " + fixed
                    + ", which scores until that setting is removed.");
        }
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }
}
