package io.github.telcochurn.schemadraft;

/**
 * What the user says about a file before it is looked at. Names of columns are compared without regard to case, spaces and
 * underscores.
 *
 * @param id the column that tells customers apart; null to find it
 * @param label the column that says who left; null to find it
 * @param name of the schema; null for the file's own
 */
public record InferenceOptions(String id, String label, String name) {
    /** All of it is to be found. */
    public static final InferenceOptions NONE = new InferenceOptions(null, null, null);
}
