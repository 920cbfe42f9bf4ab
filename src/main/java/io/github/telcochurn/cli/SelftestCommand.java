package io.github.telcochurn.cli;

import io.github.telcochurn.config.ChurnConfig;
import io.github.telcochurn.kafka.BrokerAccess;
import io.github.telcochurn.prerequisites.CheckResult;
import io.github.telcochurn.prerequisites.Checklist;
import io.github.telcochurn.scoring.ModelFolder;
import io.github.telcochurn.selftest.SelfTest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code churn selftest}: checks that everything works here */
@Command(
        name = "selftest",
        description = "Runs the whole pipeline on a small input with bad records in it, and checks the results.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "It uses its own topics, and deletes them afterwards. When no broker is configured or running, it starts one itself."
                    + " Exit code 1 when a check fails, 3 when a prerequisite is missing."
        })
final class SelftestCommand extends ConfiguredCommand {
    private static final int NAME_WIDTH = 29;

    enum Mode {
        STREAMING,
        BATCH,
        BOTH
    }

    @Option(
            names = "--mode",
            defaultValue = "both",
            description = "streaming, batch or both; default ${DEFAULT-VALUE}.")
    private Mode mode;

    @Option(
            names = "--events-per-sec",
            paramLabel = "N",
            defaultValue = "200",
            description = "For streaming; default ${DEFAULT-VALUE}.")
    private int eventsPerSecond;

    @Option(
            names = "--duration",
            paramLabel = "SECONDS",
            defaultValue = "5",
            description = "For streaming; default ${DEFAULT-VALUE}.")
    private int durationSeconds;

    @Option(names = "--json", description = "Prints the findings as a JSON array.")
    private boolean json;

    private final List<CheckResult> findings = new ArrayList<>();

    @Override
    public Integer call() throws InterruptedException {
        OptionCheck check = new OptionCheck(spec.commandLine());
        check.oneTo("--events-per-sec", (long) eventsPerSecond, 100_000);
        check.oneOrMore("--duration", (long) durationSeconds);
        try {
            return test(options.load());
        } finally {
            if (json) {
                out().println(JsonOutput.of(findings));
            }
        }
    }

    private int test(ChurnConfig config) throws InterruptedException {
        Checklist.ofFiles(config).check(this::report);
        if (!allHold()) {
            return ExitCodes.MISSING_PREREQUISITE;
        }
        try (BrokerAccess broker = BrokerAccess.connect(config.kafka())) {
            report(new CheckResult(
                    "broker", true, "answers at " + config.kafka().bootstrapServers()));
            SelfTest selfTest = new SelfTest(config, ModelFolder.of(config).champion(), this::report);
            if (mode != Mode.BATCH) {
                selfTest.streaming(eventsPerSecond, Duration.ofSeconds(durationSeconds));
            }
            if (mode != Mode.STREAMING) {
                selfTest.batch();
            }
        }
        return allHold() ? ExitCodes.DONE : ExitCodes.FAILED;
    }

    private void report(CheckResult finding) {
        findings.add(finding);
        if (!json) {
            out().println(finding.line(NAME_WIDTH));
        }
    }

    private boolean allHold() {
        return findings.stream().allMatch(CheckResult::holds);
    }
}
