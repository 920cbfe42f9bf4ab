package io.github.telcochurn.deadletter;

import io.github.telcochurn.kafka.RecordRefused;

/**
 * Why a record cannot be used.
 *
 * @param stage where in the pipeline it was found
 * @param reason a short code for counting and filtering, such as {@code invalid-values}
 * @param message everything that is wrong, for people
 * @param foundBy the class that found it
 * @param thrown the exception behind it; null where a rule was broken and nothing was thrown
 */
public record Fault(Stage stage, String reason, String message, Class<?> foundBy, Throwable thrown) {
    /** Not one JSON object. */
    public static final String MALFORMED_JSON = "malformed-json";
    /** Fields that break the rules for customers. */
    public static final String INVALID_VALUES = "invalid-values";
    /** A CSV row that cannot be split into fields. */
    public static final String BROKEN_ROW = "broken-row";
    /** The model cannot score this one, though it can score others. */
    public static final String NOT_SCORED = "not-scored";

    /** The record made from it exceeds a limit of the producer, the topic or the broker. */
    public static final String TOO_LARGE = "too-large";
    /** The record made from it is refused by the broker for another reason. */
    public static final String REFUSED = "refused";

    /** An exchange that a route could not process as a whole. */
    public static final String ROUTE_FAILED = "route-failed";

    /**
     * The fault of a record from which another one was made that cannot be written.
     *
     * @param what could not be written, in a few words
     */
    public static Fault unwritable(Stage stage, String what, RecordRefused why, Class<?> foundBy) {
        String reason = why.isTooLarge() ? TOO_LARGE : REFUSED;
        return new Fault(stage, reason, what + " cannot be written: " + why.getMessage(), foundBy, null);
    }

    /** The part of the pipeline that found a fault; its lower-case name is the header's value. */
    public enum Stage {
        INGEST,
        PARSE,
        VALIDATE,
        SCORE,
        ROUTE
    }
}
