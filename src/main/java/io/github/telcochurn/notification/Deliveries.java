package io.github.telcochurn.notification;

/**
 * Remembers which channels have reported the end of the current run, so that a run that is killed and resumed does not notify
 * anyone twice. For the routes {@code notify-email} and {@code notify-webhook}.
 */
public interface Deliveries {
    /** Whether the channel has delivered its notification. */
    boolean isDone(String channel);

    /** Notes that the channel has delivered its notification. */
    void done(String channel);

    /**
     * Notes that the channel could not deliver its notification, and is not retried in this run.
     *
     * @param why in words, without secrets
     */
    void failed(String channel, String why);
}
