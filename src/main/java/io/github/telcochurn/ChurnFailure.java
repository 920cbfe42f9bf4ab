package io.github.telcochurn;

/** What was asked for cannot be done, and the message tells the user why and what to do next; no stack trace needed. */
public class ChurnFailure extends RuntimeException {
    public ChurnFailure(String message) {
        super(message);
    }

    public ChurnFailure(String message, Throwable cause) {
        super(message, cause);
    }

    /** What the first cause of an exception says: the part that a user can do something about. */
    public static String rootMessage(Throwable thrown) {
        Throwable root = rootCause(thrown);
        return root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
    }

    /** The first cause of an exception, which is itself where it has none. */
    public static Throwable rootCause(Throwable thrown) {
        Throwable root = thrown;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }

    /** What to tell a user: what we have to say about it ourselves where we have something, else what the first cause says. */
    public static String userMessage(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof ChurnFailure || cause instanceof MissingPrerequisite) {
                return cause.getMessage();
            }
        }
        return rootMessage(thrown);
    }
}
