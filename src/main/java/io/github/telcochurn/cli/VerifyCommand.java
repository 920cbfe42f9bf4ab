package io.github.telcochurn.cli;

import io.github.telcochurn.ChurnFailure;
import io.github.telcochurn.MissingPrerequisite;
import io.github.telcochurn.config.ChurnConfig;
import io.github.telcochurn.prerequisites.BrokerAnswers;
import io.github.telcochurn.prerequisites.DataReadable;
import io.github.telcochurn.prerequisites.FoldersWritable;
import io.github.telcochurn.prerequisites.ModelLoads;
import io.github.telcochurn.prerequisites.Prerequisite;
import io.github.telcochurn.prerequisites.TopicsExist;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code churn verify}: the prerequisites, a line each. */
@Command(
        name = "verify",
        description = "Checks broker, topics, model, data and folders, and says what to do about each that is missing.",
        mixinStandardHelpOptions = true)
final class VerifyCommand implements Callable<Integer> {
    @Mixin
    private ConfigOptions options;

    @Option(names = "--create-topics", description = "Creates the topics that are missing.")
    private boolean createTopics;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        ChurnConfig config = options.load();
        List<Prerequisite> prerequisites = List.of(
                new FoldersWritable(
                        List.of(config.reportsDir(), config.logsDir(), config.checkpointsDir(), config.stateDir())),
                new DataReadable(config.dataCsv()),
                new ModelLoads(config.modelDir()),
                new BrokerAnswers(config.kafka()),
                new TopicsExist(config, createTopics));
        long failed = prerequisites.stream().filter(each -> !holds(each)).count();
        return failed == 0 ? ExitCodes.DONE : ExitCodes.MISSING_PREREQUISITE;
    }

    private boolean holds(Prerequisite prerequisite) {
        PrintWriter out = spec.commandLine().getOut();
        try {
            out.printf("✓ %-8s %s%n", prerequisite.name(), prerequisite.check());
            return true;
        } catch (MissingPrerequisite | ChurnFailure e) {
            out.printf("✗ %-8s %s%n", prerequisite.name(), e.getMessage());
            return false;
        } finally {
            out.flush();
        }
    }
}
