package io.github.telcochurn.cli;

import io.github.telcochurn.prerequisites.CheckResult;
import io.github.telcochurn.prerequisites.Checklist;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code churn verify}: the prerequisites, one line each. */
@Command(
        name = "verify",
        description =
                "Checks broker, topics and their policies, model, data and folders, and says how to fix each problem.",
        mixinStandardHelpOptions = true,
        footer = {"", "Exit code 3 when something is missing."})
final class VerifyCommand extends ConfiguredCommand {
    private static final int NAME_WIDTH = 8;

    @Option(names = "--create-topics", description = "Creates the topics that are missing.")
    private boolean createTopics;

    @Option(names = "--json", description = "Prints the findings as a JSON array.")
    private boolean json;

    @Override
    public Integer call() {
        List<CheckResult> findings = Checklist.ofAll(options.load(), createTopics)
                .check(finding -> {
                    if (!json) {
                        out().println(finding.line(NAME_WIDTH));
                    }
                });
        if (json) {
            out().println(JsonOutput.of(findings));
        }
        return findings.stream().allMatch(CheckResult::holds) ? ExitCodes.DONE : ExitCodes.MISSING_PREREQUISITE;
    }
}
