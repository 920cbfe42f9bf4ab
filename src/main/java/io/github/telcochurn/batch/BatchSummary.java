package io.github.telcochurn.batch;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.github.telcochurn.scoring.RiskTier;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The figures of a finished run.
 *
 * @param seconds how long each step took
 * @param tiers predictions by risk tier
 * @param deadLettersByReason of rows and messages
 */
@JsonPropertyOrder({"run_id", "status", "started_at", "input", "input_sha256", "model_version", "books"})
record BatchSummary(
        @JsonProperty("run_id") String runId,
        Status status,
        @JsonProperty("started_at") String startedAt,
        String input,
        @JsonProperty("input_sha256") String inputSha256,
        @JsonProperty("model_version") String modelVersion,
        Books books,
        @JsonProperty("success_rate") double successRate,
        @JsonProperty("success_threshold") double successThreshold,
        Map<String, Double> seconds,
        @JsonProperty("rows_per_second") double rowsPerSecond,
        Map<String, Long> tiers,
        @JsonProperty("dead_letters_by_reason") Map<String, Long> deadLettersByReason) {

    /** How a run ended. */
    enum Status {
        SUCCEEDED,
        BELOW_THRESHOLD,
        BOOKS_DO_NOT_BALANCE
    }

    static BatchSummary of(BatchRun.Facts facts, RunRecords records, double successThreshold) {
        long rejected = records.letters().stream()
                .filter(RunRecords.Letter::isRejectedRow)
                .count();
        Books books = new Books(
                facts.rowsRead(),
                rejected,
                records.rawMessages(),
                records.predictions().size(),
                records.letters().size() - rejected);
        double successRate = books.rowsRead() == 0 ? 100 : 100.0 * books.predictions() / books.rowsRead();
        Duration total = facts.durations().values().stream().reduce(Duration.ZERO, Duration::plus);
        return new BatchSummary(
                facts.runId(),
                status(books, successRate, successThreshold),
                facts.startedAt().toString(),
                facts.file().path().getFileName().toString(),
                facts.file().sha256(),
                facts.modelVersion(),
                books,
                successRate,
                successThreshold,
                facts.durations().entrySet().stream()
                        .collect(Collectors.toMap(
                                Map.Entry::getKey,
                                step -> seconds(step.getValue()),
                                (first, second) -> first,
                                LinkedHashMap::new)),
                books.rowsRead() / Math.max(0.001, seconds(total)),
                tiers(records),
                reasons(records));
    }

    private static Status status(Books books, double successRate, double threshold) {
        if (!books.isBalanced()) {
            return Status.BOOKS_DO_NOT_BALANCE;
        }
        return successRate >= threshold ? Status.SUCCEEDED : Status.BELOW_THRESHOLD;
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }

    private static Map<String, Long> tiers(RunRecords records) {
        Map<String, Long> counts = records.predictions().stream()
                .collect(Collectors.groupingBy(RunRecords.Prediction::riskTier, Collectors.counting()));
        Map<String, Long> ordered = new LinkedHashMap<>();
        Stream.of(RiskTier.HIGH, RiskTier.MEDIUM, RiskTier.LOW)
                .forEach(tier -> ordered.put(tier.label(), counts.getOrDefault(tier.label(), 0L)));
        return ordered;
    }

    private static Map<String, Long> reasons(RunRecords records) {
        return records.letters().stream()
                .collect(Collectors.groupingBy(RunRecords.Letter::reason, TreeMap::new, Collectors.counting()));
    }

    /** When the run began. */
    Instant startedAtInstant() {
        return Instant.parse(startedAt);
    }
}
