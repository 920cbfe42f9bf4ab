package io.github.telcochurn.cli;

import java.io.PrintWriter;
import java.util.function.Consumer;

/**
 * Shows the steps of a long command on standard error, a line each: standard output is for what came of it.
 *
 * @param command that each line begins with
 */
record StepLines(String command, PrintWriter err) implements Consumer<String> {
    @Override
    public void accept(String step) {
        err.printf("%-7s %s%n", command, step);
        err.flush();
    }
}
