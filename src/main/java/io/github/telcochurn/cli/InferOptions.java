package io.github.telcochurn.cli;

import io.github.telcochurn.progress.Progress;
import io.github.telcochurn.schemadraft.InferenceOptions;
import io.github.telcochurn.schemadraft.InferredSchema;
import io.github.telcochurn.schemadraft.WrongOption;
import java.nio.file.Path;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options of the commands that infer a schema. */
final class InferOptions {
    @Option(
            names = "--input",
            paramLabel = "FILE",
            required = true,
            description =
                    "A CSV file of customers, some of whom left: a regular file, either plain or compressed with gzip.")
    private Path input;

    @Option(
            names = "--id",
            paramLabel = "COLUMN",
            description = "The column that identifies a customer; found by its name and values when not given.")
    private String id;

    @Option(
            names = "--label",
            paramLabel = "COLUMN",
            description = "The column that says who left; found by its name and values when not given.")
    private String label;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    /** Ends the inference when its thread is interrupted, since a listener cannot throw a checked exception. */
    private static final class Stopped extends RuntimeException {}

    Path input() {
        return input;
    }

    /** Infers the schema of the file, and shows the progress. */
    InferredSchema infer() throws InterruptedException {
        Progress progress = Progress.of("infer");
        try {
            InferredSchema inferred = InferredSchema.of(input, new InferenceOptions(id, label, null), done -> {
                if (Thread.currentThread().isInterrupted()) {
                    throw new Stopped();
                }
                progress.update(done);
            });
            progress.finish();
            return inferred;
        } catch (WrongOption e) {
            throw new ParameterException(command.commandLine(), e.getMessage(), e);
        } catch (Stopped e) {
            throw new InterruptedException();
        }
    }
}
