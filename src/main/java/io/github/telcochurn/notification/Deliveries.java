package io.github.telcochurn.notification;

/**
 * Remembers by which channels it was told how the run under way ended, so that a run that is killed and gone on with does not
 * tell it twice. Asked and told by the routes {@code notify-email} and {@code notify-webhook}.
 */
public interface Deliveries {
    /** Whether that channel was served already. */
    boolean isDone(String channel);

    /** That channel is served. */
    void done(String channel);

    /**
     * That channel could not be served, and is not tried any more in this run.
     *
     * @param why in words, with no secrets in them
     */
    void failed(String channel, String why);
}
