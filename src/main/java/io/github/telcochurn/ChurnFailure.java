package io.github.telcochurn;

/** What was asked for cannot be done, and the message tells the user why and what to do next; no stack trace needed. */
public final class ChurnFailure extends RuntimeException {
    public ChurnFailure(String message) {
        super(message);
    }

    public ChurnFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
