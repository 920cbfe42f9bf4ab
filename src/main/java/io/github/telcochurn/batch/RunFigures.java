package io.github.telcochurn.batch;

import io.github.telcochurn.config.ChurnConfig;
import io.github.telcochurn.kafka.KafkaTopics;
import io.github.telcochurn.scoring.ModelCard;
import java.time.Instant;

final class RunFigures {
    private final Books books;
    final RunRecords records;

    private RunFigures(Books books, RunRecords records) {
        this.books = books;
        this.records = records;
    }

    static RunFigures read(
            ChurnConfig config, KafkaTopics topics, ModelCard card, String runId, Instant startedAt, long rowsRead) {
        RunRecords records = RunRecords.read(config, topics, runId, startedAt);
        long rejected = records.letters().stream()
                .filter(RunRecords.Letter::isRejectedRow)
                .count();
        return new RunFigures(
                new Books(
                        rowsRead,
                        rejected,
                        records.rawMessages(),
                        records.predictions().size(),
                        records.letters().size() - rejected),
                records);
    }

    Books books() {
        return books;
    }

    long highRisk() {
        return 0;
    }

    double revenueAtRisk() {
        return 0;
    }
}
