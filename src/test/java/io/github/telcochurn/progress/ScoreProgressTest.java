package io.github.telcochurn.progress;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.telcochurn.kafka.OutgoingRecord;
import io.github.telcochurn.kafka.RecordBatch;
import io.github.telcochurn.kafka.RecordRefused;
import io.github.telcochurn.kafka.TransactionInputs;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ScoreProgressTest {
    /** A committed poll of a prediction for each event. */
    private static TransactionInputs.Committed predictions(Instant... events) {
        long[] times = Arrays.stream(events).mapToLong(Instant::toEpochMilli).toArray();
        return new TransactionInputs.Committed(new Poll(times), 0);
    }

    private record Poll(long[] eventTimesMs) implements TransactionInputs {
        @Override
        public int inputs() {
            return eventTimesMs.length;
        }

        @Override
        public RecordBatch deadLetters() {
            return new RecordBatch(List.of());
        }

        @Override
        public OutgoingRecord deadLetter(int input, RecordRefused why) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Optional<OutgoingRecord> smaller(OutgoingRecord deadLetter, RecordRefused why) {
            throw new UnsupportedOperationException();
        }
    }

    @Test
    void leavesEventsOfAnotherTimeOutOfTheLatenciesAndCountsThem() throws Exception {
        ScoreProgress progress = ScoreProgress.ofStream();
        Instant now = Instant.now();

        progress.accept(predictions(
                Instant.EPOCH,
                now,
                now.minus(Duration.ofDays(1)),
                now.minusSeconds(60),
                Instant.parse("2099-01-01T00:00:00Z")));

        ScoringSummary summary = progress.summary();
        assertThat(summary.messages()).isEqualTo(5);
        assertThat(summary.predictions()).isEqualTo(5);
        assertThat(summary.live()).isEqualTo(1);
        assertThat(summary.older())
                .as("1970, yesterday, and a minute before the scorer began")
                .isEqualTo(3);
        assertThat(summary.fromFuture()).as("2099").isEqualTo(1);
        assertThat(summary.maxMs()).isLessThan(30_000);
        assertThat(summary.p99Ms()).isLessThan(30_000);
        assertThat(summary.headline()).matches(".* max [0-9,]+ ms \\(left out: 3 older, 1 from the future\\)");
        JsonNode json = new ObjectMapper().valueToTree(summary);
        assertThat(json.get("live").asInt()).isEqualTo(1);
        assertThat(json.get("older").asInt()).isEqualTo(3);
        assertThat(json.get("from_future").asInt()).isEqualTo(1);
    }

    @Test
    void hasNoLatencyWhereNothingArrivedLive() {
        List<ScoringSummary> windows = new ArrayList<>();
        ScoreProgress progress = ScoreProgress.ofWindows((window, number) -> windows.add(window));

        progress.accept(predictions(Instant.EPOCH, Instant.EPOCH));
        progress.accept(predictions(Instant.now()));

        assertThat(windows.get(0).p50Ms()).isNull();
        assertThat(windows.get(0).headline()).endsWith("latency not measured (left out: 2 older, 0 from the future)");
        assertThat(windows.get(1).older()).as("of this window alone").isZero();
        assertThat(windows.get(1).headline()).endsWith(" ms").contains("latency p50 ");
        assertThat(progress.summary().older()).isEqualTo(2);
    }
}
