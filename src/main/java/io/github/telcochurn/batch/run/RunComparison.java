package io.github.telcochurn.batch.run;

import io.github.telcochurn.batch.figures.RiskChange;
import io.github.telcochurn.batch.figures.RunFigures;
import io.github.telcochurn.batch.figures.TrendPoint;
import io.github.telcochurn.batch.journal.RunJournal;
import io.github.telcochurn.batch.journal.RunState;
import io.github.telcochurn.batch.report.HighRiskCsv;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a run is compared with. */
final class RunComparison {
    private static final Logger LOG = LoggerFactory.getLogger(RunComparison.class);
    /** As many as a chart has room for. */
    private static final int OF_TREND = 30;

    private final RunJournal journal;
    private final Path reports;

    RunComparison(RunJournal journal, Path reportsBatchDir) {
        this.journal = journal;
        this.reports = reportsBatchDir;
    }

    /** The figures of a run beside those of the runs before it. */
    RunFigures compare(RunFigures figures, RunState run) {
        List<RunState> before = journal.newestFirst().stream()
                .filter(state -> state.isOver() && state.highRisk() != null)
                .filter(state -> state.runId().compareTo(run.runId()) < 0)
                .toList();
        List<TrendPoint> trend = new ArrayList<>(
                before.stream().limit(OF_TREND - 1L).map(RunComparison::point).toList());
        Collections.reverse(trend);
        trend.add(new TrendPoint(
                run.runId(),
                run.startedAt(),
                figures.customers().highRisk(),
                figures.customers().revenueAtRisk()));
        return figures.comparedWith(
                last(before, run.input()).flatMap(this::read).orElse(null), trend);
    }

    private static TrendPoint point(RunState state) {
        return new TrendPoint(state.runId(), state.startedAt(), state.highRisk(), state.revenueAtRisk());
    }

    /** The last run of the same file; where there is none, as with files that are named by their day, the last one of any. */
    private Optional<RunState> last(List<RunState> newestFirst, String input) {
        List<RunState> readable = newestFirst.stream()
                .filter(state -> Files.isRegularFile(HighRiskCsv.fileOf(reports, state.runId())))
                .toList();
        return readable.stream()
                .filter(state -> state.input().equals(input))
                .findFirst()
                .or(() -> readable.stream().findFirst());
    }

    private Optional<RiskChange.Earlier> read(RunState state) {
        Path file = HighRiskCsv.fileOf(reports, state.runId());
        try {
            return Optional.of(new RiskChange.Earlier(state.runId(), state.revenueAtRisk(), HighRiskCsv.read(file)));
        } catch (IOException e) {
            LOG.warn(
                    "The report does not say what has changed since the run {}: {} cannot be read: {}",
                    state.runId(),
                    file,
                    e.getMessage());
            return Optional.empty();
        }
    }
}
