package io.github.telcochurn.batch.report;

import io.github.telcochurn.ChurnFailure;
import io.github.telcochurn.batch.figures.TrendPoint;
import io.github.telcochurn.batch.journal.RunState;
import io.github.telcochurn.templates.ReportTemplates;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Writes {@code index.html}, the trend over the runs, the latest one, and the list of all. */
public final class HistoryIndex {
    private static final String NAME = "index.html";
    private static final int RUNS_OF_TREND = 30;

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
                files.write(NAME, ReportTemplates.fill("index.ftlh", model(newestFirst, runs)));
                files.publish();
            }
            return reportsBatchDir.resolve(NAME);
        } catch (IOException e) {
            throw new ChurnFailure(
                    "The list of runs cannot be written in " + reportsBatchDir + ": " + ChurnFailure.reason(e), e);
        }
    }

    private static Map<String, Object> model(List<RunState> newestFirst, List<Map<String, Object>> runs)
            throws IOException {
        Map<String, Object> model = new HashMap<>();
        model.put("runs", runs);
        runs.stream()
                .filter(run -> run.get("high_risk") != null)
                .findFirst()
                .ifPresent(run -> model.put("latest", run));
        List<RunState> counted = newestFirst.stream()
                .filter(state -> state.highRisk() != null)
                .limit(RUNS_OF_TREND)
                .toList();
        if (counted.size() > 1) {
            List<TrendPoint> oldestFirst =
                    new ArrayList<>(counted.stream().map(HistoryIndex::point).toList());
            Collections.reverse(oldestFirst);
            RunCharts.Chart trend = RunCharts.trend(oldestFirst, counted.get(0).revenueUnit());
            model.put("trend", Map.of("title", trend.title(), "note", trend.note(), "svg", trend.svg()));
        }
        return model;
    }

    private static TrendPoint point(RunState state) {
        return new TrendPoint(state.runId(), state.startedAt(), state.highRisk(), state.revenueAtRisk());
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
