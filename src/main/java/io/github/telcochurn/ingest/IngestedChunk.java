package io.github.telcochurn.ingest;

import io.github.telcochurn.deadletter.DeadLetterMaker;
import io.github.telcochurn.kafka.OutgoingRecord;
import io.github.telcochurn.kafka.RecordBatch;
import io.github.telcochurn.kafka.RecordRefused;
import io.github.telcochurn.kafka.TransactionInputs;
import java.util.Optional;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * The outcome of a chunk of rows: a raw message or a dead letter for each row. The route decides where they go; the checkpoint after
 * them is committed in any case.
 */
public final class IngestedChunk implements TransactionInputs {
    private final int rows;
    private final RecordBatch rawMessages;
    private final RecordBatch deadLetters;
    private final ProducerRecord<byte[], byte[]> checkpoint;
    private final DeadLetterMaker letters;
    private final Rejection rejection;

    /**
     * The outcome of a chunk.
     *
     * @param rejection makes the dead letter of a row whose message cannot be written
     */
    IngestedChunk(
            int rows,
            RecordBatch.Builder rawMessages,
            RecordBatch.Builder deadLetters,
            ProducerRecord<byte[], byte[]> checkpoint,
            DeadLetterMaker letters,
            Rejection rejection) {
        this.rows = rows;
        this.rawMessages = rawMessages.build(this);
        this.deadLetters = deadLetters.build(this);
        this.checkpoint = checkpoint;
        this.letters = letters;
        this.rejection = rejection;
    }

    /** Makes the dead letter for a row, counted from 0, whose message has this key. */
    @FunctionalInterface
    interface Rejection {
        OutgoingRecord of(int row, byte[] key, RecordRefused why);
    }

    /** The messages of the rows that are valid. */
    public RecordBatch rawMessages() {
        return rawMessages;
    }

    /** The rows that were rejected. */
    @Override
    public RecordBatch deadLetters() {
        return deadLetters;
    }

    @Override
    public int inputs() {
        return rows;
    }

    @Override
    public OutgoingRecord deadLetter(int input, RecordRefused why) {
        return rejection.of(input, rawMessages.answerTo(input).key(), why);
    }

    @Override
    public Optional<OutgoingRecord> smaller(OutgoingRecord deadLetter, RecordRefused why) {
        return letters.smaller(deadLetter, why.getMessage());
    }

    @Override
    public Optional<ProducerRecord<byte[], byte[]>> checkpoint() {
        return Optional.of(checkpoint);
    }
}
