package io.github.telcochurn;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** What was asked for cannot be done, and the message tells the user why and what to do next; no stack trace needed. */
public class ChurnFailure extends RuntimeException {
    public ChurnFailure(String message) {
        super(message);
    }

    public ChurnFailure(String message, Throwable cause) {
        super(message, cause);
    }

    /** Why a file cannot be used: the system's exceptions often have the file's name for a message, and nothing else. */
    public static String reason(IOException thrown) {
        String name = thrown instanceof FileSystemException file && file.getReason() == null ? file.getFile() : null;
        if (name == null) {
            return rootMessage(thrown);
        }
        if (thrown instanceof FileAlreadyExistsException) {
            return name + " is there already, and is no folder";
        }
        if (thrown instanceof AccessDeniedException) {
            return "this user has no access to " + name;
        }
        if (thrown instanceof NoSuchFileException) {
            return name + " is not there";
        }
        return thrown instanceof DirectoryNotEmptyException
                ? name + " is a folder with files in it"
                : thrown.toString();
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
