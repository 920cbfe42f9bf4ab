package io.github.telcochurn.schemadraft;

/**
 * A column that the schema does not list, so that ingest ignores it.
 *
 * @param position in the file, from 0
 * @param reason why, in words, with the figure when there is one
 * @param auc at which the column alone ranks the label; NaN unless it is left out as a leak
 */
public record LeftOut(int position, String column, Why why, String reason, double auc) {
    /** The kinds of reasons. */
    public enum Why {
        /** It gives the label away. */
        LEAK,
        /** It has one value only, or none. */
        CONSTANT,
        /** It identifies customers, like the id. */
        ID_LIKE,
        /** It is a date or a time. */
        DATE,
        /** It has too many different texts for a category. */
        TEXT,
        /** Its name cannot be used in a schema. */
        NAME
    }

    LeftOut(int position, String column, Why why, String reason) {
        this(position, column, why, reason, Double.NaN);
    }
}
