package io.github.telcochurn.batch;

import io.github.telcochurn.ChurnFailure;
import io.github.telcochurn.config.ChurnConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
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
        List<RunState> kept = new ArrayList<>();
        int deleted = 0;
        for (RunState run : journal.newestFirst()) {
            if (kept.size() < config.retention().runs() && !run.startedAt().isBefore(oldest)) {
                kept.add(run);
            } else {
                delete(run.runId());
                deleted++;
            }
        }
        return deleted;
    }

    private void delete(String runId) {
        Path logs = config.logsDir().resolve("batch");
        try {
            deleteAll(config.reportsDir().resolve("batch"), "batch_report_" + runId);
            Files.deleteIfExists(logs.resolve("producer_" + runId + ".log"));
            Files.deleteIfExists(logs.resolve("consumer_" + runId + ".log"));
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
