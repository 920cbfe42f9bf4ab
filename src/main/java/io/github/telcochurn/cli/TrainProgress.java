package io.github.telcochurn.cli;

import java.io.PrintWriter;
import java.util.function.Consumer;

/** Shows the steps of training on standard error, a line each: standard output is for what came of it. */
record TrainProgress(PrintWriter err) implements Consumer<String> {
    @Override
    public void accept(String step) {
        err.println("train   " + step);
        err.flush();
    }
}
