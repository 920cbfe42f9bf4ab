package io.github.telcochurn.kafka;

import org.apache.kafka.common.TopicPartition;

/**
 * A transaction that hides what follows it on a partition from readers of committed records, until it commits or aborts.
 *
 * @param startOffset of its first record on that partition; 0 or more
 * @param producer its transactional id; null when the broker does not report it
 */
public record BlockingTransaction(TopicPartition partition, long startOffset, String producer) {
    @Override
    public String toString() {
        return String.format(
                "%s on partition %d of %s, open since offset %d",
                producer == null ? "a transaction of an unknown producer" : "the transaction of producer " + producer,
                partition.partition(),
                partition.topic(),
                startOffset);
    }
}
