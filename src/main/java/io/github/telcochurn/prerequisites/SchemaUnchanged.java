package io.github.telcochurn.prerequisites;

import io.github.telcochurn.MissingPrerequisite;
import io.github.telcochurn.config.ChurnConfig;
import io.github.telcochurn.customer.CustomerSchema;
import io.github.telcochurn.customer.InvalidSchema;

/** The schema file still has the content that it had when the program started: a service uses one schema until its end. */
public record SchemaUnchanged(ChurnConfig config) implements Prerequisite {
    @Override
    public String name() {
        return "schema";
    }

    @Override
    public String check() {
        CustomerSchema used = config.schema();
        if (!onDisk().equals(used)) {
            throw new MissingPrerequisite(
                    config.schemaFile() + " was changed since the program started. The program still uses"
                            + " the old content. Restart it, or restore the file.");
        }
        return String.format(
                "%s, %d columns", config.schemaFile(), used.fields().size());
    }

    private CustomerSchema onDisk() {
        try {
            return CustomerSchema.read(config.schemaFile());
        } catch (InvalidSchema e) {
            throw new MissingPrerequisite(
                    config.schemaFile() + " was changed since the program started, and now has problems:"
                            + System.lineSeparator() + e.getMessage(),
                    e);
        }
    }
}
