package io.github.telcochurn;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** A request cannot be fulfilled. The message tells the user why and what to do next; no stack trace is needed. */
public class ChurnFailure extends RuntimeException {
    public ChurnFailure(String message) {
        super(message);
    }

    public ChurnFailure(String message, Throwable cause) {
        super(message, cause);
    }

    /** Why a file cannot be used: the message of the system's exceptions is often only the file's name. */
    public static String reason(IOException thrown) {
        String name = thrown instanceof FileSystemException file && file.getReason() == null ? file.getFile() : null;
        if (name == null) {
            return rootMessage(thrown);
        }
        if (thrown instanceof FileAlreadyExistsException) {
            return name + " already exists and is not a folder";
        }
        if (thrown instanceof AccessDeniedException) {
            return "this user has no access to " + name;
        }
        if (thrown instanceof NoSuchFileException) {
            return name + " does not exist";
        }
        return thrown instanceof DirectoryNotEmptyException
                ? name + " is a folder with files in it"
                : thrown.toString();
    }

    /** The message of the first cause of an exception: the part that a user can act on. */
    public static String rootMessage(Throwable thrown) {
        Throwable root = rootCause(thrown);
        return root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
    }

    /** The first cause of an exception; the exception itself when it has none. */
    public static Throwable rootCause(Throwable thrown) {
        Throwable root = thrown;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }

    /** The message for a user: that of our own failure in the chain of causes, or else that of the first cause. */
    public static String userMessage(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof ChurnFailure || cause instanceof MissingPrerequisite) {
                return cause.getMessage();
            }
        }
        return rootMessage(thrown);
    }
}
