package io.github.telcochurn.ingest;

import io.github.telcochurn.ChurnFailure;
import java.io.File;
import java.time.InstantSource;

/** Turns files that are dropped into the inbox into ingests, one at a time. */
public final class Inbox {
    private final int chunkSize;
    private final InstantSource clock;
    private IngestRun current;
    private boolean stopped;

    /**
     * An inbox.
     *
     * @param chunkSize rows per transaction
     */
    public Inbox(int chunkSize, InstantSource clock) {
        this.chunkSize = chunkSize;
        this.clock = clock;
    }

    /**
     * Begins the ingest of a file.
     *
     * @throws ChurnFailure when it is not a CSV file of customers
     */
    public synchronized IngestRun open(File file) {
        current = IngestRun.onceOnly("inbox-" + clock.instant(), CsvFile.open(file.toPath()), chunkSize);
        if (stopped) {
            current.requestStop();
        }
        return current;
    }

    /**
     * Makes sure that an ingest was not broken off, so that only a whole file counts as done.
     *
     * @throws ChurnFailure when it was
     */
    public void requireWhole(IngestRun run) {
        if (run.isStopRequested()) {
            throw new ChurnFailure("The ingest of " + run.file().path()
                    + " was stopped. It stays in the inbox, and goes on at the next start.");
        }
    }

    /** Lets the chunk that is under way be the last one, of this file and any other. */
    public synchronized void stop() {
        stopped = true;
        if (current != null) {
            current.requestStop();
        }
    }
}
