package io.github.telcochurn.cli;

import java.io.PrintWriter;
import java.util.function.Consumer;

/** Shows the steps of training on standard error, one line each: standard output is for the result. */
record TrainProgress(PrintWriter err) implements Consumer<String> {
    @Override
    public void accept(String step) {
        err.println("train   " + step);
        err.flush();
    }
}
