package io.github.telcochurn.faults;

/** A place in the program where a fault can be ordered to happen. */
public enum FaultPoint {
    /** A record was given to the producer. */
    AFTER_SEND,
    /** All records of the transaction are on the broker, its offsets are not. */
    BEFORE_OFFSETS,
    AFTER_OFFSETS,
    BEFORE_COMMIT,
    AFTER_COMMIT,
    /** A step of a batch run has done its work, but the journal does not say so yet. The passes count the steps. */
    BEFORE_STEP_DONE,
    /** All rows of an inbox file are committed, and the file is still in the inbox. */
    BEFORE_MOVE;

    /** What happens there. */
    public enum Action {
        /** kill -9. */
        KILL,
        /** SIGSTOP, until somebody sends SIGCONT. */
        STOP,
        /** An exception, as from a client that cannot continue. */
        FAIL,
        /** Allocates until there is no memory left. */
        EXHAUST
    }
}
