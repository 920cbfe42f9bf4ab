package io.github.telcochurn.prerequisites;

import io.github.telcochurn.MissingPrerequisite;
import io.github.telcochurn.config.ChurnConfig;
import io.github.telcochurn.customer.CustomerSchema;
import io.github.telcochurn.customer.InvalidSchema;

/** The schema's file still says what it said when the program started: a service works with one schema until its end. */
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
                    config.schemaFile() + " was changed since the program started, which still works"
                            + " with what it said then. Restart it, or restore the file.");
        }
        return String.format(
                "%s, %d columns", config.schemaFile(), used.fields().size());
    }

    private CustomerSchema onDisk() {
        try {
            return CustomerSchema.read(config.schemaFile());
        } catch (InvalidSchema e) {
            throw new MissingPrerequisite(
                    config.schemaFile() + " was changed since the program started, and has problems now:"
                            + System.lineSeparator() + e.getMessage(),
                    e);
        }
    }
}
