package io.github.telcochurn.deadletter;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.github.telcochurn.ChurnFailure;
import io.github.telcochurn.config.ChurnConfig;
import io.github.telcochurn.kafka.KafkaTopics;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Puts the originals of dead letters back on the raw topic, each exactly once: original and mark are one transaction, and all
 * replays share one transactional id, so that a second replay at the same time fences the first before it reads the marks.
 */
public final class DeadLetterReplay {
    private static final int CHUNK = 1000;

    private final ChurnConfig config;
    private final DeadLetterLog log;

    public DeadLetterReplay(ChurnConfig config, KafkaTopics topics) {
        this.config = config;
        this.log = new DeadLetterLog(config, topics);
    }

    /**
     * What became of the selected dead letters.
     *
     * @param replayed put back now; of a dry run, those that would be
     * @param alreadyReplayed put back before
     * @param tooManyAttempts failed as often as churn.deadletter.max-attempts
     * @param notFromRawTopic rows of files, which are mended in the file, and what failed elsewhere
     */
    public record Outcome(
            long replayed,
            @JsonProperty("already_replayed") long alreadyReplayed,
            @JsonProperty("too_many_attempts") long tooManyAttempts,
            @JsonProperty("not_from_raw_topic") long notFromRawTopic) {
        private static Outcome of(Map<Fate, Long> tally) {
            return new Outcome(
                    tally.getOrDefault(Fate.REPLAY, 0L),
                    tally.getOrDefault(Fate.ALREADY_REPLAYED, 0L),
                    tally.getOrDefault(Fate.TOO_MANY_ATTEMPTS, 0L),
                    tally.getOrDefault(Fate.NOT_FROM_RAW_TOPIC, 0L));
        }
    }

    private enum Fate {
        REPLAY,
        ALREADY_REPLAYED,
        TOO_MANY_ATTEMPTS,
        NOT_FROM_RAW_TOPIC
    }

    /** Counts what {@link #replay} would do. */
    public Outcome dryRun(DeadLetterLog.Selection selection) {
        Map<Fate, Long> tally = new EnumMap<>(Fate.class);
        log.read(selection, letter -> tally.merge(fate(letter), 1L, Long::sum));
        return Outcome.of(tally);
    }

    /**
     * Replays.
     *
     * @param now stands on the marks
     * @throws ChurnFailure when Kafka refuses, or another replay took over; what was committed stays, and is not repeated by
     *     the next replay
     */
    public Outcome replay(DeadLetterLog.Selection selection, Instant now) {
        Map<Fate, Long> tally = new EnumMap<>(Fate.class);
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(settings())) {
            // Before the marks are read: from here on no other replay can add any.
            producer.initTransactions();
            List<DeadLetter> chunk = new ArrayList<>(CHUNK);
            log.read(selection, letter -> {
                Fate fate = fate(letter);
                tally.merge(fate, 1L, Long::sum);
                if (fate == Fate.REPLAY) {
                    chunk.add(letter);
                }
                if (chunk.size() == CHUNK) {
                    commit(producer, chunk, now);
                }
            });
            commit(producer, chunk, now);
        } catch (KafkaException e) {
            throw new ChurnFailure(
                    "The replay was broken off: " + ChurnFailure.rootMessage(e)
                            + ". What it had put back is marked; run it again for the rest.",
                    e);
        }
        return Outcome.of(tally);
    }

    private Fate fate(DeadLetter letter) {
        if (letter.replayed()) {
            return Fate.ALREADY_REPLAYED;
        }
        if (!letter.originalTopic().equals(config.topics().raw())) {
            return Fate.NOT_FROM_RAW_TOPIC;
        }
        return letter.attempts() >= config.deadLetter().maxAttempts() ? Fate.TOO_MANY_ATTEMPTS : Fate.REPLAY;
    }

    @SuppressWarnings("FutureReturnValueIgnored") // a record that cannot be sent fails the commit
    private void commit(KafkaProducer<byte[], byte[]> producer, List<DeadLetter> chunk, Instant now) {
        if (chunk.isEmpty()) {
            return;
        }
        producer.beginTransaction();
        for (DeadLetter letter : chunk) {
            byte[] mark = log.replayKey(letter.id()).getBytes(UTF_8);
            producer.send(original(letter.record()));
            producer.send(new ProducerRecord<>(
                    config.topics().replays(), mark, now.toString().getBytes(UTF_8)));
        }
        producer.commitTransaction();
        chunk.clear();
    }

    /** The bytes as they were, and the headers without the error; the count of attempts goes with them. */
    private ProducerRecord<byte[], byte[]> original(ConsumerRecord<byte[], byte[]> letter) {
        RecordHeaders headers = new RecordHeaders();
        letter.headers().forEach(header -> {
            if (!DeadLetterHeaders.tellsError(header.key())) {
                headers.add(header);
            }
        });
        return new ProducerRecord<>(config.topics().raw(), null, null, letter.key(), letter.value(), headers);
    }

    private Map<String, Object> settings() {
        return Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                config.kafka().bootstrapServers(),
                ProducerConfig.TRANSACTIONAL_ID_CONFIG,
                config.groupId() + "-replay",
                ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
                4 * 1024 * 1024,
                ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG,
                ByteArraySerializer.class,
                ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG,
                ByteArraySerializer.class);
    }
}
