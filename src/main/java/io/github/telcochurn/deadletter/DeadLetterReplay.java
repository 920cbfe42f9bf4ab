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
import java.util.Optional;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Puts the originals of dead letters back on the raw topic, each exactly once: original and mark share a transaction, and all
 * replays share one transactional id, so that a second replay at the same time fences the first before it reads the marks.
 */
public final class DeadLetterReplay {
    private static final int CHUNK = 1000;
    /** Limits the memory of one transaction: originals that were left out of their dead letters may be large. */
    private static final long CHUNK_BYTES = 16L << 20;

    private static final int MAX_BYTES = 64 << 20;

    private final ChurnConfig config;
    private final DeadLetterLog log;
    private final Originals originals;

    public DeadLetterReplay(ChurnConfig config, KafkaTopics topics) {
        this.config = config;
        this.log = new DeadLetterLog(config, topics);
        this.originals = new Originals(config, topics);
    }

    /**
     * What became of the selected dead letters.
     *
     * @param replayed put back now; in a dry run, those that would be
     * @param alreadyReplayed put back before
     * @param tooManyAttempts failed as often as churn.deadletter.max-attempts
     * @param notFromRawTopic rows of files, which are corrected in the file, and what failed elsewhere
     * @param originalGone too large for their dead letters, and no longer kept on the raw topic or in a file
     */
    public record Outcome(
            long replayed,
            @JsonProperty("already_replayed") long alreadyReplayed,
            @JsonProperty("too_many_attempts") long tooManyAttempts,
            @JsonProperty("not_from_raw_topic") long notFromRawTopic,
            @JsonProperty("original_gone") long originalGone) {
        private static Outcome of(Map<Fate, Long> tally) {
            return new Outcome(
                    tally.getOrDefault(Fate.REPLAY, 0L),
                    tally.getOrDefault(Fate.ALREADY_REPLAYED, 0L),
                    tally.getOrDefault(Fate.TOO_MANY_ATTEMPTS, 0L),
                    tally.getOrDefault(Fate.NOT_FROM_RAW_TOPIC, 0L),
                    tally.getOrDefault(Fate.ORIGINAL_GONE, 0L));
        }
    }

    private enum Fate {
        REPLAY,
        ALREADY_REPLAYED,
        TOO_MANY_ATTEMPTS,
        NOT_FROM_RAW_TOPIC,
        ORIGINAL_GONE
    }

    private record Replayable(DeadLetter.Id id, ProducerRecord<byte[], byte[]> original) {
        private long bytes() {
            return original.value() == null ? 0 : original.value().length;
        }
    }

    /** Counts what {@link #replay} would do. */
    public Outcome dryRun(DeadLetterLog.Selection selection) {
        Map<Fate, Long> tally = new EnumMap<>(Fate.class);
        log.read(selection, letter -> judge(letter, tally));
        return Outcome.of(tally);
    }

    /**
     * Replays.
     *
     * @param now the time to put on the marks
     * @throws ChurnFailure when Kafka refuses, or another replay took over; what was committed stays, and is not repeated by
     *     the next replay
     */
    public Outcome replay(DeadLetterLog.Selection selection, Instant now) {
        Map<Fate, Long> tally = new EnumMap<>(Fate.class);
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(settings())) {
            // Before the marks are read: from here on no other replay can add any.
            producer.initTransactions();
            List<Replayable> chunk = new ArrayList<>(CHUNK);
            log.read(selection, letter -> {
                judge(letter, tally).ifPresent(chunk::add);
                if (chunk.size() == CHUNK
                        || chunk.stream().mapToLong(Replayable::bytes).sum() > CHUNK_BYTES) {
                    commit(producer, chunk, now);
                }
            });
            commit(producer, chunk, now);
        } catch (KafkaException e) {
            throw new ChurnFailure(
                    "The replay was interrupted: " + ChurnFailure.rootMessage(e)
                            + ". What it had put back is marked; run it again for the rest.",
                    e);
        }
        return Outcome.of(tally);
    }

    private Optional<Replayable> judge(DeadLetter letter, Map<Fate, Long> tally) {
        Optional<Replayable> replayable = Optional.empty();
        Fate fate = fate(letter);
        if (fate == Fate.REPLAY) {
            replayable = originals.of(letter).map(original -> new Replayable(letter.id(), original));
            fate = replayable.isPresent() ? Fate.REPLAY : Fate.ORIGINAL_GONE;
        }
        tally.merge(fate, 1L, Long::sum);
        return replayable;
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
    private void commit(KafkaProducer<byte[], byte[]> producer, List<Replayable> chunk, Instant now) {
        if (chunk.isEmpty()) {
            return;
        }
        producer.beginTransaction();
        for (Replayable one : chunk) {
            byte[] mark = log.replayKey(one.id()).getBytes(UTF_8);
            producer.send(one.original());
            producer.send(new ProducerRecord<>(
                    config.topics().replays(), mark, now.toString().getBytes(UTF_8)));
        }
        producer.commitTransaction();
        chunk.clear();
    }

    private Map<String, Object> settings() {
        return Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                config.kafka().bootstrapServers(),
                ProducerConfig.TRANSACTIONAL_ID_CONFIG,
                config.groupId() + "-replay",
                // Compresses at least as well as whatever the original was compressed with.
                ProducerConfig.COMPRESSION_TYPE_CONFIG,
                "zstd",
                ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
                MAX_BYTES,
                ProducerConfig.BUFFER_MEMORY_CONFIG,
                2L * MAX_BYTES,
                ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG,
                ByteArraySerializer.class,
                ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG,
                ByteArraySerializer.class);
    }
}
