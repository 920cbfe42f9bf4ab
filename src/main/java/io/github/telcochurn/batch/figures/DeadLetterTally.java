package io.github.telcochurn.batch.figures;

import io.github.telcochurn.deadletter.DeadLetterHeaders;
import io.github.telcochurn.kafka.RunHeaders;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Counts a run's dead letters by reason, and keeps the first few. */
final class DeadLetterTally {
    private static final int SHOWN = 20;
    private static final String INGEST = "ingest";
    /** The stage of what a sink could not deliver, which has the run's id too, but was scored. */
    private static final String ROUTE = "route";

    private final Map<String, Long> byReason = new TreeMap<>();
    private final TreeSet<Placed> first = new TreeSet<>(Comparator.comparingLong(Placed::line)
            .thenComparing(Placed::partition)
            .thenComparing(Placed::offset));
    private long rows;
    private long messages;

    /**
     * A dead letter's error.
     *
     * @param stage where it failed: ingest, parse, validate or score
     * @param reason a short code
     * @param message for people
     */
    record Letter(String stage, String reason, String message) {}

    private record Placed(long line, int partition, long offset, Letter letter) {}

    void add(ConsumerRecord<byte[], byte[]> deadLetter) {
        Letter letter = new Letter(
                text(deadLetter, DeadLetterHeaders.STAGE),
                text(deadLetter, DeadLetterHeaders.REASON),
                text(deadLetter, DeadLetterHeaders.EXCEPTION_MESSAGE));
        if (letter.stage().equals(ROUTE)) {
            return;
        }
        byReason.merge(letter.reason(), 1L, Long::sum);
        if (letter.stage().equals(INGEST)) {
            rows++;
        } else {
            messages++;
        }
        first.add(new Placed(lineOf(deadLetter), deadLetter.partition(), deadLetter.offset(), letter));
        if (first.size() > SHOWN) {
            first.pollLast();
        }
    }

    /** The line of the file; messages, which have none, come after the rows. */
    private static long lineOf(ConsumerRecord<byte[], byte[]> deadLetter) {
        try {
            return Long.parseLong(text(deadLetter, RunHeaders.SOURCE_LINE));
        } catch (NumberFormatException e) {
            return Long.MAX_VALUE;
        }
    }

    private static String text(ConsumerRecord<byte[], byte[]> deadLetter, String header) {
        return RunHeaders.text(deadLetter.headers(), header);
    }

    /** Rows that never became raw messages. */
    long rows() {
        return rows;
    }

    /** Raw messages that became dead letters. */
    long messages() {
        return messages;
    }

    /** Counts by reason, most frequent first. */
    Map<String, Long> byReason() {
        return byReason.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed().thenComparing(Map.Entry.comparingByKey()))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, Long::sum, LinkedHashMap::new));
    }

    /** At most twenty: rows in the file's order, then messages in the topic's. */
    List<Letter> first() {
        return first.stream().map(Placed::letter).toList();
    }
}
