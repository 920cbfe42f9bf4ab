package io.github.telcochurn.deadletter;

import java.util.Set;

/** The names of a dead letter's headers; every value is UTF-8 text. */
public final class DeadLetterHeaders {
    // Kafka Connect's names (KIP-298), which existing tools read.
    private static final String CONNECT = "__connect.errors.";

    public static final String TOPIC = CONNECT + "topic";
    public static final String PARTITION = CONNECT + "partition";
    public static final String OFFSET = CONNECT + "offset";
    public static final String STAGE = CONNECT + "stage";
    public static final String CLASS_NAME = CONNECT + "class.name";
    public static final String EXCEPTION_CLASS_NAME = CONNECT + "exception.class.name";
    public static final String EXCEPTION_MESSAGE = CONNECT + "exception.message";
    public static final String EXCEPTION_STACKTRACE = CONNECT + "exception.stacktrace";

    // Ours.
    public static final String REASON = "churn-error-reason";
    public static final String AT = "churn-error-at";
    public static final String ATTEMPTS = "churn-attempts";

    /** Of a dead letter without its value, which was too large: the size of that value in bytes. */
    public static final String VALUE_BYTES = "churn-value-bytes";
    /** Of a dead letter without its value: the SHA-256 by which the value can be found. */
    public static final String VALUE_SHA256 = "churn-value-sha256";

    private static final Set<String> OURS = Set.of(REASON, AT, ATTEMPTS, VALUE_BYTES, VALUE_SHA256);

    private DeadLetterHeaders() {}

    /** Whether a header describes the error, and is not the original's own. The count of attempts stays with a message. */
    static boolean describesError(String name) {
        return isOurs(name) && !name.equals(ATTEMPTS);
    }

    /** Whether a header was added when the record became a dead letter. */
    static boolean isOurs(String name) {
        return name.startsWith(CONNECT) || OURS.contains(name);
    }
}
