package io.github.telcochurn.cli;

import io.github.telcochurn.MissingPrerequisite;
import io.github.telcochurn.config.ChurnConfig;
import io.github.telcochurn.scoring.ModelFolder;
import io.github.telcochurn.scoring.ModelHistory;
import java.io.PrintWriter;
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
        description = "Lists, shows and compares the models of churn.model.dir, and says which one is champion.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {ModelsCompareCommand.class, ModelsFeaturesCommand.class, ModelsImportCommand.class},
        footer = {
            "",
            "A running scorer takes a new champion over by itself, within churn.model.reload-ms and between two polls."
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
            @Option(names = "--json", description = "Prints an array, with their cards.") boolean json) {
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
                            description = "As list has it; default ${DEFAULT-VALUE}.")
                    String version,
            @Option(names = "--json", description = "Prints the whole card.") boolean json) {
        ModelFolder folder = ModelFolder.of(options.load());
        String meant = folder.versionOf(version);
        // Says what is wrong with a version that is not there.
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
            ModelLines.card(found).forEach(out()::println);
        }
    }

    @Command(
            name = "history",
            description = "Shows which model was champion from when on, oldest first.",
            mixinStandardHelpOptions = true)
    void history(
            @Mixin ConfigOptions options, @Option(names = "--json", description = "Prints an array.") boolean json) {
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
                    "Makes a model champion, after checking its hash, class and schema, and scoring golden rows; one that"
                            + " must not be used is refused with exit code 3, and the champion stays.",
            mixinStandardHelpOptions = true)
    void promote(
            @Mixin ConfigOptions options,
            @Parameters(paramLabel = "VERSION", description = "As list has it.") String version,
            @Option(names = "--json", description = "Prints the champion, and the one before.") boolean json) {
        ChurnConfig config = options.load();
        print(ModelFolder.of(config).promote(version, "promote", Instant.now()), config, json);
    }

    @Command(
            name = "rollback",
            description =
                    "Makes the model champion that was it before, after the same checks; twice, and all is as it was.",
            mixinStandardHelpOptions = true)
    void rollback(
            @Mixin ConfigOptions options,
            @Option(names = "--json", description = "Prints the champion, and the one before.") boolean json) {
        ChurnConfig config = options.load();
        print(ModelFolder.of(config).rollback(Instant.now()), config, json);
    }

    private void print(ModelFolder.Promotion promotion, ChurnConfig config, boolean json) {
        String fixed = config.model().champion();
        boolean isOverridden = !fixed.isEmpty() && !fixed.equals(promotion.champion());
        if (json) {
            Map<String, Object> told = new LinkedHashMap<>();
            told.put("champion", promotion.champion());
            told.put("before", promotion.before());
            told.put("overridden_by", isOverridden ? fixed : null);
            out().println(JsonOutput.of(told));
            return;
        }
        String instead = promotion.before() == null ? "" : " instead of " + promotion.before();
        out().println(promotion.champion() + " is champion"
                + (promotion.isChange() ? instead + ". Running scorers take it over by themselves." : " already."));
        if (isOverridden) {
            out().println("But churn.model.champion is set to " + fixed
                    + ", which scores until that setting is taken out.");
        }
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }
}
