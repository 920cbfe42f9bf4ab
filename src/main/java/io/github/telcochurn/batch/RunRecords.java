package io.github.telcochurn.batch;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import io.github.telcochurn.config.ChurnConfig;
import io.github.telcochurn.deadletter.DeadLetterHeaders;
import io.github.telcochurn.kafka.CommittedRecords;
import io.github.telcochurn.kafka.KafkaTopics;
import io.github.telcochurn.kafka.RunHeaders;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** What is on the topics for one run: read back, not remembered. */
final class RunRecords {
    private static final ObjectReader PREDICTIONS = new ObjectMapper().readerFor(Prediction.class);

    private long rawMessages;
    private final List<Prediction> predictions = new ArrayList<>();
    private final List<Letter> letters = new ArrayList<>();

    /** A prediction as a reader of the topic sees it. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Prediction(
            @JsonProperty("customerID") String customerId,
            @JsonProperty("churn_probability") double churnProbability,
            String prediction,
            @JsonProperty("confidence_score") double confidenceScore,
            @JsonProperty("risk_tier") String riskTier,
            @JsonProperty("event_ts") String eventTs,
            @JsonProperty("processed_ts") String processedTs,
            @JsonProperty("model_version") String modelVersion) {}

    /** A dead letter's error. */
    record Letter(String stage, String reason, String message) {
        /** Whether it was a row that never became a raw message. */
        boolean isRejectedRow() {
            return stage.equals("ingest");
        }
    }

    private RunRecords() {}

    /**
     * Reads the topics from the run's start to their present end.
     *
     * @param startedAt no record of the run is older
     */
    static RunRecords read(ChurnConfig config, KafkaTopics topics, String runId, Instant startedAt) {
        RunRecords found = new RunRecords();
        CommittedRecords log = new CommittedRecords(config.kafka().bootstrapServers());
        RunReader reader = new RunReader(topics, log, runId, startedAt);
        reader.read(config.topics().raw(), raw -> found.rawMessages++);
        reader.read(config.topics().predictions(), record -> found.predictions.add(prediction(record)));
        reader.read(config.topics().deadletter(), record -> found.letters.add(letter(record)));
        found.predictions.sort(Comparator.comparingDouble(Prediction::churnProbability)
                .reversed()
                .thenComparing(Prediction::customerId));
        return found;
    }

    private record RunReader(KafkaTopics topics, CommittedRecords log, String runId, Instant startedAt) {
        void read(String topic, Consumer<ConsumerRecord<byte[], byte[]>> each) {
            log.read(topics.firstSince(topic, startedAt.toEpochMilli()), topics.ends(topic), record -> {
                if (runId.equals(header(record, RunHeaders.RUN_ID))) {
                    each.accept(record);
                }
            });
        }
    }

    private static Prediction prediction(ConsumerRecord<byte[], byte[]> record) {
        try {
            return PREDICTIONS.readValue(record.value());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Letter letter(ConsumerRecord<byte[], byte[]> record) {
        return new Letter(
                header(record, DeadLetterHeaders.STAGE),
                header(record, DeadLetterHeaders.REASON),
                header(record, DeadLetterHeaders.EXCEPTION_MESSAGE));
    }

    private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
        return RunHeaders.text(record.headers(), name);
    }

    long rawMessages() {
        return rawMessages;
    }

    /** Highest risk first. */
    List<Prediction> predictions() {
        return predictions;
    }

    List<Letter> letters() {
        return letters;
    }
}
