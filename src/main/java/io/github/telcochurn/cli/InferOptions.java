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

/** What a command must know to infer a schema. */
final class InferOptions {
    @Option(
            names = "--input",
            paramLabel = "FILE",
            required = true,
            description =
                    "A CSV file with customers, those who left among them: a regular one, as it is or compressed with"
                            + " gzip.")
    private Path input;

    @Option(
            names = "--id",
            paramLabel = "COLUMN",
            description = "The column that tells customers apart; found by its name and values when not given.")
    private String id;

    @Option(
            names = "--label",
            paramLabel = "COLUMN",
            description = "The column that says who left; found by its name and values when not given.")
    private String label;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    /** The work was told to stop while it could not throw anything else. */
    private static final class Stopped extends RuntimeException {}

    Path input() {
        return input;
    }

    /** Looks at the file, and shows how far it is. */
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
