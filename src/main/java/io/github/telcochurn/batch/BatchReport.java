package io.github.telcochurn.batch;

import io.github.telcochurn.ChurnFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

final class BatchReport {
    private final Path dir;

    BatchReport(Path dir) {
        this.dir = dir;
    }

    Path write(RunState state, RunFigures figures) {
        return writeFailed(state);
    }

    Path writeFailed(RunState state) {
        try {
            Files.createDirectories(dir);
            return Files.writeString(dir.resolve("batch_report_" + state.runId() + ".md"), state.toString());
        } catch (IOException e) {
            throw new ChurnFailure("The report cannot be written in " + dir + ": " + e, e);
        }
    }
}
