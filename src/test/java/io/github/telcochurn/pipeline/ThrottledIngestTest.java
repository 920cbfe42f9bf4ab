package io.github.telcochurn.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.telcochurn.ChurnBeans;
import io.github.telcochurn.TestProject;
import io.github.telcochurn.config.ChurnConfig;
import io.github.telcochurn.config.ConfigLoader;
import io.github.telcochurn.ingest.CsvFile;
import io.github.telcochurn.ingest.IngestPace;
import io.github.telcochurn.ingest.IngestRun;
import io.github.telcochurn.kafka.KafkaTopics;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code churn.batch.max-rows-per-sec}, which Camel's throttle enforces. */
class ThrottledIngestTest {
    private static final int ROWS_PER_SECOND = 1500;
    private static final int CHUNK_ROWS = 300;

    @TempDir
    private Path home;

    /** A busy machine can delay a commit, but hardly in each of ten ingests. */
    @Test
    void holdsTheRateEvenly() throws Exception {
        double[] pausesMs = pausesMs();
        for (int attempt = 2; attempt <= 10 && !holds(pausesMs); attempt++) {
            pausesMs = pausesMs();
        }

        // The median, which a moment without CPU does not change.
        assertThat(rowsPerSecond(pausesMs))
                .as("rows per second by the median pause between chunks")
                .isCloseTo(ROWS_PER_SECOND, Percentage.withPercentage(2));
        assertThat(pausesMs[9 * pausesMs.length / 10])
                .as("the 90th percentile of the pauses between chunks, in ms")
                .isLessThan(500);
    }

    private static boolean holds(double[] pausesMs) {
        return Math.abs(rowsPerSecond(pausesMs) / ROWS_PER_SECOND - 1) <= 0.02;
    }

    private static double rowsPerSecond(double[] pausesMs) {
        return 1000.0 * CHUNK_ROWS / pausesMs[pausesMs.length / 2];
    }

    /** Ingests the shipped customers, and returns the pauses between chunks, the shortest first. */
    private double[] pausesMs() throws Exception {
        ChurnConfig config = ConfigLoader.override(
                TestProject.config(home), Map.of("churn.batch.max-rows-per-sec", Integer.toString(ROWS_PER_SECOND)));
        try (KafkaTopics topics = new KafkaTopics(config.kafka().bootstrapServers())) {
            topics.createMissing(config.topics());
        }
        assertThat(IngestPace.of(config.batch()).chunkRows()).isEqualTo(CHUNK_ROWS);
        List<Long> committedAtNs = new ArrayList<>();
        ChurnBeans beans = new ChurnBeans(config).withIngest(chunk -> committedAtNs.add(System.nanoTime()));
        try (Pipeline pipeline = Pipeline.start(config, beans.assembly())) {
            CsvFile file = CsvFile.open(TestProject.SHIPPED_CSV, TestProject.SCHEMA);
            pipeline.ingest(IngestRun.fromStart("throttled", file, CHUNK_ROWS, Long.MAX_VALUE));
        }

        // The first chunks are left out as the warm-up.
        List<Long> steady = committedAtNs.subList(3, committedAtNs.size() - 1);
        double seconds = (steady.get(steady.size() - 1) - steady.get(0)) / 1e9;
        assertThat((steady.size() - 1) * CHUNK_ROWS / seconds)
                .as("rows per second: a busy machine may reach fewer, but never more")
                .isLessThanOrEqualTo(1.02 * ROWS_PER_SECOND);
        return IntStream.range(1, steady.size())
                .mapToDouble(i -> (steady.get(i) - steady.get(i - 1)) / 1e6)
                .sorted()
                .toArray();
    }

    @ParameterizedTest
    @CsvSource({
        "1000, 0, 1000, 1000, 1",
        "1000, 1, 1, 1, 1000",
        "1000, 7, 1, 1, 143",
        "1000, 1500, 300, 1, 200",
        "1000, 5000, 1000, 1, 200",
        "1000, 100000, 1000, 20, 200",
        "1000, 7500, 750, 2, 200"
    })
    void makesChunksThatFitTheRate(int batchSize, int rowsPerSecond, int chunkRows, int chunks, long periodMs) {
        IngestPace pace = IngestPace.of(new ChurnConfig.Batch(batchSize, rowsPerSecond, 95));

        assertThat(pace).isEqualTo(new IngestPace(chunkRows, chunks, periodMs));
        if (rowsPerSecond > 0) {
            assertThat(1000.0 * chunkRows * chunks / periodMs).isCloseTo(rowsPerSecond, within(rowsPerSecond / 100.0));
        }
    }
}
