package io.github.telcochurn.notification;

import io.github.telcochurn.ChurnFailure;
import java.util.function.BiConsumer;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Records that a notification could not be delivered. */
public final class LostNotification {
    private static final Logger LOG = LoggerFactory.getLogger(LostNotification.class);

    private final BiConsumer<String, String> failed;

    /**
     * For the end of the route configuration {@code notifications}.
     *
     * @param failed receives the channel and the reason
     */
    public LostNotification(BiConsumer<String, String> failed) {
        this.failed = failed;
    }

    /**
     * Records the failure of a channel.
     *
     * @param channel that could not be notified
     * @return the reason in words, without secrets
     */
    public String record(String channel, Exchange exchange) {
        String why = reason(exchange.getProperty(ExchangePropertyKey.EXCEPTION_CAUGHT, Throwable.class));
        try {
            failed.accept(channel, why);
        } catch (RuntimeException e) {
            // The run must not fail because of that.
            LOG.warn("The failure of {} cannot be recorded: {}", channel, ChurnFailure.rootMessage(e));
        }
        return why;
    }

    private static String reason(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof HttpOperationFailedException answer) {
                return "the answer was " + answer.getStatusCode();
            }
        }
        String message = thrown.getClass().getSimpleName() + ": " + ChurnFailure.rootMessage(thrown);
        return WebAddresses.hostsOnly(message.strip().replaceAll("\\s+", " "));
    }
}
