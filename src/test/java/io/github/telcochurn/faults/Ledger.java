package io.github.telcochurn.faults;

import io.github.telcochurn.config.ChurnConfig;
import io.github.telcochurn.deadletter.DeadLetterHeaders;
import io.github.telcochurn.kafka.RunHeaders;
import java.util.BitSet;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** Which raw records there are, and which of them have a prediction or a dead letter. Safe for use by several threads. */
final class Ledger {
    private final ChurnConfig.Topics topics;
    private final Map<Integer, BitSet> raw = new TreeMap<>();
    private final Map<Integer, BitSet> withOutput = new TreeMap<>();
    private long duplicates;

    Ledger(ChurnConfig.Topics topics) {
        this.topics = topics;
    }

    /**
     * The position on the raw topic that an output comes from.
     *
     * @param partition of the raw topic
     */
    record Origin(int partition, long offset) {
        /** Of a prediction, or of a dead letter of a raw record; null for a dead letter of a row. */
        static Origin of(ConsumerRecord<byte[], byte[]> output) {
            String origin = RunHeaders.text(output.headers(), RunHeaders.ORIGIN);
            if (!origin.isEmpty()) {
                int beforeOffset = origin.lastIndexOf('-');
                int beforePartition = origin.lastIndexOf('-', beforeOffset - 1);
                return new Origin(
                        Integer.parseInt(origin.substring(beforePartition + 1, beforeOffset)),
                        Long.parseLong(origin.substring(beforeOffset + 1)));
            }
            String offset = RunHeaders.text(output.headers(), DeadLetterHeaders.OFFSET);
            return offset.isEmpty()
                    ? null
                    : new Origin(
                            Integer.parseInt(RunHeaders.text(output.headers(), DeadLetterHeaders.PARTITION)),
                            Long.parseLong(offset));
        }
    }

    /** Adds a record of any of the topics. */
    synchronized void accept(ConsumerRecord<byte[], byte[]> record) {
        if (record.topic().equals(topics.raw())) {
            raw.computeIfAbsent(record.partition(), none -> new BitSet()).set((int) record.offset());
            return;
        }
        Origin origin = Origin.of(record);
        if (origin != null) {
            BitSet seen = withOutput.computeIfAbsent(origin.partition(), none -> new BitSet());
            if (seen.get((int) origin.offset())) {
                duplicates++;
            }
            seen.set((int) origin.offset());
        }
    }

    /** How many raw records there are. */
    synchronized long rawRecords() {
        return raw.values().stream().mapToLong(BitSet::cardinality).sum();
    }

    /** How many raw records have a prediction or a dead letter. */
    synchronized long recordsWithOutput() {
        return withOutput.values().stream().mapToLong(BitSet::cardinality).sum();
    }

    /** How many raw records have neither prediction nor dead letter. */
    synchronized long missing() {
        return without(raw, withOutput, Map.of());
    }

    /** As {@link #missing()}, of those before some offsets of the raw topic. */
    synchronized long missing(Map<TopicPartition, Long> before) {
        return without(raw, withOutput, before);
    }

    /** How many predictions and dead letters there are of raw records that do not exist. */
    synchronized long outputsWithoutRaw() {
        return without(withOutput, raw, Map.of());
    }

    /** How many predictions and dead letters there are beyond the first of each raw record. */
    synchronized long duplicates() {
        return duplicates;
    }

    /** Whether the same raw records have outputs. */
    boolean agreesWith(Ledger other) {
        return outputs().equals(other.outputs());
    }

    private synchronized Map<Integer, BitSet> outputs() {
        Map<Integer, BitSet> copy = new TreeMap<>();
        withOutput.forEach((partition, bits) -> copy.put(partition, (BitSet) bits.clone()));
        return copy;
    }

    private long without(Map<Integer, BitSet> all, Map<Integer, BitSet> others, Map<TopicPartition, Long> before) {
        long count = 0;
        for (Map.Entry<Integer, BitSet> each : all.entrySet()) {
            BitSet rest = (BitSet) each.getValue().clone();
            rest.andNot(others.getOrDefault(each.getKey(), new BitSet()));
            Long end = before.get(new TopicPartition(topics.raw(), each.getKey()));
            count += end == null
                    ? rest.cardinality()
                    : rest.get(0, end.intValue()).cardinality();
        }
        return count;
    }
}
