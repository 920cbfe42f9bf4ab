package io.github.telcochurn.deadletter;

import io.github.telcochurn.config.ChurnConfig;
import io.github.telcochurn.kafka.CommittedReader;
import io.github.telcochurn.kafka.KafkaTopics;
import java.util.Optional;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * The originals of dead letters, byte for byte. One that was too large for the dead-letter topic is read from the raw topic
 * while it is still there; otherwise its value is read from the folder of kept values.
 */
public final class Originals {
    private final ChurnConfig config;
    private final KafkaTopics topics;
    private final CommittedReader records;
    private final KeptValues keptValues;

    public Originals(ChurnConfig config, KafkaTopics topics) {
        this.config = config;
        this.topics = topics;
        this.records = new CommittedReader(config.kafka().bootstrapServers());
        this.keptValues = new KeptValues(config.keptValuesDir());
    }

    /**
     * The original of a dead letter as a record for the raw topic; the count of attempts goes with it.
     *
     * @return empty when its value was too large for the dead letter, and is no longer kept anywhere
     */
    public Optional<ProducerRecord<byte[], byte[]>> of(DeadLetter letter) {
        if (letter.valueSha256().isEmpty()) {
            return Optional.of(original(
                    letter.record().key(),
                    letter.record().value(),
                    letter.record().headers()));
        }
        Optional<ConsumerRecord<byte[], byte[]>> raw = raw(letter);
        if (raw.isPresent()) {
            RecordHeaders headers = new RecordHeaders(raw.get().headers());
            headers.remove(DeadLetterHeaders.ATTEMPTS);
            headers.add(letter.record().headers().lastHeader(DeadLetterHeaders.ATTEMPTS));
            return Optional.of(original(raw.get().key(), raw.get().value(), headers));
        }
        return keptValues
                .find(letter.valueSha256())
                .map(value ->
                        original(letter.record().key(), value, letter.record().headers()));
    }

    private ProducerRecord<byte[], byte[]> original(byte[] key, byte[] value, Headers letters) {
        RecordHeaders headers = new RecordHeaders();
        letters.forEach(header -> {
            if (!DeadLetterHeaders.describesError(header.key())) {
                headers.add(header);
            }
        });
        return new ProducerRecord<>(config.topics().raw(), null, null, key, value, headers);
    }

    /** The hash distinguishes it from a record of a re-created topic. */
    private Optional<ConsumerRecord<byte[], byte[]>> raw(DeadLetter letter) {
        if (!letter.originalTopic().equals(config.topics().raw())) {
            return Optional.empty();
        }
        DeadLetter.Id place = letter.originalPlace();
        TopicPartition partition = new TopicPartition(letter.originalTopic(), place.partition());
        return records.find(topics, partition, place.offset())
                .filter(record -> record.value() != null
                        && DigestUtils.sha256Hex(record.value()).equals(letter.valueSha256()));
    }
}
