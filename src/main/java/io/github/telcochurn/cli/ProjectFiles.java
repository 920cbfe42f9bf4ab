package io.github.telcochurn.cli;

import io.github.telcochurn.schemadraft.InferredSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The files of a folder for other customers, except the model.
 *
 * @param folder which exists
 * @param input the CSV file of the customers
 */
record ProjectFiles(Path folder, InferredSchema inferred, Path input) {
    /** The folder of the models, inside the folder. */
    static final String MODELS = "models";

    private static final String DATA = "data";

    /** The file of the schema. */
    Path schemaFile() {
        return folder.resolve(DATA).resolve(inferred.name() + ".schema.yaml");
    }

    void write() throws IOException {
        Files.createDirectories(schemaFile().getParent());
        Files.writeString(schemaFile(), inferred.yaml());
        Files.writeString(folder.resolve("application.properties"), settings());
    }

    private String settings() {
        return String.format(
                """
                # Settings for the customers of %1$s. The program's application.properties has all keys.

                # Relative paths start in this folder.
                churn.dir=.

                churn.schema=%2$s
                # What ./churn batch and the schedule of ./churn run read when no other file is given.
                churn.data.csv=%3$s
                churn.model.dir=%4$s

                # Their own names, so that several telcos can share a broker.
                churn.topics.raw=%1$s-raw-customers
                churn.topics.predictions=%1$s-predictions
                churn.topics.deadletter=%1$s-deadletter
                churn.topics.checkpoints=%1$s-ingest-checkpoints
                churn.topics.replays=%1$s-deadletter-replays
                churn.group-id=%1$s-consumer-group
                """,
                inferred.name(),
                DATA + "/" + schemaFile().getFileName(),
                escaped(input.toAbsolutePath().normalize().toString()),
                MODELS);
    }

    /** Escapes a value for a properties file. */
    private static String escaped(String value) {
        return value.replace("\\", "\\\\");
    }
}
