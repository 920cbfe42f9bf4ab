package io.github.telcochurn.batch.run;

import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/**
 * Asks for a run.
 *
 * @param kind what to do about runs before it
 * @param dueAt the time that names the run
 * @param input the CSV file; of a resumed run the same as before
 * @param runId of the run, where it is known: of a scheduled one, and of one to go on with; else null
 */
public record RunRequest(Kind kind, Instant dueAt, Path input, String runId) {
    private static final DateTimeFormatter RUN_ID =
            DateTimeFormatter.ofPattern("yyyyMMdd_HHmmss").withZone(ZoneOffset.UTC);

    /** What to do about runs before it. */
    public enum Kind {
        /** A firing of the schedule: waits for a run that is on, and is the same run however often it fires. */
        SCHEDULED,
        /** Goes on with a run of the same content that was broken off within a day, else begins a new one. */
        NOW,
        /** Begins a new one in any case. */
        FRESH,
        /** Goes on with a certain run. */
        RESUME
    }

    /** A firing of the schedule. */
    public static RunRequest scheduled(Instant dueAt, Path input) {
        return new RunRequest(Kind.SCHEDULED, dueAt, input, idOf(dueAt));
    }

    /** Someone wants a run now. */
    public static RunRequest now(Instant now, Path input) {
        return new RunRequest(Kind.NOW, now, input, null);
    }

    /** Someone wants a new run now, whatever was broken off before. */
    public static RunRequest fresh(Instant now, Path input) {
        return new RunRequest(Kind.FRESH, now, input, null);
    }

    /** Someone wants a certain run to be gone on with. */
    public static RunRequest resume(Instant now, String runId) {
        return new RunRequest(Kind.RESUME, now, null, runId);
    }

    /** What a run that is due then is called: {@code yyyyMMdd_HHmmss}, in UTC. */
    static String idOf(Instant dueAt) {
        return RUN_ID.format(dueAt);
    }

    /** When a run of that name was due. */
    static Instant dueAtOf(String runId) {
        return RUN_ID.parse(runId, Instant::from);
    }
}
