package io.github.telcochurn.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.telcochurn.ChurnFailure;
import io.github.telcochurn.config.ChurnConfig;
import io.github.telcochurn.customer.CustomerSchema;
import io.github.telcochurn.customer.Field;
import io.github.telcochurn.customer.RawMessageSchema;
import io.github.telcochurn.files.WholeFile;
import io.github.telcochurn.schemadraft.InferredSchema;
import io.github.telcochurn.scoring.PredictionSchema;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code churn schema}: the schema of customers. */
@Command(
        name = "schema",
        description = "Checks and shows the schema of customers, or infers one from a CSV file.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND")
final class SchemaCommand implements Runnable {
    private static final String FILE = "A schema file; default: churn.schema.";

    @Spec
    private CommandSpec spec;

    /** The topics whose JSON Schema can be printed. */
    enum Topic {
        RAW,
        PREDICTION
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Which command: check, show, json or infer?");
    }

    @Command(
            name = "check",
            description = "Reports every problem of a schema file by line and column; exit code 2 when there is one.",
            mixinStandardHelpOptions = true)
    void check(
            @Mixin ConfigOptions options,
            @Parameters(paramLabel = "FILE", arity = "0..1", description = FILE) Path file) {
        Read read = read(options, file);
        CustomerSchema schema = read.schema();
        long features = schema.fields().stream().filter(Field::isFeature).count();
        out().printf(
                        Locale.ROOT,
                        "✓ %s: %s, %d columns, %d of them features, id %s, %s%n",
                        read.file(),
                        schema.name(),
                        schema.fields().size(),
                        features,
                        schema.idName(),
                        label(schema));
    }

    @Command(
            name = "show",
            description = "Lists the columns of a schema, their values, and how they are used.",
            mixinStandardHelpOptions = true)
    void show(
            @Mixin ConfigOptions options,
            @Parameters(paramLabel = "FILE", arity = "0..1", description = FILE) Path file) {
        CustomerSchema schema = read(options, file).schema();
        out().printf("%s: id %s, %s%n", schema.name(), schema.idName(), label(schema));
        new SchemaTable(schema).lines().forEach(out()::println);
    }

    @Command(
            name = "json",
            description = "Prints the JSON Schema of a topic's messages.",
            mixinStandardHelpOptions = true)
    void json(
            @Mixin ConfigOptions options,
            @Option(
                            names = "--of",
                            paramLabel = "raw|prediction",
                            defaultValue = "raw",
                            description = "The topic; default ${DEFAULT-VALUE}.")
                    Topic topic,
            @Parameters(paramLabel = "FILE", arity = "0..1", description = FILE) Path file) {
        CustomerSchema schema = read(options, file).schema();
        out().println(JsonOutput.of(topic == Topic.RAW ? RawMessageSchema.of(schema) : PredictionSchema.of(schema)));
    }

    @Command(
            name = "infer",
            description =
                    "Drafts a schema from a CSV file: its format, id, label, kinds of columns, categories, bounds,"
                            + " blanks, and which columns give the label away.",
            mixinStandardHelpOptions = true,
            footer = {
                "",
                "The draft goes to standard output, or to --output. Each column that is left out is there as a comment,"
                        + " with the reason."
            })
    void infer(
            @Mixin InferOptions options,
            @Option(
                            names = "--output",
                            paramLabel = "FILE",
                            description = "The file for the draft, which must not exist yet.")
                    Path output,
            @Option(
                            names = "--json",
                            description = "Prints the result as a JSON object; without --output, the draft is in it.")
                    boolean json)
            throws InterruptedException {
        if (output != null && Files.exists(output)) {
            throw new ParameterException(
                    spec.commandLine().getSubcommands().get("infer"),
                    "--output " + output + ": the file already exists. Name another file, or remove it.");
        }
        InferredSchema inferred = options.infer();
        if (output != null) {
            write(output, inferred);
        }
        if (json) {
            out().println(JsonOutput.of(InferredJson.of(options.input(), inferred, output)));
        } else if (output == null) {
            out().print(inferred.yaml());
            out().flush();
        } else {
            InferredLines.of(inferred).forEach(out()::println);
            out().println("Saved in " + output + ". Next: ./churn schema check " + output);
        }
    }

    private static void write(Path output, InferredSchema inferred) {
        try {
            Files.createDirectories(output.toAbsolutePath().getParent());
            WholeFile.replace(output, inferred.yaml().getBytes(UTF_8));
        } catch (IOException e) {
            throw new ChurnFailure("The schema cannot be saved in " + output + ": " + ChurnFailure.reason(e), e);
        }
    }

    private record Read(Path file, CustomerSchema schema) {}

    private static Read read(ConfigOptions options, Path file) {
        if (file != null) {
            return new Read(file, CustomerSchema.read(file));
        }
        ChurnConfig config = options.load();
        return new Read(config.schemaFile(), config.schema());
    }

    private static String label(CustomerSchema schema) {
        return schema.label() == null
                ? "no label"
                : String.format(
                        "label %s (%s: left, %s: stayed)",
                        schema.label().column(),
                        schema.label().churned(),
                        schema.label().stayed());
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }
}
