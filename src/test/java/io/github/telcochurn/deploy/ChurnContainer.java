package io.github.telcochurn.deploy;

import io.github.telcochurn.TestProject;
import io.github.telcochurn.cli.ChurnCommand;
import io.github.telcochurn.config.ChurnConfig;
import io.github.telcochurn.config.ConfigLoader;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;

/**
 * What a deployment starts the program with.
 *
 * @param name for messages
 * @param arguments as the image's entry point gets them
 * @param environment beyond that of the image
 */
record ChurnContainer(String name, String image, List<String> arguments, Map<String, String> environment) {
    /**
     * The command that would run.
     *
     * @throws CommandLine.ParameterException when there is no such command or option
     */
    String command() {
        return new CommandLine(new ChurnCommand())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .parseArgs(arguments.toArray(String[]::new))
                .subcommand()
                .commandSpec()
                .name();
    }

    /**
     * The settings that it would run with.
     *
     * @throws io.github.telcochurn.config.ConfigException when a variable is unknown or its value invalid
     */
    ChurnConfig settings() {
        // A user's own settings in the root of the checkout are not in the image.
        return ConfigLoader.load(TestProject.ROOT, TestProject.ROOT.resolve("src"), environment, Map.of());
    }
}
