package io.github.telcochurn.scoring;

/** The model, not a record, is at fault: the poll must not be committed. */
public final class ScoringFailed extends RuntimeException {
    ScoringFailed(String message, Throwable cause) {
        super(message, cause);
    }
}
