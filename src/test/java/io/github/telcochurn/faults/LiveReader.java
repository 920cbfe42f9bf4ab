package io.github.telcochurn.faults;

import io.github.telcochurn.config.ChurnConfig;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** A read_committed reader that reads all the time, and so sees what other programs would see. */
final class LiveReader implements AutoCloseable {
    private final Consumer<ConsumerRecord<byte[], byte[]>> watcher;
    private final Ledger ledger;
    private final Outages outages;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Thread thread;

    LiveReader(ChurnConfig config) {
        this(config, record -> {});
    }

    /**
     * Starts to read.
     *
     * @param watcher gets each record at once
     */
    LiveReader(ChurnConfig config, Consumer<ConsumerRecord<byte[], byte[]>> watcher) {
        this.watcher = watcher;
        this.ledger = new Ledger(config.topics());
        this.outages = new Outages(config.topics());
        this.consumer = new KafkaConsumer<>(Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                config.kafka().bootstrapServers(),
                ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG,
                ByteArrayDeserializer.class,
                ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG,
                ByteArrayDeserializer.class,
                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                "read_committed",
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                "earliest"));
        ChurnConfig.Topics topics = config.topics();
        List<TopicPartition> partitions = Stream.of(topics.raw(), topics.predictions(), topics.deadletter())
                .flatMap(topic ->
                        IntStream.range(0, topics.partitions()).mapToObj(number -> new TopicPartition(topic, number)))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        this.thread = new Thread(this::read, "live-reader");
        thread.start();
    }

    private void read() {
        try (consumer) {
            while (true) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofSeconds(1))) {
                    ledger.accept(record);
                    outages.accept(record, System.nanoTime());
                    watcher.accept(record);
                }
            }
        } catch (WakeupException e) {
            // closed
        }
    }

    /** What it has seen so far. */
    Ledger ledger() {
        return ledger;
    }

    /** The times in which it saw nothing new. */
    Outages outages() {
        return outages;
    }

    @Override
    public void close() throws InterruptedException {
        consumer.wakeup();
        thread.join();
    }
}
