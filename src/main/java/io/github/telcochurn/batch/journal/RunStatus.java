package io.github.telcochurn.batch.journal;

/** The status of a run, or how it ended. */
public enum RunStatus {
    /** It is in progress, or was killed: only the lock shows which. */
    RUNNING("running"),
    SUCCEEDED("succeeded"),
    /** Every row is accounted for, but too few became predictions. */
    BELOW_THRESHOLD("below the success threshold"),
    /** A step failed in all attempts, or the books do not balance. */
    FAILED("failed"),
    /** It was stopped before its end; it can be resumed. */
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
