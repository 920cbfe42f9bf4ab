package io.github.telcochurn.kafka;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What one step of a route sends: any number of records, to the topic that the route names. A key, a partition or headers that
 * the route sets apply to each of them. Deliberately not an {@code Iterable}, so that Camel's producer takes it as one value.
 *
 * @param records each with its own key, value and headers
 * @param work what the records answer; null where no transaction has to make sure that nothing is left out
 * @param inputs for each record, which input of the work it answers, counted from 0; empty without work
 */
public record RecordBatch(List<OutgoingRecord> records, TransactionInputs work, int[] inputs) {
    public RecordBatch {
        if (work != null && inputs.length != records.size()) {
            throw new IllegalArgumentException(records.size() + " records cannot answer " + inputs.length + " inputs");
        }
    }

    /** Records that answer no inputs. */
    public RecordBatch(List<OutgoingRecord> records) {
        this(List.copyOf(records), null, new int[0]);
    }

    /** How many records there are. */
    public int size() {
        return records.size();
    }

    /**
     * The answer to an input.
     *
     * @throws IllegalArgumentException when this batch has none
     */
    public OutgoingRecord answerTo(int input) {
        for (int i = 0; i < inputs.length; i++) {
            if (inputs[i] == input) {
                return records.get(i);
            }
        }
        throw new IllegalArgumentException("Input " + input + " is not answered here");
    }

    /** Two batches are never equal: what matters is which of them was sent. */
    @Override
    public boolean equals(Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }

    @Override
    public String toString() {
        return "RecordBatch of " + records.size() + (work == null ? "" : ", answering " + Arrays.toString(inputs));
    }

    /** Collects the answers to the {@link TransactionInputs}. */
    public static final class Builder {
        private final List<OutgoingRecord> records;
        private int[] inputs;

        /** One that has room for so many answers, and grows when needed. */
        public Builder(int capacity) {
            this.records = new ArrayList<>(capacity);
            this.inputs = new int[Math.max(1, capacity)];
        }

        /** Adds the answer to an input. */
        public void add(int input, OutgoingRecord record) {
            if (records.size() == inputs.length) {
                inputs = Arrays.copyOf(inputs, 2 * inputs.length);
            }
            inputs[records.size()] = input;
            records.add(record);
        }

        /** How many answers there are so far. */
        public int size() {
            return records.size();
        }

        /** The answers, in the order in which they were added. */
        public RecordBatch build(TransactionInputs work) {
            return new RecordBatch(records, work, Arrays.copyOf(inputs, records.size()));
        }
    }
}
