package io.github.telcochurn.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.telcochurn.config.ChurnConfig;
import io.github.telcochurn.kafka.CommittedRecords;
import io.github.telcochurn.kafka.KafkaTopics;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The committed checkpoints of all files. */
public final class CheckpointLog {
    private final ChurnConfig config;
    private final KafkaTopics topics;

    public CheckpointLog(ChurnConfig config, KafkaTopics topics) {
        this.config = config;
        this.topics = topics;
    }

    /**
     * How far a file has been ingested; nothing when it has never been.
     *
     * @param file its name without folders
     */
    public Optional<Checkpoint> latest(String file) {
        Map<String, Checkpoint> latest = new HashMap<>();
        new CommittedRecords(config.kafka().bootstrapServers())
                .readAll(
                        topics,
                        config.topics().checkpoints(),
                        record -> latest.put(new String(record.key(), UTF_8), Checkpoint.fromJson(record.value())));
        return Optional.ofNullable(latest.get(file));
    }
}
