package io.github.telcochurn.cli;

import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The command {@code churn} itself, which only has subcommands. */
@Command(
        name = "churn",
        description = "Scores telco customers for churn: CSV to Kafka to predictions and reports.",
        mixinStandardHelpOptions = true,
        versionProvider = ChurnCommand.Version.class,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            DemoCommand.class,
            RunCommand.class,
            BatchCommand.class,
            ProduceCommand.class,
            ScoreCommand.class,
            VerifyCommand.class,
            InitCommand.class,
            SchemaCommand.class,
            TrainCommand.class,
            OutcomesCommand.class,
            DeadlettersCommand.class,
            SelftestCommand.class,
            ModelsCommand.class,
            TopicsCommand.class,
            RoutesCommand.class,
            BrokerCommand.class,
            AutoComplete.GenerateCompletion.class,
            CommandLine.HelpCommand.class
        },
        footer = {
            "",
            "Start with: churn demo",
            "With your own customers: churn init DIR --input FILE",
            "Completion in bash and zsh: source <(./churn generate-completion)",
            "",
            "Exit codes: 0 done; 1 failed; 2 bad usage or configuration; 3 a prerequisite is missing;"
                    + " 4 the batch run ended below its success threshold; 130 or 143 interrupted."
        })
public final class ChurnCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    /**
     * Runs a command line.
     *
     * @return the exit code
     */
    public static int execute(String... args) {
        return new CommandLine(new ChurnCommand())
                .setExecutionExceptionHandler(new ExitCodes())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .execute(args);
    }

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "Which command?");
    }

    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = ChurnCommand.class.getPackage().getImplementationVersion();
            return new String[] {"churn " + (version == null ? "(not packaged)" : version)};
        }
    }
}
