package io.github.telcochurn;

/** Something that must be there before any work starts is not; the message names it and the remedy. */
public final class MissingPrerequisite extends RuntimeException {
    public MissingPrerequisite(String message) {
        super(message);
    }

    public MissingPrerequisite(String message, Throwable cause) {
        super(message, cause);
    }
}
