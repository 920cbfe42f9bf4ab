package io.github.telcochurn.batch;

import io.github.telcochurn.ChurnFailure;
import io.github.telcochurn.config.ChurnConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.stream.Stream;

/** Deletes what old runs left behind: their reports, their logs and their journals, and nothing else. */
final class Retention {
    private final ChurnConfig config;
    private final RunJournal journal;

    Retention(ChurnConfig config, RunJournal journal) {
        this.config = config;
        this.journal = journal;
    }

    /**
     * Deletes what is beyond the configured count or age.
     *
     * @return how many runs were deleted
     * @throws ChurnFailure when something cannot be deleted
     */
    int apply(Instant now) {
        Instant oldest = now.minus(config.retention().age());
        int kept = 0;
        int deleted = 0;
        for (RunState run : journal.newestFirst()) {
            if (kept < config.retention().runs() && !run.startedAt().isBefore(oldest)) {
                kept++;
            } else {
                delete(run.runId());
                deleted++;
            }
        }
        return deleted;
    }

    private void delete(String runId) {
        try {
            deleteAll(config.batchReportsDir(), BatchReport.nameOf(runId));
            Files.deleteIfExists(BatchRuns.ingestLog(config, runId));
            Files.deleteIfExists(BatchRuns.scoreLog(config, runId));
            // Last, so that what a failure leaves is found again.
            Files.deleteIfExists(journal.fileOf(runId));
        } catch (IOException e) {
            throw new ChurnFailure("What the old run " + runId + " left cannot be deleted: " + e, e);
        }
    }

    private static void deleteAll(Path dir, String prefix) throws IOException {
        if (!Files.isDirectory(dir)) {
            return;
        }
        try (Stream<Path> files = Files.list(dir)) {
            for (Path file : files.filter(file -> file.getFileName().toString().startsWith(prefix))
                    .toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
