package io.github.telcochurn.deadletter;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.telcochurn.ChurnFailure;
import io.github.telcochurn.config.ChurnConfig;
import io.github.telcochurn.kafka.CommittedReader;
import io.github.telcochurn.kafka.KafkaTopics;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;

/**
 * The dead letters on their topic, and which of them were replayed. Records on a topic cannot be changed, so replays are marked
 * on a compacted topic beside it: a key for each dead letter whose original was put back.
 */
public final class DeadLetterLog {
    private final String topic;
    private final String replaysTopic;
    private final KafkaTopics topics;
    private final CommittedReader records;
    private final Uuid topicId;

    /**
     * The log as it is configured.
     *
     * @throws ChurnFailure when a topic does not exist
     */
    public DeadLetterLog(ChurnConfig config, KafkaTopics topics) {
        this.topic = config.topics().deadletter();
        this.replaysTopic = config.topics().replays();
        this.topics = topics;
        this.records = new CommittedReader(config.kafka().bootstrapServers());
        this.topicId = topics.id(topic);
    }

    /**
     * Which dead letters to select.
     *
     * @param ids only these; empty for all
     * @param reason only those with this short code; null for all
     * @param since only those that failed then or later; null for all
     */
    public record Selection(Set<DeadLetter.Id> ids, String reason, Instant since) {
        public Selection {
            ids = Set.copyOf(ids);
        }

        boolean includes(DeadLetter letter) {
            return (ids.isEmpty() || ids.contains(letter.id()))
                    && (reason == null || reason.equals(letter.reason()))
                    && (since == null || !letter.failedAt().isBefore(since));
        }
    }

    /** Passes each selected dead letter that is there now to a consumer, in order within each partition. */
    public void read(Selection selection, Consumer<DeadLetter> each) {
        Set<String> replayed = replayedKeys();
        Map<TopicPartition, Long> from = selection.since() == null
                ? topics.starts(topic)
                : topics.firstSince(topic, selection.since().toEpochMilli());
        records.read(from, topics.ends(topic), record -> {
            DeadLetter.Id id = new DeadLetter.Id(record.partition(), record.offset());
            DeadLetter letter = new DeadLetter(record, replayed.contains(replayKey(id)));
            if (selection.includes(letter)) {
                each.accept(letter);
            }
        });
    }

    /**
     * Reads one.
     *
     * @throws ChurnFailure when there is none with this id
     */
    public DeadLetter get(DeadLetter.Id id) {
        boolean replayed = replayedKeys().contains(replayKey(id));
        return records.find(topics, new TopicPartition(topic, id.partition()), id.offset())
                .map(record -> new DeadLetter(record, replayed))
                .orElseThrow(() -> new ChurnFailure(
                        "No dead letter " + id + " on " + topic + ". ./churn deadletters list shows them."));
    }

    private Set<String> replayedKeys() {
        Set<String> keys = new HashSet<>();
        records.readAll(topics, replaysTopic, record -> keys.add(new String(record.key(), UTF_8)));
        return keys;
    }

    /** The topic's id is part of it: the offsets of a re-created topic start over. */
    String replayKey(DeadLetter.Id id) {
        return topicId + "/" + id;
    }
}
