package io.github.telcochurn.kafka;

import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * What one exchange sends as one transaction: any number of records, each with its own topic, key, headers and timestamp.
 * Deliberately no {@code Iterable}, so that Camel's producer hands it on as the one value that it is.
 *
 * @param eventTimesMs when the events behind the records happened, as far as that is worth measuring a latency from
 */
public record RecordBatch(List<ProducerRecord<byte[], byte[]>> records, long[] eventTimesMs) {
    public RecordBatch {
        records = List.copyOf(records);
    }

    /** Records whose latency is nobody's concern. */
    public RecordBatch(List<ProducerRecord<byte[], byte[]>> records) {
        this(records, new long[0]);
    }
}
