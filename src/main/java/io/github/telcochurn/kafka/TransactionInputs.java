package io.github.telcochurn.kafka;

import java.util.Optional;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * A poll of raw messages, or a chunk of rows: the inputs of one transaction. It commits only when each input is answered by a
 * record that the route has sent.
 */
public interface TransactionInputs {
    /** How many inputs there are. */
    int inputs();

    /**
     * The dead letters among the answers. The replacement of a record that cannot be written goes where the route sends these,
     * so the route has to send them even when there are none.
     */
    RecordBatch deadLetters();

    /**
     * The dead letter of an input whose answer cannot be written.
     *
     * @param input counted from 0
     * @param why names the size and the limit when the answer is too large
     */
    OutgoingRecord deadLetter(int input, RecordRefused why);

    /**
     * Makes a dead letter smaller when it cannot be written either.
     *
     * @return empty when there is nothing left to leave out; then the system is at fault
     */
    Optional<OutgoingRecord> smaller(OutgoingRecord deadLetter, RecordRefused why);

    /** What is committed together with the answers, whatever the route sends. */
    default Optional<ProducerRecord<byte[], byte[]>> checkpoint() {
        return Optional.empty();
    }

    /** When the events behind the inputs happened, in epoch milliseconds, where a latency is worth measuring from them. */
    default long[] eventTimesMs() {
        return new long[0];
    }

    /**
     * The work of a committed transaction.
     *
     * @param deadLetters how many of the inputs became dead letters in the end
     */
    record Committed(TransactionInputs work, int deadLetters) {}
}
