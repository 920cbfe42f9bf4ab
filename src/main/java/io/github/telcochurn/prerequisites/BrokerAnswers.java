package io.github.telcochurn.prerequisites;

import io.github.telcochurn.config.ChurnConfig;
import io.github.telcochurn.kafka.BrokerAccess;

/** A Kafka broker answers at the configured address. */
public record BrokerAnswers(ChurnConfig.Kafka kafka) implements Prerequisite {
    @Override
    public String name() {
        return "broker";
    }

    @Override
    public String check() {
        BrokerAccess.require(kafka);
        return "answers at " + kafka.bootstrapServers();
    }
}
