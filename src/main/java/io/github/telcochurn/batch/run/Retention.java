package io.github.telcochurn.batch.run;

import io.github.telcochurn.ChurnFailure;
import io.github.telcochurn.batch.journal.RunJournal;
import io.github.telcochurn.batch.journal.RunState;
import io.github.telcochurn.batch.report.BatchReport;
import io.github.telcochurn.config.ChurnConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Deletes the reports, logs and journals of old runs, old logs of manual scoring, and old files that the inbox ingested. */
final class Retention {
    /** Logs of {@code ./churn score}, which is not a batch run, including the compressed ones. */
    private static final Pattern LOG_OF_PROCESS = Pattern.compile("(streaming_)?consumer_\\d+\\.(.*\\.)?log(\\.gz)?");
    /** As {@code routes/ingest-inbox.camel.yaml} names what it has ingested; a file's own time can be far older. */
    private static final Pattern DONE = Pattern.compile("\\d{8}-\\d{9}-.*", Pattern.DOTALL);

    private static final DateTimeFormatter DONE_AT =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmssSSS").withZone(ZoneId.systemDefault());

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
        for (Path logs : List.of(config.batchLogsDir(), config.logsDir().resolve("streaming"))) {
            deleteAll(logs, file -> isLogOfProcess(file) && lastChangedBefore(file, oldest));
        }
        deleteAll(config.keptValuesDir(), file -> lastChangedBefore(file, oldest));
        String oldestDone = DONE_AT.format(oldest);
        deleteAll(
                config.inboxDir().resolve(".done"),
                file -> DONE.matcher(nameOf(file)).matches() && nameOf(file).compareTo(oldestDone) < 0);
        return deleted;
    }

    private static boolean isLogOfProcess(Path file) {
        return LOG_OF_PROCESS.matcher(nameOf(file)).matches();
    }

    private static String nameOf(Path file) {
        return file.getFileName().toString();
    }

    private static boolean lastChangedBefore(Path file, Instant time) {
        try {
            return Files.getLastModifiedTime(file).toInstant().isBefore(time);
        } catch (IOException e) {
            // Another instance has deleted it.
            return false;
        }
    }

    private void delete(String runId) {
        try {
            deleteAll(config.batchReportsDir(), file -> nameOf(file).startsWith(BatchReport.nameOf(runId)));
            Files.deleteIfExists(BatchRuns.ingestLog(config, runId));
            Files.deleteIfExists(BatchRuns.scoreLog(config, runId));
            // Last, so that whatever could not be deleted is found again.
            Files.deleteIfExists(journal.fileOf(runId));
        } catch (IOException e) {
            throw new ChurnFailure(
                    "What the old run " + runId + " left cannot be deleted: " + ChurnFailure.reason(e) + ".", e);
        }
    }

    private static void deleteAll(Path dir, Predicate<Path> which) {
        if (!Files.isDirectory(dir)) {
            return;
        }
        try (Stream<Path> files = Files.list(dir)) {
            for (Path file : files.filter(which).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new ChurnFailure("Old files in " + dir + " cannot be deleted: " + ChurnFailure.reason(e) + ".", e);
        }
    }
}
