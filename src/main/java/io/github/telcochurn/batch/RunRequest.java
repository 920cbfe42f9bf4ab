package io.github.telcochurn.batch;

import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/**
 * The wish for a batch run.
 *
 * @param runId two requests with the same are for the same run
 * @param dueAt when it should begin
 * @param input the file to read
 */
public record RunRequest(String runId, Instant dueAt, Path input, RunState.Trigger trigger) {
    private static final DateTimeFormatter RUN_ID =
            DateTimeFormatter.ofPattern("yyyyMMdd_HHmmss").withZone(ZoneOffset.UTC);

    /** A request for a run that is named by the time that it is due. */
    public static RunRequest at(Instant dueAt, Path input, RunState.Trigger trigger) {
        return new RunRequest(RUN_ID.format(dueAt), dueAt, input, trigger);
    }
}
