package io.github.telcochurn.faults;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.telcochurn.config.ChurnConfig;
import io.github.telcochurn.kafka.RunHeaders;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * How old the events of a stream are when a read_committed reader has their predictions: from {@code event_ts} to the reader. Rows of
 * files are left out, which are ingested in chunks. Safe for use by several threads.
 */
final class StreamLatencies implements Consumer<ConsumerRecord<byte[], byte[]>> {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long LONGEST_MS = Duration.ofHours(1).toMillis();
    private static final String STREAM = "stream-";

    private final String predictions;
    private final Recorder recorder = new Recorder(LONGEST_MS, 3);

    StreamLatencies(ChurnConfig.Topics topics) {
        this.predictions = topics.predictions();
    }

    @Override
    public void accept(ConsumerRecord<byte[], byte[]> record) {
        if (record.topic().equals(predictions)
                && RunHeaders.text(record.headers(), RunHeaders.RUN_ID).startsWith(STREAM)) {
            long ageMs = Duration.between(eventTime(record), Instant.now()).toMillis();
            recorder.recordValue(Math.min(LONGEST_MS, Math.max(0, ageMs)));
        }
    }

    private static Instant eventTime(ConsumerRecord<byte[], byte[]> prediction) {
        try {
            return Instant.parse(
                    JSON.readTree(prediction.value()).path("event_ts").asText());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The latencies since the last call, in milliseconds. */
    Histogram sinceLastMs() {
        return recorder.getIntervalHistogram();
    }
}
