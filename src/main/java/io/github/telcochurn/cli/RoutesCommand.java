package io.github.telcochurn.cli;

import io.github.telcochurn.ChurnBeans;
import io.github.telcochurn.ChurnFailure;
import io.github.telcochurn.config.ChurnConfig;
import io.github.telcochurn.routes.Finding;
import io.github.telcochurn.routes.RouteFiles;
import io.github.telcochurn.routes.RouteList;
import io.github.telcochurn.routes.Rule;
import io.github.telcochurn.routes.lint.RouteLinter;
import io.github.telcochurn.routes.test.RouteTestFile;
import io.github.telcochurn.routes.test.RouteTestResult;
import io.github.telcochurn.routes.test.RouteTests;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
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
            name = "list",
            description =
                    "Lists the routes in effect, shipped and your own, with what each consumes and sends to, and the"
                            + " templates with their parameters.",
            mixinStandardHelpOptions = true)
    void list(
            @Mixin ConfigOptions options,
            @Option(names = "--json", description = "Prints them as a JSON object.") boolean json) {
        RouteList list = RouteList.of(options.load());
        if (json) {
            out().println(JsonOutput.of(list));
            return;
        }
        for (RouteList.Entry route : list.routes()) {
            out().printf("%-20s %-8s %s%n", route.id(), route.origin(), route.file());
            out().printf("    %s%n", route.description());
            out().printf(
                            "    %s%s%n",
                            route.from(), route.sendsTo().isEmpty() ? "" : " → " + String.join(", ", route.sendsTo()));
        }
        for (RouteList.Template template : list.templates()) {
            out().printf("%-20s %-8s %s (template)%n", template.id(), template.origin(), template.file());
            out().printf("    %s%n", template.description());
            for (RouteList.Parameter parameter : template.parameters()) {
                String byDefault =
                        parameter.byDefault() == null ? "must be given" : "default \"" + parameter.byDefault() + "\"";
                out().printf("    %-20s %s (%s)%n", parameter.name(), parameter.description(), byDefault);
            }
        }
    }

    @Command(
            name = "check",
            description = {
                "Finds all problems in the routes at once, without starting anything.",
                "A finding names the file, line and column, the rule, and what to do:",
                "  routes/score.camel.yaml(39,21): error unknown-method: The bean",
                "  scorer … has no method scor. Did you mean score?"
            },
            mixinStandardHelpOptions = true,
            footer = {
                "",
                "Examples:",
                "  ./churn routes check                      every route in effect",
                "  ./churn routes check my-routes/sink.camel.yaml",
                "                                            one file; it may refer to the others",
                "  ./churn routes check README.md docs/*.md  the routes in yaml code blocks",
                "",
                "Exit codes: 0 no error; 1 errors; 2 bad usage, such as a file that is not there."
            })
    int check(
            @Mixin ConfigOptions options,
            @Option(names = "--json", description = "Prints the findings as a JSON array.") boolean json,
            @Option(
                            names = "--strict",
                            description = "Requires the style of the shipped routes of your own routes, too:"
                                    + " what is otherwise a warning is then an error.")
                    boolean strict,
            @Option(names = "--rules", description = "Lists the rules, without checking anything.") boolean rules,
            @Parameters(
                            paramLabel = "FILE",
                            arity = "0..*",
                            description =
                                    "Routes in YAML, tests of them, or Markdown; without any, all routes in effect.")
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
        if (checked.isEmpty()) {
            throw new ChurnFailure("There are no routes in " + config.routes().dir()
                    + ". Restore the files, or set churn.routes.dir.");
        }
        List<Finding> findings = findingsOf(checked, config, strict);
        if (json) {
            out().println(JsonOutput.of(findings));
        } else {
            findings.forEach(finding -> out().println(finding));
            out().println(summary(findings, checked.size()));
        }
        return findings.stream().anyMatch(Finding::isError) ? ExitCodes.FAILED : ExitCodes.DONE;
    }

    @Command(
            name = "test",
            description = {
                "Runs the tests of the routes: the real files, each case in its own Camel context, with no broker.",
                "Steps that a case names are replaced. docs/routes.md shows the format of a test file.",
                "At the end, your own routes that have no test are listed."
            },
            mixinStandardHelpOptions = true,
            footer = {
                "",
                "Example, routes/score.test.yaml:",
                "  - name: a broken record becomes a dead letter",
                "    route: score",
                "    input:",
                "      records:",
                "        - value: no JSON",
                "    expect:",
                "      send-dead-letters:",
                "        records:",
                "          - topic: telco-deadletter",
                "",
                "Exit codes: 0 all passed; 1 a test failed, or there are no tests; 2 bad usage, such as a file that is not there."
            })
    int test(
            @Mixin ConfigOptions options,
            @Option(names = "--json", description = "Prints the results as a JSON array.") boolean json,
            @Parameters(
                            paramLabel = "FILE",
                            arity = "0..*",
                            description = "Test files; without any, every *.test.yaml beside the routes in effect.")
                    List<Path> files)
            throws InterruptedException {
        ChurnConfig config = options.load();
        List<Path> chosen = files == null ? new RouteFiles(config.routes()).tests() : files;
        requireReadable(chosen);
        RouteTests tests = new RouteTests(config, ChurnBeans::all);
        List<RouteTestResult> results = new ArrayList<>();
        List<Finding> findings = new ArrayList<>();
        // Camel logs a warning when a case makes a route fail; the results have all that matters.
        SilentConsole console = new SilentConsole();
        try {
            for (Path path : chosen) {
                RouteTestFile file = RouteTestFile.read(path);
                findings.addAll(file.findings());
                for (RouteTestFile.Case testCase : file.cases()) {
                    RouteTestResult result = tests.run(file.file(), testCase);
                    results.add(result);
                    if (!json) {
                        print(result);
                    }
                }
            }
        } finally {
            console.restore();
        }
        findings.forEach(finding -> (json ? spec.commandLine().getErr() : out()).println(finding));
        if (json) {
            out().println(JsonOutput.of(results));
        } else {
            if (files == null) {
                untested(config, results).forEach(route -> out().println("Without a test: " + route));
            }
            out().println(testSummary(results, findings, config));
        }
        boolean passed =
                !results.isEmpty() && findings.isEmpty() && results.stream().allMatch(RouteTestResult::passed);
        return passed ? ExitCodes.DONE : ExitCodes.FAILED;
    }

    /** The user's own routes that no case names. */
    private static List<String> untested(ChurnConfig config, List<RouteTestResult> results) {
        Set<String> tested = results.stream().map(RouteTestResult::route).collect(Collectors.toSet());
        return RouteList.of(config).routes().stream()
                .filter(route -> route.origin().equals("own") && !tested.contains(route.id()))
                .map(route -> route.id() + " (" + route.file() + ")")
                .toList();
    }

    private void print(RouteTestResult result) {
        out().printf("%s %s: %s%n", result.passed() ? "✓" : "✗", result.route(), result.name());
        for (String problem : result.problems()) {
            out().printf("    %s(%d): %s%n", result.file(), result.line(), problem);
        }
        out().flush();
    }

    private static String testSummary(List<RouteTestResult> results, List<Finding> findings, ChurnConfig config) {
        if (results.isEmpty() && findings.isEmpty()) {
            return "No test found: there is no *.test.yaml in "
                    + config.routes().dir() + ". docs/routes.md shows how to write one.";
        }
        long failed = results.stream().filter(result -> !result.passed()).count();
        String outcome = failed == 0 ? ", all passed" : ", " + failed + " failed";
        return count(results.size(), "test")
                + (results.isEmpty() ? "" : outcome)
                + (findings.isEmpty() ? "" : "; " + count(findings.size(), "problem") + " in the test files");
    }

    private static List<Finding> findingsOf(List<Path> files, ChurnConfig config, boolean strict) {
        Map<Boolean, List<Path>> byTests = files.stream()
                .collect(Collectors.partitioningBy(file -> file.toString().endsWith(RouteFiles.TEST_SUFFIX)));
        List<Finding> findings =
                new ArrayList<>(new RouteLinter(config, ChurnBeans.types(), strict).check(byTests.get(false)));
        byTests.get(true)
                .forEach(file -> findings.addAll(RouteTestFile.read(file).findings()));
        return findings.stream().sorted(Finding.ORDER).toList();
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
