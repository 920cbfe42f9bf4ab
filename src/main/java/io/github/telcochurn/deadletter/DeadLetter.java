package io.github.telcochurn.deadletter;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.telcochurn.kafka.RunHeaders;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * A dead letter as it is on its topic.
 *
 * @param record with the original's key, value and headers, and the error in more headers
 * @param replayed whether its original was put back on the raw topic
 */
public record DeadLetter(ConsumerRecord<byte[], byte[]> record, boolean replayed) {
    /**
     * Where on the topic it is.
     *
     * @param offset 0 or more
     */
    public record Id(int partition, long offset) {
        private static final Pattern FORM = Pattern.compile("(\\d{1,9})-(\\d{1,18})");

        /**
         * Reads what {@link #toString} writes.
         *
         * @throws IllegalArgumentException when it has another form
         */
        public static Id parse(String text) {
            Matcher parts = FORM.matcher(text);
            if (!parts.matches()) {
                throw new IllegalArgumentException(
                        "\"" + text + "\" is not the id of a dead letter: an id is PARTITION-OFFSET, such as 2-17");
            }
            return new Id(Integer.parseInt(parts.group(1)), Long.parseLong(parts.group(2)));
        }

        @Override
        public String toString() {
            return partition + "-" + offset;
        }
    }

    public Id id() {
        return new Id(record.partition(), record.offset());
    }

    public String stage() {
        return header(DeadLetterHeaders.STAGE);
    }

    public String reason() {
        return header(DeadLetterHeaders.REASON);
    }

    /** Everything that was wrong. */
    public String message() {
        return header(DeadLetterHeaders.EXCEPTION_MESSAGE);
    }

    /** When it failed; the record's own time when another program wrote it. */
    public Instant failedAt() {
        try {
            return Instant.parse(header(DeadLetterHeaders.AT));
        } catch (DateTimeParseException e) {
            return Instant.ofEpochMilli(record.timestamp());
        }
    }

    /** How often its original failed, this time included. */
    public int attempts() {
        return DeadLetterMaker.attempts(record.headers());
    }

    /** The topic that the original was read from; empty when it was not on a topic, as for a row of a file. */
    public String originalTopic() {
        return header(DeadLetterHeaders.TOPIC);
    }

    /** Where on that topic the original was; partition 0 and offset 0 when that is not known. */
    DeadLetter.Id originalPlace() {
        String place = header(DeadLetterHeaders.PARTITION) + "-" + header(DeadLetterHeaders.OFFSET);
        return Id.FORM.matcher(place).matches() ? Id.parse(place) : new Id(0, 0);
    }

    /** The SHA-256 of the original's value if that was too large for this dead letter; otherwise empty. */
    String valueSha256() {
        return header(DeadLetterHeaders.VALUE_SHA256);
    }

    private String header(String name) {
        return RunHeaders.text(record.headers(), name);
    }

    /** Bytes as text; empty when they are not UTF-8. */
    public static Optional<String> text(byte[] bytes) {
        try {
            return bytes == null
                    ? Optional.empty()
                    : Optional.of(
                            UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }
}
