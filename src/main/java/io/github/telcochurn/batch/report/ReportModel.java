package io.github.telcochurn.batch.report;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.telcochurn.batch.journal.RunState;
import io.github.telcochurn.batch.journal.RunStatus;
import io.github.telcochurn.batch.journal.StepRecord;
import io.github.telcochurn.customer.Numbers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What the templates are given: the report's JSON, and beside it what is worded differently for people. */
final class ReportModel {
    private ReportModel() {}

    /**
     * The model of a run's report.
     *
     * @param name of the report's files, without their extensions
     * @param charts null for a run without figures
     */
    static Map<String, Object> of(RunState state, ObjectNode report, String name, List<RunCharts.Chart> charts) {
        Map<String, Object> model = new LinkedHashMap<>(summary(state));
        model.put("report", ReportJson.model(report));
        model.put("name", name);
        model.putAll(ManagerWords.of(report));
        model.put("has_figures", charts != null);
        model.put("charts", charts == null ? List.of() : charts(charts, name));
        model.put("steps", state.steps().stream().map(ReportModel::step).toList());
        return model;
    }

    /** What both a run's report and the list of all runs say about it. */
    static Map<String, Object> summary(RunState state) {
        Map<String, Object> model = new LinkedHashMap<>();
        model.put("status_label", state.status().label());
        model.put("is_good", state.status() == RunStatus.SUCCEEDED);
        model.put("input_name", fileName(state.input()));
        if (state.books() != null) {
            model.put("dead_letters", state.books().deadLetters());
        }
        if (state.revenueAtRisk() != null) {
            model.put("revenue", revenue(state, "%,.0f"));
            model.put("exact_revenue", revenue(state, "%,.2f"));
        }
        Instant ended = endOf(state);
        if (ended != null) {
            model.put(
                    "took",
                    ReadableDuration.of(
                            Duration.between(state.startedAt(), ended).toMillis()));
        }
        return model;
    }

    private static String revenue(RunState state, String format) {
        return Numbers.withUnit(String.format(Locale.ROOT, format, state.revenueAtRisk()), state.revenueUnit());
    }

    private static Instant endOf(RunState state) {
        if (state.endedAt() != null) {
            return state.endedAt();
        }
        // The report is itself a step: when it is written, the run has not ended.
        return state.steps().stream()
                .map(StepRecord::endedAt)
                .filter(time -> time != null)
                .reduce((first, last) -> last)
                .orElse(null);
    }

    private static String fileName(String input) {
        Path name = Path.of(input).getFileName();
        return name == null ? input : name.toString();
    }

    private static Map<String, Object> step(StepRecord step) {
        Map<String, Object> model = ReportJson.model(step);
        model.put(
                "took",
                step.duration() == null
                        ? "in progress"
                        : ReadableDuration.of(step.duration().toMillis()));
        model.put("outcome_label", outcome(step));
        return model;
    }

    private static String outcome(StepRecord step) {
        if (step.outcome() == null) {
            return "in progress";
        }
        return switch (step.outcome()) {
            case DONE -> "done";
            case FAILED -> "failed";
        };
    }

    private static List<Map<String, Object>> charts(List<RunCharts.Chart> drawn, String name) {
        List<Map<String, Object>> charts = new ArrayList<>();
        for (RunCharts.Chart chart : drawn) {
            charts.add(Map.of(
                    "file", BatchReport.chartFile(name, chart),
                    "name", chart.name(),
                    "group", chart.group().name().toLowerCase(Locale.ROOT),
                    "title", chart.title(),
                    "note", chart.note(),
                    "svg", chart.svg()));
        }
        return charts;
    }
}
