package io.github.telcochurn.cli;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** A command without subcommands that runs with a configuration. */
abstract class ConfiguredCommand implements Callable<Integer> {
    @Mixin
    ConfigOptions options;

    @Spec
    CommandSpec spec;

    /** Standard output. */
    final PrintWriter out() {
        return spec.commandLine().getOut();
    }
}
