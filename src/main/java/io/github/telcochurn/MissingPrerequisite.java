package io.github.telcochurn;

/** A prerequisite of the work is missing; the message names it and the remedy. */
public final class MissingPrerequisite extends RuntimeException {
    public MissingPrerequisite(String message) {
        super(message);
    }

    public MissingPrerequisite(String message, Throwable cause) {
        super(message, cause);
    }
}
