package io.github.telcochurn.pipeline;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.telcochurn.deadletter.DeadLetterMaker;
import io.github.telcochurn.deadletter.Fault;
import io.github.telcochurn.kafka.OutgoingRecord;
import io.github.telcochurn.notification.WebAddresses;
import java.time.InstantSource;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.Message;
import org.apache.camel.component.kafka.KafkaConstants;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** Turns an exchange that failed as a whole into a dead letter, for the end of Camel's dead letter channel. */
public final class FailedExchange {
    /** A topic accepts 1,048,588 bytes by default; key and headers need some of it. */
    private static final int MAX_VALUE_BYTES = 900_000;

    private final DeadLetterMaker deadLetters;
    private final InstantSource clock;

    public FailedExchange(DeadLetterMaker deadLetters, InstantSource clock) {
        this.deadLetters = deadLetters;
        this.clock = clock;
    }

    /**
     * Puts the error into the message's headers, next to the original ones.
     *
     * @param exchange with the original message, and the exception among its properties
     * @throws IllegalStateException when it is a whole poll, in which no record may be at fault: it has to be rolled back
     */
    public void describe(Exchange exchange) {
        Throwable thrown = exchange.getProperty(ExchangePropertyKey.EXCEPTION_CAUGHT, Throwable.class);
        String endpoint = exchange.getProperty(ExchangePropertyKey.FAILURE_ENDPOINT, String.class);
        String where = endpoint == null ? "" : endpoint.replaceAll("\\?.*", "") + ": ";
        Fault fault = new Fault(Fault.Stage.ROUTE, Fault.ROUTE_FAILED, where + thrown, FailedExchange.class, thrown);
        Message message = exchange.getMessage();
        if (message.getBody() instanceof ConsumerRecords<?, ?> poll) {
            throw new IllegalStateException(
                    "A poll of " + poll.count()
                            + " records cannot become a dead letter: the route that polled it needs noErrorHandler",
                    thrown);
        }
        byte[] key = message.getHeader(KafkaConstants.KEY, byte[].class);
        OutgoingRecord letter =
                deadLetters.of(key, message.getBody(byte[].class), new RecordHeaders(), fault, clock.instant());
        if (letter.value() != null && letter.value().length > MAX_VALUE_BYTES) {
            String why =
                    String.format("too large: %,d bytes, but the limit is %,d", letter.value().length, MAX_VALUE_BYTES);
            letter = deadLetters.smaller(letter, why).orElseThrow();
        }
        letter.headers()
                .forEach(header ->
                        message.setHeader(header.key(), WebAddresses.hostsOnly(new String(header.value(), UTF_8))));
        message.setBody(letter.value());
    }
}
