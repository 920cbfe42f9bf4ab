package io.github.telcochurn.kafka;

import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * What one exchange sends as one transaction: any number of records, each with its own topic, key, headers and timestamp.
 * Deliberately no {@code Iterable}, so that Camel's producer hands it on as the one value that it is.
 *
 * @param eventTimesMs when the events behind the records happened, as far as that is worth measuring a latency from
 * @param replacement says what is sent instead of a record that cannot be written
 */
public record RecordBatch(List<ProducerRecord<byte[], byte[]>> records, long[] eventTimesMs, Replacement replacement) {
    public RecordBatch {
        records = List.copyOf(records);
    }

    /** Records whose latency is nobody's concern, and that nothing can replace. */
    public RecordBatch(List<ProducerRecord<byte[], byte[]>> records) {
        this(records, new long[0], (index, refused, why) -> Optional.empty());
    }

    /** Makes the dead letter that takes the place of a record that cannot be written. */
    @FunctionalInterface
    public interface Replacement {
        /**
         * Called again with its own result when that cannot be written either.
         *
         * @param index of the record among {@link #records}
         * @param refused the record, or what took its place before
         * @param why names the size and the limit where the record is too large
         * @return empty when there is nothing smaller to send; then the fault is the system's
         */
        Optional<ProducerRecord<byte[], byte[]>> of(
                int index, ProducerRecord<byte[], byte[]> refused, RecordRefused why);
    }
}
