package io.github.telcochurn.deadletter;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.telcochurn.kafka.OutgoingRecord;
import io.github.telcochurn.kafka.RunHeaders;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** Makes dead letters: key, value and headers are the original's, untouched; the error is described in headers. */
public final class DeadLetterMaker {
    /** The most UTF-8 bytes of {@link DeadLetterHeaders#EXCEPTION_MESSAGE}. */
    private static final int MAX_MESSAGE_BYTES = 4096;

    private static final Pattern COUNT = Pattern.compile("\\d{1,6}");

    private final KeptValues keptValues;

    /**
     * Dead letters whose topic is left to the route.
     *
     * @param keptValues where values go that are too large for a topic
     */
    public DeadLetterMaker(KeptValues keptValues) {
        this.keptValues = keptValues;
    }

    /** The dead letter of a Kafka record. */
    public OutgoingRecord of(ConsumerRecord<byte[], byte[]> original, Fault fault, Instant at) {
        Headers headers = new RecordHeaders(original.headers());
        put(headers, DeadLetterHeaders.TOPIC, original.topic());
        put(headers, DeadLetterHeaders.PARTITION, Integer.toString(original.partition()));
        put(headers, DeadLetterHeaders.OFFSET, Long.toString(original.offset()));
        describe(headers, fault, at);
        return new OutgoingRecord(original.key(), original.value(), headers);
    }

    /**
     * The dead letter of something that was never in Kafka, such as a row of a file.
     *
     * @param key the customer's id where it is known, or null
     * @param headers where it comes from
     */
    public OutgoingRecord of(byte[] key, byte[] value, Headers headers, Fault fault, Instant at) {
        describe(headers, fault, at);
        return new OutgoingRecord(key, value, headers);
    }

    /**
     * Makes a dead letter smaller when it cannot be written as it is. First its value is left out, and kept in a file; then its
     * key; then the original's headers. All of them can be read where {@link DeadLetterHeaders#TOPIC} and the headers after it
     * point, as long as the original is there.
     *
     * @param why is added to the error
     * @return empty when there is nothing left to leave out
     * @throws io.github.telcochurn.ChurnFailure when the value cannot be kept
     */
    public Optional<OutgoingRecord> smaller(OutgoingRecord letter, String why) {
        if (letter.value() != null) {
            return Optional.of(withoutValue(letter, why));
        }
        if (letter.key() != null) {
            return Optional.of(new OutgoingRecord(null, null, letter.headers()));
        }
        RecordHeaders headers = new RecordHeaders();
        letter.headers().forEach(header -> {
            if (DeadLetterHeaders.isOurs(header.key())
                    && !header.key().equals(DeadLetterHeaders.EXCEPTION_STACKTRACE)) {
                headers.add(header);
            }
        });
        return headers.equals(new RecordHeaders(letter.headers()))
                ? Optional.empty()
                : Optional.of(new OutgoingRecord(null, null, headers));
    }

    private OutgoingRecord withoutValue(OutgoingRecord letter, String why) {
        RecordHeaders headers = new RecordHeaders(letter.headers());
        put(headers, DeadLetterHeaders.VALUE_BYTES, Integer.toString(letter.value().length));
        put(headers, DeadLetterHeaders.VALUE_SHA256, keptValues.keep(letter.value()));
        String message = "Sent without its value, which is " + why + ". "
                + RunHeaders.text(headers, DeadLetterHeaders.EXCEPTION_MESSAGE);
        put(headers, DeadLetterHeaders.EXCEPTION_MESSAGE, shortened(message));
        return new OutgoingRecord(letter.key(), null, headers);
    }

    private static void describe(Headers headers, Fault fault, Instant at) {
        put(headers, DeadLetterHeaders.STAGE, fault.stage().name().toLowerCase(Locale.ROOT));
        put(headers, DeadLetterHeaders.CLASS_NAME, fault.foundBy().getName());
        put(headers, DeadLetterHeaders.EXCEPTION_MESSAGE, shortened(fault.message()));
        if (fault.thrown() != null) {
            put(
                    headers,
                    DeadLetterHeaders.EXCEPTION_CLASS_NAME,
                    fault.thrown().getClass().getName());
            if (fault.stage() == Fault.Stage.SCORE || fault.stage() == Fault.Stage.ROUTE) {
                // Only our own errors need one: a sender who breaks a rule learns nothing from our stack.
                put(headers, DeadLetterHeaders.EXCEPTION_STACKTRACE, stackTrace(fault.thrown()));
            }
        }
        put(headers, DeadLetterHeaders.REASON, fault.reason());
        put(headers, DeadLetterHeaders.AT, at.toString());
        put(headers, DeadLetterHeaders.ATTEMPTS, Integer.toString(attempts(headers) + 1));
    }

    /**
     * How often a record became a dead letter so far; a replay keeps the count.
     *
     * @return 0 also when another program's header is not such a count
     */
    static int attempts(Headers headers) {
        String count = RunHeaders.text(headers, DeadLetterHeaders.ATTEMPTS);
        return COUNT.matcher(count).matches() ? Integer.parseInt(count) : 0;
    }

    private static void put(Headers headers, String name, String value) {
        headers.remove(name).add(name, value.getBytes(UTF_8));
    }

    /** Truncated at the end of a character. */
    private static String shortened(String message) {
        byte[] bytes = message.getBytes(UTF_8);
        if (bytes.length <= MAX_MESSAGE_BYTES) {
            return message;
        }
        CharsetDecoder decoder = UTF_8.newDecoder().onMalformedInput(CodingErrorAction.IGNORE);
        CharBuffer chars = CharBuffer.allocate(MAX_MESSAGE_BYTES);
        decoder.decode(ByteBuffer.wrap(bytes, 0, MAX_MESSAGE_BYTES), chars, true);
        return chars.flip().toString();
    }

    private static String stackTrace(Throwable thrown) {
        StringWriter text = new StringWriter();
        thrown.printStackTrace(new PrintWriter(text));
        return text.toString();
    }
}
