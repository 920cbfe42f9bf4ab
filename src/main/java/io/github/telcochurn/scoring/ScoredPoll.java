package io.github.telcochurn.scoring;

import io.github.telcochurn.deadletter.DeadLetterMaker;
import io.github.telcochurn.deadletter.Fault;
import io.github.telcochurn.kafka.OutgoingRecord;
import io.github.telcochurn.kafka.RecordBatch;
import io.github.telcochurn.kafka.RecordRefused;
import io.github.telcochurn.kafka.TransactionInputs;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** What became of a poll of raw messages: a prediction or a dead letter of each. The route says where they go. */
public final class ScoredPoll implements TransactionInputs {
    private final List<ConsumerRecord<byte[], byte[]>> raw;
    private final RecordBatch predictions;
    private final RiskTier[] tiers;
    private final RecordBatch deadLetters;
    private final long[] eventTimesMs;
    private final DeadLetterMaker letters;
    private final Instant scoredAt;

    private ScoredPoll(Builder builder) {
        this.raw = builder.raw;
        this.predictions = builder.predictions.build(this);
        this.tiers = builder.tiers.toArray(RiskTier[]::new);
        this.deadLetters = builder.deadLetters.build(this);
        this.eventTimesMs = Arrays.copyOf(builder.eventTimesMs, tiers.length);
        this.letters = builder.letters;
        this.scoredAt = builder.now;
    }

    /** All predictions. */
    public RecordBatch predictions() {
        return predictions;
    }

    /** The predictions of one tier, such as High: for a topic of their own. */
    public RecordBatch predictionsOf(RiskTier tier) {
        int[] ofTier =
                IntStream.range(0, tiers.length).filter(i -> tiers[i] == tier).toArray();
        return new RecordBatch(
                Arrays.stream(ofTier).mapToObj(predictions.records()::get).toList(),
                this,
                Arrays.stream(ofTier).map(i -> predictions.inputs()[i]).toArray());
    }

    @Override
    public RecordBatch deadLetters() {
        return deadLetters;
    }

    @Override
    public int inputs() {
        return raw.size();
    }

    @Override
    public OutgoingRecord deadLetter(int input, RecordRefused why) {
        Fault fault = Fault.unwritable(Fault.Stage.SCORE, "The prediction", why, ChurnScorer.class);
        return letters.of(raw.get(input), fault, scoredAt);
    }

    @Override
    public Optional<OutgoingRecord> smaller(OutgoingRecord deadLetter, RecordRefused why) {
        return letters.smaller(deadLetter, why.getMessage());
    }

    /** Of the predictions, in their order. */
    @Override
    public long[] eventTimesMs() {
        return eventTimesMs.clone();
    }

    /** Collects what becomes of a poll. */
    static final class Builder {
        private final DeadLetterMaker letters;
        private final Instant now;
        private final List<ConsumerRecord<byte[], byte[]>> raw;
        private final RecordBatch.Builder predictions;
        private final List<RiskTier> tiers;
        private final long[] eventTimesMs;
        private final RecordBatch.Builder deadLetters = new RecordBatch.Builder(0);

        /** For a poll of that size. */
        Builder(int size, DeadLetterMaker letters, Instant now) {
            this.letters = letters;
            this.now = now;
            this.raw = new ArrayList<>(size);
            this.predictions = new RecordBatch.Builder(size);
            this.tiers = new ArrayList<>(size);
            this.eventTimesMs = new long[size];
        }

        Instant now() {
            return now;
        }

        void addInput(ConsumerRecord<byte[], byte[]> record) {
            raw.add(record);
        }

        void addPrediction(int input, OutgoingRecord prediction, RiskTier tier, Instant eventTime) {
            eventTimesMs[tiers.size()] = eventTime.toEpochMilli();
            tiers.add(tier);
            predictions.add(input, prediction);
        }

        void addDeadLetter(int input, Fault fault) {
            deadLetters.add(input, letters.of(raw.get(input), fault, now));
        }

        ScoredPoll build() {
            return new ScoredPoll(this);
        }
    }
}
