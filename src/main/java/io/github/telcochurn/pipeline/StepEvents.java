package io.github.telcochurn.pipeline;

import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.spi.CamelEvent;
import org.apache.camel.spi.CamelEvent.ExchangeEvent;
import org.apache.camel.spi.CamelEvent.ExchangeRedeliveryEvent;
import org.apache.camel.spi.CamelEvent.StepCompletedEvent;
import org.apache.camel.spi.CamelEvent.StepEvent;
import org.apache.camel.spi.CamelEvent.StepStartedEvent;
import org.apache.camel.support.EventNotifierSupport;

/** Notifies an exchange's {@link StepListener} of the route's {@code step}s, whose ids are {@code step-} and the name. */
public final class StepEvents extends EventNotifierSupport {
    /** The exchange's variable that holds the listener. */
    public static final String VARIABLE = "batch";

    public StepEvents() {
        // Camel does not create the events that are ignored.
        setIgnoreCamelContextEvents(true);
        setIgnoreCamelContextInitEvents(true);
        setIgnoreServiceEvents(true);
        setIgnoreRouteEvents(true);
        setIgnoreExchangeCreatedEvent(true);
        setIgnoreExchangeCompletedEvent(true);
        setIgnoreExchangeSendingEvents(true);
        setIgnoreExchangeSentEvents(true);
        setIgnoreExchangeAsyncProcessingStartedEvents(true);
    }

    @Override
    public void notify(CamelEvent event) {
        if (!(event instanceof ExchangeEvent exchangeEvent)) {
            return;
        }
        Exchange exchange = exchangeEvent.getExchange();
        StepListener listener = exchange.getVariable(VARIABLE, StepListener.class);
        if (listener == null) {
            return;
        }
        if (event instanceof StepStartedEvent started) {
            listener.stepStarted(name(started));
        } else if (event instanceof StepCompletedEvent completed) {
            listener.stepDone(name(completed));
        } else if (event instanceof ExchangeRedeliveryEvent) {
            // The exception of the previous attempt: the exchange itself is clean again.
            listener.stepRetried(exchange.getProperty(ExchangePropertyKey.EXCEPTION_CAUGHT, Throwable.class));
        }
    }

    private static String name(StepEvent event) {
        return event.getStepId().replaceFirst("^step-", "");
    }
}
