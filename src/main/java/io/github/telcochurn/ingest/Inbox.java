package io.github.telcochurn.ingest;

import io.github.telcochurn.ChurnFailure;
import io.github.telcochurn.customer.CustomerSchema;
import java.io.File;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;

/** Turns files that are dropped into the inbox into ingests, one at a time. */
public final class Inbox {
    private static final String RUN = "inbox-";

    private final CustomerSchema schema;
    private final int chunkSize;
    private final InstantSource clock;
    private IngestRun current;
    private boolean stopped;

    /**
     * An inbox.
     *
     * @param schema of the customers in its files
     * @param chunkSize rows per transaction
     */
    public Inbox(CustomerSchema schema, int chunkSize, InstantSource clock) {
        this.schema = schema;
        this.chunkSize = chunkSize;
        this.clock = clock;
    }

    /**
     * Begins the ingest of a file.
     *
     * @throws ChurnFailure when it is not a CSV file of customers
     */
    public synchronized IngestRun open(File file) {
        current = IngestRun.onceOnly(RUN + clock.instant(), CsvFile.open(file.toPath(), schema), chunkSize);
        if (stopped) {
            current.requestStop();
        }
        return current;
    }

    /**
     * Makes sure that an ingest was not interrupted, so that only a whole file counts as done.
     *
     * @throws ChurnFailure when it was
     */
    public void requireWhole(IngestRun run) {
        if (run.isStopRequested()) {
            throw new ChurnFailure("The ingest of " + run.file().path()
                    + " was stopped. It stays in the inbox, and is resumed at the next start.");
        }
    }

    /** The result for a file whose ingest has ended. */
    public InboxResult ingested(IngestRun run) {
        // The run is named after its start, which may be long ago.
        Instant began = Instant.parse(run.runId().substring(RUN.length()));
        return InboxResult.of(run, began.truncatedTo(ChronoUnit.SECONDS), clock.instant());
    }

    /**
     * The result for a file that {@link #open} refused.
     *
     * @param file its name
     */
    public InboxResult refused(String file, ChurnFailure why) {
        return InboxResult.refused(file, why, clock.instant());
    }

    /** Makes the current chunk the last one, of this file and of any other. */
    public synchronized void stop() {
        stopped = true;
        if (current != null) {
            current.requestStop();
        }
    }
}
