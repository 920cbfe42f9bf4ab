package io.github.telcochurn.batch.figures;

import io.github.telcochurn.kafka.CommittedReader;
import io.github.telcochurn.kafka.KafkaTopics;
import io.github.telcochurn.kafka.RunHeaders;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Reads the records of one run from a topic, up to its current end.
 *
 * @param from the offsets of a topic before which there is no record of the run
 */
record RunReader(
        KafkaTopics topics, CommittedReader log, String runId, Function<String, Map<TopicPartition, Long>> from) {
    void read(String topic, Consumer<ConsumerRecord<byte[], byte[]>> each) {
        log.readFrom(from.apply(topic), topics, topic, record -> {
            if (runId.equals(RunHeaders.text(record.headers(), RunHeaders.RUN_ID))) {
                each.accept(record);
            }
        });
    }
}
