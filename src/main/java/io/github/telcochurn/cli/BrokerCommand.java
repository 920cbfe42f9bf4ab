package io.github.telcochurn.cli;

import io.github.telcochurn.config.ChurnConfig;
import io.github.telcochurn.kafka.EmbeddedBroker;
import io.github.telcochurn.kafka.KafkaTopics;
import java.io.PrintWriter;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;

/** {@code churn broker}: the embedded broker alone. */
@Command(
        name = "broker",
        description = "Runs the embedded Kafka broker in the foreground until Ctrl-C, for work in several terminals.",
        mixinStandardHelpOptions = true)
final class BrokerCommand extends ConfiguredCommand {
    @Override
    public Integer call() throws InterruptedException {
        ChurnConfig config = options.load();
        ChurnConfig.Kafka kafka = config.kafka();
        try (EmbeddedBroker broker = EmbeddedBroker.start(kafka.embeddedDir(), kafka.embeddedPort())) {
            try (KafkaTopics topics = new KafkaTopics(broker.bootstrapServers())) {
                topics.createMissing(config.topics());
            }
            PrintWriter out = out();
            out.println("Kafka broker at " + broker.bootstrapServers() + ", data in " + kafka.embeddedDir()
                    + ". Ctrl-C stops it.");
            out.flush();
            // Waits until a signal interrupts this thread.
            new CountDownLatch(1).await();
        }
        return ExitCodes.DONE;
    }
}
