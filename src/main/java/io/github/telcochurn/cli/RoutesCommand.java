package io.github.telcochurn.cli;

import io.github.telcochurn.config.ChurnConfig;
import io.github.telcochurn.routes.Finding;
import io.github.telcochurn.routes.RouteFiles;
import io.github.telcochurn.routes.RouteLinter;
import io.github.telcochurn.routes.Rule;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code churn routes}: the YAML routes, and what is wrong with them. */
@Command(
        name = "routes",
        description = "Lists, checks and tests the YAML routes.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "After you have changed a route:",
            "  ./churn routes check && ./churn routes test",
            "With routes of your own in a folder:",
            "  ./churn routes check --routes my-routes"
        })
final class RoutesCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Which command: list, check or test?");
    }

    @Command(
            name = "check",
            description = {
                "Finds what is wrong with the routes, all of it at once, without starting anything.",
                "A finding names the file, line and column, the rule, and what to do:",
                "  routes/score.camel.yaml(38,13): error unknown-method: The bean scorer … has no method scor. Did you mean score?"
            },
            mixinStandardHelpOptions = true,
            footer = {
                "",
                "Examples:",
                "  ./churn routes check                                  every route in effect",
                "  ./churn routes check my-routes/sink.camel.yaml        one file; the others are what it may refer to",
                "  ./churn routes check README.md docs/*.md              the routes in blocks of yaml",
                "",
                "Exit codes: 0 no error; 1 errors; 2 bad usage, such as a file that is not there."
            })
    int check(
            @Mixin ConfigOptions options,
            @Option(names = "--json", description = "Prints the findings as a JSON array.") boolean json,
            @Option(names = "--rules", description = "Lists what is checked, and ends.") boolean rules,
            @Parameters(
                            paramLabel = "FILE",
                            arity = "0..*",
                            description = "Routes in YAML, or Markdown; without any, all that are in effect.")
                    List<Path> files) {
        if (rules) {
            for (Rule rule : Rule.values()) {
                out().printf("%-22s %-8s %s%n", rule.id(), rule.severity(), rule.description());
            }
            return ExitCodes.DONE;
        }
        ChurnConfig config = options.load();
        List<Path> checked = files == null ? new RouteFiles(config.routes()).all() : files;
        requireReadable(checked);
        List<Finding> findings = new RouteLinter(config).check(checked);
        if (json) {
            out().println(JsonOutput.of(findings));
        } else {
            findings.forEach(finding -> out().println(finding));
            out().println(summary(findings, checked.size()));
        }
        return findings.stream().anyMatch(Finding::isError) ? ExitCodes.FAILED : ExitCodes.DONE;
    }

    private void requireReadable(List<Path> files) {
        for (Path file : files) {
            if (!Files.isRegularFile(file)) {
                throw new ParameterException(
                        spec.commandLine(),
                        "No file at " + file + ". Name a file of routes (.camel.yaml) or a Markdown file.");
            }
        }
    }

    private static String summary(List<Finding> findings, int files) {
        if (findings.isEmpty()) {
            return count(files, "file") + ", no problem";
        }
        long broken = findings.stream().map(Finding::file).distinct().count();
        return count(findings.size(), "problem") + " in " + count(broken, "file");
    }

    private static String count(long count, String what) {
        return count + " " + what + (count == 1 ? "" : "s");
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }
}
