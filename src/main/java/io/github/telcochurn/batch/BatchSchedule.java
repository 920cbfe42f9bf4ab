package io.github.telcochurn.batch;

import java.nio.file.Path;
import java.time.Instant;

/** Turns a beat of the schedule into the request for a run. */
public final class BatchSchedule {
    private final Path input;

    /**
     * A schedule for runs of one file.
     *
     * @param input what each run reads
     */
    public BatchSchedule(Path input) {
        this.input = input;
    }

    /**
     * The run of a beat.
     *
     * @param scheduledFireTimeMs when the beat was due, in milliseconds of the epoch; also when it comes late or once more
     */
    public RunRequest due(long scheduledFireTimeMs) {
        return RunRequest.scheduled(Instant.ofEpochMilli(scheduledFireTimeMs), input);
    }
}
