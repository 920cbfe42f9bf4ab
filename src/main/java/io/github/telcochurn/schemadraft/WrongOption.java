package io.github.telcochurn.schemadraft;

/** What the user said about a file does not fit it; the message says why and what to say instead. */
public final class WrongOption extends RuntimeException {
    WrongOption(String message) {
        super(message);
    }
}
