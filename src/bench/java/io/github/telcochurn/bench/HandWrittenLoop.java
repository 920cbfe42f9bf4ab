package io.github.telcochurn.bench;

import io.github.telcochurn.config.ChurnConfig;
import io.github.telcochurn.kafka.OutgoingRecord;
import io.github.telcochurn.kafka.RecordBatch;
import io.github.telcochurn.scoring.ChurnScorer;
import io.github.telcochurn.scoring.ScoredPoll;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The peer: what an engineer would write with kafka-clients alone, with the same scorer and the same client settings. */
final class HandWrittenLoop {
    private final ChurnConfig config;
    private final ChurnScorer scorer;

    HandWrittenLoop(ChurnConfig config, ChurnScorer scorer) {
        this.config = config;
        this.scorer = scorer;
    }

    /** Poll, parse and score, send, offsets, commit, until that many records are committed. */
    @SuppressWarnings("FutureReturnValueIgnored") // a failed send fails the commit
    void drain(long records) {
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(consumerSettings());
                KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(producerSettings())) {
            producer.initTransactions();
            consumer.subscribe(List.of(config.topics().raw()));
            long committed = 0;
            while (committed < records) {
                ConsumerRecords<byte[], byte[]> poll = consumer.poll(Duration.ofMillis(500));
                if (poll.isEmpty()) {
                    continue;
                }
                producer.beginTransaction();
                ScoredPoll scored = scorer.score(poll);
                send(scored.predictions(), config.topics().predictions(), producer);
                send(scored.deadLetters(), config.topics().deadletter(), producer);
                producer.sendOffsetsToTransaction(poll.nextOffsets(), consumer.groupMetadata());
                producer.commitTransaction();
                committed += poll.count();
            }
        }
    }

    private static void send(RecordBatch batch, String topic, KafkaProducer<byte[], byte[]> producer) {
        for (OutgoingRecord record : batch.records()) {
            producer.send(new ProducerRecord<>(topic, null, null, record.key(), record.value(), record.headers()));
        }
    }

    private Map<String, Object> consumerSettings() {
        Map<String, Object> settings = new HashMap<>();
        settings.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, config.kafka().bootstrapServers());
        settings.put(ConsumerConfig.GROUP_ID_CONFIG, config.groupId());
        settings.put(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG, config.groupId() + "-1");
        settings.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, 10_000);
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, config.score().windowSize());
        settings.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        settings.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        return settings;
    }

    private Map<String, Object> producerSettings() {
        Map<String, Object> settings = new HashMap<>();
        settings.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, config.kafka().bootstrapServers());
        settings.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, config.groupId() + "-score-1");
        settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        settings.put(ProducerConfig.BATCH_SIZE_CONFIG, 131_072);
        settings.put(ProducerConfig.LINGER_MS_CONFIG, 5);
        settings.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        settings.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        return settings;
    }
}
