package io.github.telcochurn.schemadraft;

/** An option of the user does not fit the file; the message says why, and what to give instead. */
public final class WrongOption extends RuntimeException {
    WrongOption(String message) {
        super(message);
    }
}
