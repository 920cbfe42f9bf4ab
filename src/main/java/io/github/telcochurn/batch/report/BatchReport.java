package io.github.telcochurn.batch.report;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.telcochurn.ChurnFailure;
import io.github.telcochurn.batch.figures.RunFigures;
import io.github.telcochurn.batch.journal.RunState;
import io.github.telcochurn.templates.ReportTemplates;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Writes what a run leaves for its readers: HTML and Markdown with charts for people, JSON for programs, and as CSV
 * every prediction, who is at high risk, whom to call, and whom not to for comparison.
 */
public final class BatchReport {
    private final Path dir;

    /** For reports in that folder, which is created when missing. */
    public BatchReport(Path reportsBatchDir) {
        this.dir = reportsBatchDir;
    }

    /** Where the HTML file of a run is, or will be. */
    public static Path htmlFile(Path reportsBatchDir, String runId) {
        return reportsBatchDir.resolve(nameOf(runId) + ".html");
    }

    /** Where the Markdown file of a run is, or will be. */
    public static Path markdownFile(Path reportsBatchDir, String runId) {
        return reportsBatchDir.resolve(nameOf(runId) + ".md");
    }

    /** What the names of a run's files begin with. */
    public static String nameOf(String runId) {
        return "batch_report_" + runId;
    }

    static String chartFile(String name, RunCharts.Chart chart) {
        return name + "_" + chart.name() + ".svg";
    }

    /**
     * Writes all files, or none of them.
     *
     * @return the Markdown file
     * @throws ChurnFailure when they cannot be written
     */
    public Path write(RunState state, RunFigures figures) {
        String name = nameOf(state.runId());
        return written(
                files -> {
                    PredictionsCsv.write(files.file(name + "_predictions.csv"), figures);
                    CallsCsv.write(files, name, figures);
                    HighRiskCsv.write(
                            files.file(HighRiskCsv.fileOf(dir, state.runId())
                                    .getFileName()
                                    .toString()),
                            figures);
                    for (RunCharts.Chart chart : writePages(files, state, figures)) {
                        files.write(chartFile(name, chart), chart.svg());
                    }
                },
                state);
    }

    /**
     * Rewrites the pages of a report, all or none, with what is known of the run by now. Its CSV files and the files of its
     * charts, which are large and cannot have changed, stay as {@link #write} left them.
     *
     * @return the Markdown file
     * @throws ChurnFailure when they cannot be written
     */
    public Path update(RunState state, RunFigures figures) {
        return written(files -> writePages(files, state, figures), state);
    }

    /**
     * Writes the report of a run that failed before it had figures: all files, or none of them.
     *
     * @return the Markdown file
     * @throws ChurnFailure when they cannot be written
     */
    public Path writeFailed(RunState state) {
        return written(files -> writePages(files, state, ReportJson.of(state, null), null), state);
    }

    private static List<RunCharts.Chart> writePages(FileSet files, RunState state, RunFigures figures)
            throws IOException {
        ObjectNode json = ReportJson.of(state, figures);
        List<RunCharts.Chart> charts = RunCharts.draw(figures, ReportJson.model(json));
        writePages(files, state, json, charts);
        return charts;
    }

    private static void writePages(FileSet files, RunState state, ObjectNode json, List<RunCharts.Chart> charts)
            throws IOException {
        String name = nameOf(state.runId());
        Map<String, Object> model = ReportModel.of(state, json, name, charts);
        files.write(name + ".json", ReportJson.text(json));
        files.write(name + ".html", ReportTemplates.fill("report.ftlh", model));
        files.write(name + ".md", ReportTemplates.fill("report.md.ftl", model));
    }

    /** Writes the files of one report. */
    private interface Writing {
        void into(FileSet files) throws IOException;
    }

    private Path written(Writing writing, RunState state) {
        try {
            Files.createDirectories(dir);
            try (FileSet files = new FileSet(dir)) {
                writing.into(files);
                files.publish();
            }
            return markdownFile(dir, state.runId());
        } catch (IOException e) {
            throw new ChurnFailure(
                    "The report cannot be written in " + dir + ": " + ChurnFailure.reason(e)
                            + ". What was ingested and scored stays on the topics.",
                    e);
        }
    }
}
