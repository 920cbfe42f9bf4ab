package io.github.telcochurn.kafka;

import io.github.telcochurn.ChurnFailure;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.record.AbstractRecords;
import org.apache.kafka.common.record.CompressionType;
import org.apache.kafka.common.record.MemoryRecords;
import org.apache.kafka.common.record.RecordBatch;
import org.apache.kafka.common.record.SimpleRecord;
import org.apache.kafka.common.record.TimestampType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How large a record may be. The producer's own limit applies before compression; a topic's limit applies after it, and the
 * broker is asked for it when the first record goes there.
 */
final class SizeLimits {
    private static final Logger LOG = LoggerFactory.getLogger(SizeLimits.class);
    private static final int UNKNOWN = Integer.MAX_VALUE;

    /** When a topic does not accept even this many bytes, the topic is at fault, not a record. */
    private static final int SMALLEST_USEFUL = 2048;

    /** The size of a record besides its key, its value and its headers. */
    private static final int FRAMING_BYTES = 200;

    private final String bootstrapServers;
    private final CompressionType compression;
    private final int maxRequestSize;
    private final int batchSize;
    private final Map<String, Integer> topicLimits = new HashMap<>();

    SizeLimits(Properties producer) {
        this.bootstrapServers = producer.getProperty(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG);
        ProducerConfig config = new ProducerConfig(producer);
        this.compression = CompressionType.forName(config.getString(ProducerConfig.COMPRESSION_TYPE_CONFIG));
        this.maxRequestSize = config.getInt(ProducerConfig.MAX_REQUEST_SIZE_CONFIG);
        this.batchSize = config.getInt(ProducerConfig.BATCH_SIZE_CONFIG);
    }

    /**
     * Asks the broker for the limit of a topic that is seen for the first time.
     *
     * @throws KafkaException when the topic does not accept ordinary records
     */
    void learn(String topic) {
        if (!topicLimits.containsKey(topic)) {
            fetchLimit(topic);
        }
    }

    private int fetchLimit(String topic) {
        int limit = maxMessageBytes(topic);
        if (limit < SMALLEST_USEFUL) {
            throw new KafkaException("The topic " + topic + " takes at most " + limit + " bytes ("
                    + TopicConfig.MAX_MESSAGE_BYTES_CONFIG + "), which is too little for ordinary records. Raise it.");
        }
        topicLimits.put(topic, limit);
        return limit;
    }

    private int maxMessageBytes(String topic) {
        try (KafkaTopics topics = new KafkaTopics(bootstrapServers)) {
            return topics.maxMessageBytes(topic);
        } catch (ChurnFailure e) {
            // Not every user may ask for it.
            LOG.debug("The limit of {} is unknown: {}", topic, e.getMessage());
            return UNKNOWN;
        }
    }

    /** Forgets the limits of topics: one of them may have changed. */
    void forget() {
        topicLimits.clear();
    }

    /**
     * The producer's batch size, or less: where a topic accepts less than one batch, the client would split the batch into
     * batches of the same size, over and over ({@code ProducerBatch.split} of kafka-clients 4.1.2).
     */
    int batchSize() {
        int smallest = topicLimits.values().stream().min(Integer::compare).orElse(UNKNOWN);
        return Math.min(batchSize, smallest / 4 * 3);
    }

    /** The limit that a record exceeds; empty where it exceeds none. */
    Optional<RecordRefused> violatedBy(ProducerRecord<byte[], byte[]> record) {
        long maxSize = maxSize(record);
        if (maxSize > maxRequestSize) {
            long bytes = AbstractRecords.estimateSizeInBytesUpperBound(
                    RecordBatch.CURRENT_MAGIC_VALUE,
                    compression,
                    record.key(),
                    record.value(),
                    record.headers().toArray());
            if (bytes > maxRequestSize) {
                return Optional.of(RecordRefused.tooLarge(
                        record.topic(), bytes, ProducerConfig.MAX_REQUEST_SIZE_CONFIG + " " + maxRequestSize));
            }
        }
        int limit = topicLimits.getOrDefault(record.topic(), UNKNOWN);
        return maxSize > limit && compressedSize(record) > limit ? refusalOf(record) : Optional.empty();
    }

    /**
     * Why a record is too large for its topic, by the limit that the topic has now.
     *
     * @return empty when the limit was raised meanwhile
     */
    Optional<RecordRefused> refusalOf(ProducerRecord<byte[], byte[]> record) {
        int limit = fetchLimit(record.topic());
        long bytes = compressedSize(record);
        if (limit != UNKNOWN && bytes <= limit) {
            return Optional.empty();
        }
        String value = limit == UNKNOWN ? " of the topic" : " " + limit;
        return Optional.of(RecordRefused.tooLarge(record.topic(), bytes, TopicConfig.MAX_MESSAGE_BYTES_CONFIG + value));
    }

    private static long maxSize(ProducerRecord<byte[], byte[]> record) {
        long size = FRAMING_BYTES + length(record.key()) + length(record.value());
        for (Header header : record.headers()) {
            // Up to three bytes of UTF-8 for each character of the name, and two lengths.
            size += 3L * header.key().length() + length(header.value()) + 10;
        }
        return size;
    }

    private static long length(byte[] bytes) {
        return bytes == null ? 0 : bytes.length;
    }

    /** The size of a batch of this record alone, which is what the broker finally compares with its limit. */
    private long compressedSize(ProducerRecord<byte[], byte[]> record) {
        SimpleRecord alone = new SimpleRecord(
                0L, record.key(), record.value(), record.headers().toArray());
        return MemoryRecords.withRecords(
                        RecordBatch.CURRENT_MAGIC_VALUE,
                        0L,
                        Compression.of(compression).build(),
                        TimestampType.CREATE_TIME,
                        alone)
                .sizeInBytes();
    }
}
