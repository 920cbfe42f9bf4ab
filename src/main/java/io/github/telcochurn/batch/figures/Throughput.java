package io.github.telcochurn.batch.figures;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * How many predictions were made in each interval of the time that scoring took, by their {@code processed_ts}.
 *
 * @param from the first prediction
 * @param to the last prediction
 * @param bucketMs the length of each interval
 * @param buckets from the first prediction to the last, without a gap
 */
public record Throughput(Instant from, Instant to, long bucketMs, List<Bucket> buckets) {
    private static final int MAX_BUCKETS = 40;
    /** Lengths that are easy to read; beyond the last, whole hours. */
    private static final List<Duration> LENGTHS = Stream.concat(
                    Stream.of(100, 200, 500).map(Duration::ofMillis),
                    Stream.of(1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600)
                            .map(Duration::ofSeconds))
            .toList();

    /**
     * One interval.
     *
     * @param startMs since the first prediction
     */
    public record Bucket(long startMs, long messages, double perSecond) {}

    /** Null without predictions. */
    static Throughput of(List<ScoredCustomer> customers) {
        if (customers.isEmpty()) {
            return null;
        }
        long first =
                customers.stream().mapToLong(ScoredCustomer::processedMs).min().orElseThrow();
        long last =
                customers.stream().mapToLong(ScoredCustomer::processedMs).max().orElseThrow();
        long bucketMs = length(last - first);
        long[] counts = new long[(int) ((last - first) / bucketMs) + 1];
        customers.forEach(customer -> counts[(int) ((customer.processedMs() - first) / bucketMs)]++);
        List<Bucket> buckets = new ArrayList<>();
        for (int i = 0; i < counts.length; i++) {
            buckets.add(new Bucket(i * bucketMs, counts[i], counts[i] * 1000.0 / bucketMs));
        }
        return new Throughput(Instant.ofEpochMilli(first), Instant.ofEpochMilli(last), bucketMs, buckets);
    }

    private static long length(long spanMs) {
        for (Duration length : LENGTHS) {
            if (spanMs / length.toMillis() < MAX_BUCKETS) {
                return length.toMillis();
            }
        }
        long hourMs = Duration.ofHours(1).toMillis();
        return hourMs * (spanMs / hourMs / MAX_BUCKETS + 1);
    }
}
