package io.github.telcochurn.cli;

import ch.qos.logback.classic.Logger;
import io.github.telcochurn.ChurnFailure;
import io.github.telcochurn.MissingPrerequisite;
import io.github.telcochurn.batch.figures.Books;
import io.github.telcochurn.batch.journal.RunJournal;
import io.github.telcochurn.batch.journal.RunState;
import io.github.telcochurn.batch.journal.RunStatus;
import io.github.telcochurn.batch.journal.StepRecord;
import io.github.telcochurn.batch.run.BatchRun;
import io.github.telcochurn.batch.run.BatchRuns;
import io.github.telcochurn.batch.run.RunRequest;
import io.github.telcochurn.config.ChurnConfig;
import io.github.telcochurn.ingest.CsvFile;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** {@code churn batch}: one batch run, now. */
@Command(
        name = "batch",
        description = "Runs one batch now: ingests a CSV file, scores it, and writes a report.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Eight steps: prerequisites, ingest, score, summary, report, threshold, notify, clean-up. A failed step is retried"
                    + " twice, then the run ends as failed. One run at a time. A run of the same file that was killed or"
                    + " stopped within the last day is resumed: nothing is ingested or scored twice.",
            "",
            "The report is in reports/batch/ (index.html has all of them), the run's logs in logs/batch/. When no broker"
                    + " is configured or running, the run starts one itself. Exit code 4 when too few rows ended as"
                    + " predictions."
        })
final class BatchCommand extends ConfiguredCommand {
    @Option(
            names = "--input",
            paramLabel = "FILE",
            description = "The CSV file, a regular file; default: churn.data.csv.")
    private Path input;

    @ArgGroup
    private RunChoice choice;

    @Option(names = "--json", description = "With --list: prints the runs, with their steps, as a JSON array.")
    private boolean json;

    /** What to do instead of starting or resuming a run of the file. */
    private static final class RunChoice {
        @Option(names = "--new", description = "Starts a new run, even when one of this file was interrupted.")
        private boolean fresh;

        @Option(
                names = "--resume",
                paramLabel = "RUN",
                description = "Resumes a run that was killed, stopped or failed.")
        private String resume;

        @Option(names = "--list", description = "Lists the runs on record, newest first, and starts none.")
        private boolean list;
    }

    @Override
    public Integer call() throws InterruptedException {
        boolean list = choice != null && choice.list;
        if (json && !list) {
            throw new ParameterException(spec.commandLine(), "--json can only be used with --list");
        }
        if (input != null && choice != null && (list || choice.resume != null)) {
            throw new ParameterException(
                    spec.commandLine(), "--input cannot be used with --list or --resume: a run keeps its file");
        }
        ChurnConfig config = options.load();
        return list ? list(config) : run(config, request(config), out());
    }

    private RunRequest request(ChurnConfig config) {
        Instant now = Instant.now();
        if (choice != null && choice.resume != null) {
            return RunRequest.resume(now, choice.resume);
        }
        Path file = input == null ? config.dataCsv() : input;
        return choice != null && choice.fresh ? RunRequest.fresh(now, file) : RunRequest.now(now, file);
    }

    static int run(ChurnConfig config, RunRequest request, PrintWriter out) throws InterruptedException {
        if (request.input() != null) {
            // A mistyped file name must not become a failed run.
            CsvFile.unread(request.input(), config.schema());
        }
        reportFailureOnce();
        BatchRun run;
        try {
            run = new StandaloneRun(config).run(request);
        } catch (InterruptedException e) {
            out.println("The run was interrupted. ./churn batch resumes it.");
            throw e;
        }
        RunState state = run.state();
        if (state.books() != null) {
            out.println(state.books().headline());
        }
        state.warnings().forEach(out::println);
        if (run.reportFile() != null) {
            out.println("Report: " + run.reportFile());
        }
        out.flush();
        return switch (state.status()) {
            case SUCCEEDED -> ExitCodes.DONE;
            case BELOW_THRESHOLD -> ExitCodes.BELOW_THRESHOLD;
            default -> throw failure(state, run.failure());
        };
    }

    /** The command itself prints why its run failed, so the notification's line goes only to the run's log. */
    private static void reportFailureOnce() {
        ((Logger) LoggerFactory.getLogger("notify-failure")).setAdditive(false);
    }

    private static RuntimeException failure(RunState state, Throwable cause) {
        StepRecord failed = state.failedStep();
        String step = failed == null ? "" : " in the step " + failed.name();
        String message = "The run " + state.runId() + " failed" + step + ". " + state.failure();
        return cause instanceof MissingPrerequisite
                ? new MissingPrerequisite(message, cause)
                : new ChurnFailure(message, cause);
    }

    private int list(ChurnConfig config) {
        List<RunState> runs = new RunJournal(config.checkpointsDir()).newestFirst();
        PrintWriter out = out();
        if (json) {
            out.println(RunJournal.json(runs));
            return ExitCodes.DONE;
        }
        if (runs.isEmpty()) {
            out.println("No runs yet. ./churn batch starts one.");
            return ExitCodes.DONE;
        }
        boolean runInProgress = BatchRuns.isRunInProgress(config);
        String format = "%-17s %-28s %8s %11s %12s %13s %8s  %s%n";
        out.printf(format, "run", "status", "seconds", "rows", "predictions", "dead letters", "success", "input");
        for (RunState run : runs) {
            Books books = run.books();
            out.printf(
                    format,
                    run.runId(),
                    status(run, runInProgress),
                    run.isOver() ? seconds(Duration.between(run.startedAt(), run.endedAt())) : "",
                    books == null ? "" : String.format(Locale.ROOT, "%,d", books.rowsRead()),
                    books == null ? "" : String.format(Locale.ROOT, "%,d", books.predictions()),
                    books == null ? "" : String.format(Locale.ROOT, "%,d", books.deadLetters()),
                    books == null ? "" : String.format(Locale.ROOT, "%.2f %%", books.successRate()),
                    Path.of(run.input()).getFileName());
            // Only one run can be in progress: an older one with that status was killed.
            runInProgress = runInProgress && run.status() != RunStatus.RUNNING;
        }
        return ExitCodes.DONE;
    }

    private static String status(RunState run, boolean runInProgress) {
        if (run.isOver()) {
            return run.status().label();
        }
        String step = run.steps().isEmpty()
                ? "the beginning"
                : run.steps().get(run.steps().size() - 1).name();
        boolean inProgress = runInProgress && run.status() == RunStatus.RUNNING;
        return (inProgress ? "running: " : "interrupted in ") + step;
    }

    private static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.1f", duration.toMillis() / 1000.0);
    }
}
