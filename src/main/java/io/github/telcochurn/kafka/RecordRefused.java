package io.github.telcochurn.kafka;

/** A record cannot be written, whatever is sent beside it: it is too large, or has a value that the broker does not accept. */
public final class RecordRefused extends Exception {
    private final boolean tooLarge;

    private RecordRefused(String message, boolean tooLarge, Throwable cause) {
        super(message, cause);
        this.tooLarge = tooLarge;
    }

    /**
     * A record above a limit.
     *
     * @param bytes its size as it would be sent
     * @param limit names the setting and its value
     */
    static RecordRefused tooLarge(String topic, long bytes, String limit) {
        return new RecordRefused(
                String.format("too large for %s: %,d bytes, but the limit is %s", topic, bytes, limit), true, null);
    }

    /** A record that the broker refused for another reason. */
    static RecordRefused byBroker(String topic, Throwable cause) {
        return new RecordRefused("refused by the broker for " + topic + ": " + cause.getMessage(), false, cause);
    }

    public boolean isTooLarge() {
        return tooLarge;
    }
}
