package io.github.telcochurn.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.telcochurn.config.ChurnConfig;
import io.github.telcochurn.kafka.CommittedReader;
import io.github.telcochurn.kafka.KafkaTopics;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** The committed checkpoints of all files. */
public final class CheckpointLog {
    private final ChurnConfig config;

    public CheckpointLog(ChurnConfig config) {
        this.config = config;
    }

    /**
     * Makes a run that resumes begin after the last committed row. Exact only once the run has taken over the
     * transactional id: until then its predecessor may still commit.
     */
    public void resume(IngestRun run) {
        if (run.isResuming()) {
            // The key of a batch run does not depend on the content, so it does not show that the file has changed.
            latest(run.checkpointKey())
                    .filter(found ->
                            found.checkpoint().sha256().equals(run.file().sha256()))
                    .ifPresent(found -> run.resumeAt(found.checkpoint(), found.at()));
        }
    }

    /** How many rows of a run's file are committed, including rejected ones. */
    public long rowsIngested(IngestRun run) {
        return latest(run.checkpointKey())
                .map(found -> found.checkpoint().nextRow() - 1)
                .orElse(0L);
    }

    private record Committed(Checkpoint checkpoint, Instant at) {
        static Committed of(ConsumerRecord<byte[], byte[]> record) {
            return new Committed(Checkpoint.fromJson(record.value()), Instant.ofEpochMilli(record.timestamp()));
        }
    }

    private Optional<Committed> latest(String key) {
        byte[] wanted = key.getBytes(UTF_8);
        AtomicReference<ConsumerRecord<byte[], byte[]>> latest = new AtomicReference<>();
        try (KafkaTopics topics = new KafkaTopics(config.kafka().bootstrapServers())) {
            new CommittedReader(config.kafka().bootstrapServers())
                    .readAll(topics, config.topics().checkpoints(), record -> {
                        if (Arrays.equals(record.key(), wanted)) {
                            latest.set(record);
                        }
                    });
        }
        return Optional.ofNullable(latest.get()).map(Committed::of);
    }
}
