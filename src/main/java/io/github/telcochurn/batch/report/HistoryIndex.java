package io.github.telcochurn.batch.report;

import io.github.telcochurn.ChurnFailure;
import io.github.telcochurn.batch.journal.RunState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Writes {@code index.html}, the list of all runs. */
public final class HistoryIndex {
    private static final String NAME = "index.html";

    private HistoryIndex() {}

    /**
     * Rewrites the list.
     *
     * @return the file
     * @throws ChurnFailure when it cannot be written
     */
    public static Path write(Path reportsBatchDir, List<RunState> newestFirst) {
        List<Map<String, Object>> runs =
                newestFirst.stream().map(state -> run(reportsBatchDir, state)).toList();
        try {
            Files.createDirectories(reportsBatchDir);
            try (FileSet files = new FileSet(reportsBatchDir)) {
                files.write(NAME, ReportTemplates.fill("index.ftlh", Map.of("runs", runs)));
                files.publish();
            }
            return reportsBatchDir.resolve(NAME);
        } catch (IOException e) {
            throw new ChurnFailure(
                    "The list of runs cannot be written in " + reportsBatchDir + ": " + ChurnFailure.reason(e), e);
        }
    }

    private static Map<String, Object> run(Path dir, RunState state) {
        Map<String, Object> run = ReportJson.model(state);
        run.putAll(ReportModel.summary(state));
        run.put("trigger_label", state.trigger().name().toLowerCase(Locale.ROOT));
        Path report = BatchReport.htmlFile(dir, state.runId());
        if (Files.exists(report)) {
            run.put("file", report.getFileName().toString());
        }
        return run;
    }
}
