package io.github.telcochurn.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import picocli.CommandLine;

/**
 * A command that ran in this process.
 *
 * @param out what it printed to standard output by the command line's writer
 * @param err to standard error
 */
record InProcess(int exitCode, String out, String err) {
    static InProcess run(String... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exitCode = new CommandLine(new ChurnCommand())
                .setExecutionExceptionHandler(new ExitCodes())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(args);
        return new InProcess(exitCode, out.toString(), err.toString());
    }
}
