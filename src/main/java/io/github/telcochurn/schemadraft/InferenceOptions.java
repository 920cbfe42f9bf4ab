package io.github.telcochurn.schemadraft;

/**
 * What the user says about a file before it is read. Column names are compared without case, spaces and underscores.
 *
 * @param id the column that identifies a customer; null to find it
 * @param label the column that says who left; null to find it
 * @param name of the schema; null to use the file's name
 */
public record InferenceOptions(String id, String label, String name) {
    /** Everything is inferred. */
    public static final InferenceOptions NONE = new InferenceOptions(null, null, null);
}
