package io.github.telcochurn.cli;

import io.github.telcochurn.ChurnFailure;
import io.github.telcochurn.MissingPrerequisite;
import io.github.telcochurn.config.ConfigException;
import io.github.telcochurn.customer.InvalidSchema;
import io.github.telcochurn.ingest.NotARegularFile;
import io.github.telcochurn.training.LeakFound;
import java.io.PrintWriter;
import org.apache.kafka.common.errors.InterruptException;
import picocli.CommandLine;

/** Turns what a command throws into a message and an exit code. */
public final class ExitCodes implements CommandLine.IExecutionExceptionHandler {
    public static final int DONE = 0;
    public static final int FAILED = 1;
    public static final int BAD_USAGE = 2;
    public static final int MISSING_PREREQUISITE = 3;
    public static final int BELOW_THRESHOLD = 4;
    /** A signal ended the program. When it kills the program at once, the shell itself reports 128 plus the signal's number. */
    public static final int INTERRUPTED = 130;

    @Override
    public int handleExecutionException(Exception thrown, CommandLine command, CommandLine.ParseResult parsed) {
        PrintWriter err = command.getErr();
        if (thrown instanceof InterruptedException || thrown instanceof InterruptException) {
            err.println("Interrupted.");
            return INTERRUPTED;
        }
        if (thrown instanceof ConfigException
                || thrown instanceof InvalidSchema
                || thrown instanceof NotARegularFile
                || thrown instanceof LeakFound) {
            err.println(thrown.getMessage());
            return BAD_USAGE;
        }
        if (thrown instanceof MissingPrerequisite) {
            err.println(thrown.getMessage());
            return MISSING_PREREQUISITE;
        }
        if (thrown instanceof ChurnFailure) {
            err.println(thrown.getMessage());
            return FAILED;
        }
        err.println("This is a bug in the program. Please report it with the following details:");
        thrown.printStackTrace(err);
        return FAILED;
    }
}
