package io.github.telcochurn.batch.journal;

/** How a run stands, or how it ended. */
public enum RunStatus {
    /** It is under way, or was killed; which of both, only the lock can tell. */
    RUNNING("running"),
    SUCCEEDED("succeeded"),
    /** All is accounted for, but too few of the rows became predictions. */
    BELOW_THRESHOLD("below the success threshold"),
    /** A step failed for good, or the books do not balance. */
    FAILED("failed"),
    /** It was told to stop half-way; it can be gone on with. */
    STOPPED("stopped");

    private final String label;

    RunStatus(String label) {
        this.label = label;
    }

    /** In words. */
    public String label() {
        return label;
    }
}
