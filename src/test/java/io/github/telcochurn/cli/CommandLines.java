package io.github.telcochurn.cli;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;

/** What the program would make of a command line, without running it. */
public final class CommandLines {
    private CommandLines() {}

    /** What {@code ./churn --help} prints. */
    public static String help() {
        return new CommandLine(new ChurnCommand()).getUsageMessage();
    }

    /** Which command or option of the line is not there; empty when all are. */
    public static Optional<String> problemOf(String line) {
        CommandLine command = new CommandLine(new ChurnCommand());
        List<String> words = Arrays.asList(line.split("\\s+"));
        for (String word : words) {
            String name = word.replaceFirst("[=\\[\\]].*", "");
            if (command.getSubcommands().containsKey(name)) {
                command = command.getSubcommands().get(name);
            } else if (name.startsWith("-")
                    && !name.equals("-")
                    && command.getCommandSpec().findOption(name) == null) {
                return Optional.of(line + ": no option " + name);
            }
        }
        return command.getParent() == null && !words.get(0).startsWith("-")
                ? Optional.of(line + ": no command " + words.get(0))
                : Optional.empty();
    }
}
