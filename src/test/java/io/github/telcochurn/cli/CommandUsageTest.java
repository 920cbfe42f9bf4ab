package io.github.telcochurn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** How the commands explain themselves, and how they answer wrong options. */
class CommandUsageTest {
    private static final int COLUMNS = 80;

    @ParameterizedTest
    @CsvSource({
        "produce --mode streaming --events-per-sec -1, --events-per-sec: churn.streaming.events-per-sec must be",
        "produce --batch-size 0, --batch-size: churn.batch.batch-size must be",
        "run --events-per-sec many, --events-per-sec: churn.streaming.events-per-sec must be",
        "score --window-size 0, --window-size: churn.score.window-size must be",
        "score --group-id a/b, --group-id: churn.group-id must be",
        "verify --routes /not/there, --routes: churn.routes.own-dir must be",
        "verify --set churn.web.port=0, --set: churn.web.port must be",
        "selftest --events-per-sec 0, --events-per-sec must be 1 to 100000",
        "train --trainer neural, --trainer must be best or one of logistic",
        "schema infer --input data/mlc-churn.csv --label chrun, Did you mean churn?",
        "schema infer --id customer_id, Missing required option: '--input=FILE'",
        "schema json --of topic, Invalid value for option '--of'",
        "schema check --dir not-there, --dir not-there: there is no such folder",
        "init data --input data/mlc-churn.csv, data already exists",
        "selftest --duration 0, --duration must be 1 or more",
    })
    void namesTheOptionThatTheUserTyped(String line, String expected) {
        StringWriter err = new StringWriter();
        int exitCode = new CommandLine(new ChurnCommand())
                .setExecutionExceptionHandler(new ExitCodes())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setErr(new PrintWriter(err))
                .execute(line.split(" "));

        assertThat(exitCode).isEqualTo(ExitCodes.BAD_USAGE);
        assertThat(err.toString()).contains(expected);
        if (!line.contains("--set")) {
            assertThat(err.toString()).doesNotContain("--set: ");
        }
    }

    @Test
    void helpIsWrappedOnce() {
        List<String> wrong = new ArrayList<>();
        List<CommandLine> commands = new ArrayList<>();
        collect(new CommandLine(new ChurnCommand()), commands);
        for (CommandLine command : commands) {
            List<String> lines =
                    List.of(command.getUsageMessage(CommandLine.Help.Ansi.OFF).split("\n"));
            for (int i = 0; i + 1 < lines.size(); i++) {
                if (brokenOff(lines.get(i), lines.get(i + 1))) {
                    wrong.add(
                            command.getCommandSpec().qualifiedName() + ": " + lines.get(i) + " | " + lines.get(i + 1));
                }
            }
        }

        assertThat(wrong).isEmpty();
        assertThat(commands).hasSizeGreaterThan(20);
    }

    private static void collect(CommandLine command, List<CommandLine> all) {
        all.add(command);
        command.getSubcommands().values().forEach(each -> collect(each, all));
    }

    /** Whether a line of running text ends in the middle of a sentence, although the next one's first word had room on it. */
    private static boolean brokenOff(String line, String next) {
        boolean isText = !line.isBlank() && !next.isBlank() && !line.startsWith(" ") && !next.startsWith(" ");
        String word = next.split(" ", 2)[0];
        return isText
                && !line.startsWith("Usage:")
                && !Character.isUpperCase(next.charAt(0))
                && !line.matches(".*[.:]")
                && line.length() + 1 + word.length() < COLUMNS;
    }
}
