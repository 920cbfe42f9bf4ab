package io.github.telcochurn.batch.run;

import io.github.telcochurn.ChurnFailure;
import io.github.telcochurn.batch.figures.RunFigures;
import io.github.telcochurn.batch.journal.RunState;
import io.github.telcochurn.batch.report.BatchReport;
import java.nio.file.Path;

/** Writes the report of a run, and records in the run where it is. */
final class RunReports {
    private final BatchReport reports;

    /** For reports in that folder, which is created when missing. */
    RunReports(Path reportsBatchDir) {
        this.reports = new BatchReport(reportsBatchDir);
    }

    /**
     * Writes the report of a run as it stands.
     *
     * @throws ChurnFailure when it cannot be written
     */
    void write(BatchRun run) {
        write(run, run.state());
    }

    /**
     * Writes the report with the verdict that is about to be settled: the notification, which is sent before the run ends, has
     * it attached.
     *
     * @throws ChurnFailure when it cannot be written
     */
    void writeJudged(BatchRun run) {
        write(run, run.judgedState());
    }

    private void write(BatchRun run, RunState state) {
        RunFigures figures = run.figures();
        if (figures == null) {
            run.reportWritten(reports.writeFailed(state));
        } else if (run.reportFile() == null) {
            run.reportWritten(reports.write(state, figures));
        } else {
            // The figures are the same; what has changed are the steps, the end, and the status.
            reports.update(state, figures);
        }
    }
}
