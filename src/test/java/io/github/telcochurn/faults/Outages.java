package io.github.telcochurn.faults;

import io.github.telcochurn.config.ChurnConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * For how long a reader saw no new prediction or dead letter: none at all, and none of one partition of the raw topic. Safe for
 * use by several threads.
 */
final class Outages {
    /** Shorter ones are the normal rhythm of polls and commits. */
    private static final long SHORTEST_NS = 250_000_000;

    private static final int ANY = -1;

    private final ChurnConfig.Topics topics;
    private final Map<Integer, Long> lastAtNs = new HashMap<>();
    private final List<Gap> gaps = new ArrayList<>();

    private record Gap(int partition, long fromNs, long toNs) {}

    Outages(ChurnConfig.Topics topics) {
        this.topics = topics;
    }

    /** Adds a record of any of the topics. */
    synchronized void accept(ConsumerRecord<byte[], byte[]> record, long nowNs) {
        if (record.topic().equals(topics.raw())) {
            return;
        }
        Ledger.Origin origin = Ledger.Origin.of(record);
        if (origin != null) {
            moved(ANY, nowNs);
            moved(origin.partition(), nowNs);
        }
    }

    private void moved(int partition, long nowNs) {
        Long before = lastAtNs.put(partition, nowNs);
        if (before != null && nowNs - before >= SHORTEST_NS) {
            gaps.add(new Gap(partition, before, nowNs));
        }
    }

    /** The longest time within a stretch in which there was nothing new. */
    synchronized Duration ofAll(long fromNs, long toNs) {
        return longest(partition -> partition == ANY, fromNs, toNs);
    }

    /** As {@link #ofAll}, without anything new of some one partition. */
    synchronized Duration ofOnePartition(long fromNs, long toNs) {
        return longest(partition -> partition != ANY, fromNs, toNs);
    }

    private Duration longest(IntPredicate which, long fromNs, long toNs) {
        return Duration.ofNanos(gaps.stream()
                .filter(gap -> which.test(gap.partition()) && gap.toNs() > fromNs && gap.fromNs() < toNs)
                .mapToLong(gap -> Math.min(gap.toNs(), toNs) - Math.max(gap.fromNs(), fromNs))
                .max()
                .orElse(0));
    }
}
