package io.github.telcochurn.notification;

import io.github.telcochurn.ChurnFailure;
import java.util.function.BiConsumer;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is left to do about a notification that could not be delivered: to say so. */
public final class LostNotification {
    private static final Logger LOG = LoggerFactory.getLogger(LostNotification.class);

    private final BiConsumer<String, String> failed;

    /**
     * For the end of the route configuration {@code notifications}.
     *
     * @param failed is told the channel and the reason
     */
    public LostNotification(BiConsumer<String, String> failed) {
        this.failed = failed;
    }

    /**
     * Passes the reason on.
     *
     * @param channel which one could not be served
     * @return the reason in words, without secrets
     */
    public String tell(String channel, Exchange exchange) {
        String why = reason(exchange.getProperty(ExchangePropertyKey.EXCEPTION_CAUGHT, Throwable.class));
        try {
            failed.accept(channel, why);
        } catch (RuntimeException e) {
            // The run must not fail for that.
            LOG.warn("It cannot be remembered that {} failed: {}", channel, ChurnFailure.rootMessage(e));
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
