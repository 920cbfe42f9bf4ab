package io.github.telcochurn.scoring;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;

/** Detects that another scorer may have scored a partition in between: a poll then does not continue where the last one ended. */
final class PartitionWatch {
    private final Map<TopicPartition, Long> reached = new HashMap<>();

    /**
     * Takes note of a poll.
     *
     * @return whether one of its partitions is new, or has a gap; transactions of producers leave gaps too
     */
    synchronized boolean isHandedOver(ConsumerRecords<byte[], byte[]> poll) {
        boolean isHandedOver = false;
        for (TopicPartition partition : poll.partitions()) {
            List<ConsumerRecord<byte[], byte[]>> records = poll.records(partition);
            Long before = reached.put(partition, records.get(records.size() - 1).offset() + 1);
            isHandedOver |= before == null || before != records.get(0).offset();
        }
        return isHandedOver;
    }
}
