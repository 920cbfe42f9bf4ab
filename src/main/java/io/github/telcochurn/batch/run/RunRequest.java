package io.github.telcochurn.batch.run;

import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/**
 * A request for a run.
 *
 * @param kind what to do about runs before it
 * @param dueAt the time that the run is named after
 * @param input the CSV file; of a resumed run the same as before
 * @param runId of a scheduled run, or of the run to resume; otherwise null
 */
public record RunRequest(Kind kind, Instant dueAt, Path input, String runId) {
    private static final DateTimeFormatter RUN_ID =
            DateTimeFormatter.ofPattern("yyyyMMdd_HHmmss").withZone(ZoneOffset.UTC);

    /** What to do about runs before it. */
    public enum Kind {
        /** A firing of the schedule: waits while another run is in progress, and is the same run however often it fires. */
        SCHEDULED,
        /** Resumes a run of the same content that was interrupted within a day, or otherwise starts a new one. */
        NOW,
        /** Starts a new one in any case. */
        FRESH,
        /** Resumes a given run. */
        RESUME
    }

    /** A firing of the schedule. */
    public static RunRequest scheduled(Instant dueAt, Path input) {
        return new RunRequest(Kind.SCHEDULED, dueAt, input, idOf(dueAt));
    }

    /** A run now. */
    public static RunRequest now(Instant now, Path input) {
        return new RunRequest(Kind.NOW, now, input, null);
    }

    /** A new run now, even if an earlier one was interrupted. */
    public static RunRequest fresh(Instant now, Path input) {
        return new RunRequest(Kind.FRESH, now, input, null);
    }

    /** The resumption of a given run. */
    public static RunRequest resume(Instant now, String runId) {
        return new RunRequest(Kind.RESUME, now, null, runId);
    }

    /** The name of a run that is due then: {@code yyyyMMdd_HHmmss}, in UTC. */
    static String idOf(Instant dueAt) {
        return RUN_ID.format(dueAt);
    }

    /** When a run of that name was due. */
    static Instant dueAtOf(String runId) {
        return RUN_ID.parse(runId, Instant::from);
    }
}
