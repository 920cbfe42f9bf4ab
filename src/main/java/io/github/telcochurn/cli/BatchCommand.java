package io.github.telcochurn.cli;

import io.github.telcochurn.batch.BatchRun;
import io.github.telcochurn.config.ChurnConfig;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code churn batch}: one batch run, now. */
@Command(
        name = "batch",
        description = "Runs one batch now: ingests a CSV file, scores it, and writes a report.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "The report is in reports/batch/, the run's logs in logs/batch/. With no broker configured or running, one is",
            "started inside the run. Exit code 4 when too few rows ended as predictions."
        })
final class BatchCommand implements Callable<Integer> {
    @Mixin
    private ConfigOptions options;

    @Option(names = "--input", paramLabel = "FILE", description = "The CSV file; churn.data.csv when not given.")
    private Path input;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        ChurnConfig config = options.load();
        return run(
                config,
                input == null ? config.dataCsv() : input,
                spec.commandLine().getOut());
    }

    static int run(ChurnConfig config, Path input, PrintWriter out) throws InterruptedException {
        BatchRun.Result result = new BatchRun(config, input, Instant.now()).run();
        out.println(result.headline());
        out.println("Report: " + result.report());
        out.flush();
        if (!result.balanced()) {
            return ExitCodes.FAILED;
        }
        return result.succeeded() ? ExitCodes.DONE : ExitCodes.BELOW_THRESHOLD;
    }
}
