package io.github.telcochurn.faults;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.telcochurn.TestProject;
import io.github.telcochurn.config.ChurnConfig;
import io.github.telcochurn.customer.Customer;
import io.github.telcochurn.customer.CustomerJson;
import io.github.telcochurn.kafka.RunHeaders;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Another program that produces raw messages at a steady rate, some of them poison. It is idempotent and patient: each
 * message is on the topic once, whatever happens to the broker.
 */
final class Feed implements AutoCloseable {
    /** Prefix of the {@code churn-source} of each message, before its number. */
    static final String SOURCE = "feed:";

    private static final int ONE_IN_IS_POISON = 50;
    /** Such a message may take megabytes, and a poll of its own. */
    private static final int ONE_IN_IS_RARE = 2000;

    private static final int MAX_BYTES = 8 * 1024 * 1024;
    /** In bursts, so that the steady load does not occupy all cores and slow down starts. */
    private static final long BURST_EVERY_NS = 50_000_000;

    private static final int TIMEOUT_MS = 600_000;

    private final String topic;
    private final List<Customer> customers;
    private final SplittableRandom random;
    private final CustomerJson json = new CustomerJson(TestProject.SCHEMA);
    private final List<Poison> poisons = Poison.corpus();
    private final List<Poison> rare;
    private final KafkaProducer<byte[], byte[]> producer;
    private final Thread thread;
    private final AtomicReference<Exception> failure = new AtomicReference<>();
    private volatile boolean stopped;
    private final AtomicLong sent = new AtomicLong();

    /** Starts the feed. */
    Feed(ChurnConfig config, List<Customer> customers, int perSecond, long seed) {
        this(config, customers, perSecond, seed, List.of());
    }

    /**
     * Starts the feed.
     *
     * @param rare more poison, fed now and then
     */
    Feed(ChurnConfig config, List<Customer> customers, int perSecond, long seed, List<Poison> rare) {
        this.rare = rare;
        this.topic = config.topics().raw();
        this.customers = customers;
        this.random = new SplittableRandom(seed);
        this.producer = new KafkaProducer<>(Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                config.kafka().bootstrapServers(),
                ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG,
                ByteArraySerializer.class,
                ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG,
                ByteArraySerializer.class,
                ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
                true,
                ProducerConfig.COMPRESSION_TYPE_CONFIG,
                "lz4",
                // Before compression.
                ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
                MAX_BYTES,
                ProducerConfig.MAX_BLOCK_MS_CONFIG,
                TIMEOUT_MS,
                ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                TIMEOUT_MS));
        this.thread = new Thread(() -> run(perSecond), "feed");
        thread.start();
    }

    private void run(int perSecond) {
        long begin = System.nanoTime();
        while (!stopped) {
            long due = (System.nanoTime() - begin) * perSecond / 1_000_000_000L;
            while (sent.get() < due && !stopped) {
                send();
            }
            LockSupport.parkNanos(BURST_EVERY_NS);
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // the callback keeps the failure
    private void send() {
        producer.send(next(), (metadata, e) -> {
            if (e != null) {
                failure.compareAndSet(null, e);
            }
        });
        sent.incrementAndGet();
    }

    private ProducerRecord<byte[], byte[]> next() {
        ProducerRecord<byte[], byte[]> record;
        if (!rare.isEmpty() && random.nextInt(ONE_IN_IS_RARE) == 0) {
            record = rare.get(random.nextInt(rare.size())).record(topic);
        } else if (random.nextInt(ONE_IN_IS_POISON) == 0) {
            record = poisons.get(random.nextInt(poisons.size())).record(topic);
        } else {
            Customer customer = customers.get(random.nextInt(customers.size()));
            byte[] value = json.write(customer, CustomerJson.timestamp(Instant.now()));
            record = new ProducerRecord<>(topic, customer.customerId().getBytes(UTF_8), value);
        }
        record.headers().add(RunHeaders.SOURCE, (SOURCE + sent.get()).getBytes(UTF_8));
        return record;
    }

    /** How many messages were sent so far; some of them are still on their way. */
    long sent() {
        return sent.get();
    }

    /**
     * Ends the feed.
     *
     * @return how many messages are on the topic
     */
    long stop() throws InterruptedException {
        stopped = true;
        thread.join();
        producer.flush();
        if (failure.get() != null) {
            throw new IllegalStateException("The feed itself failed", failure.get());
        }
        return sent.get();
    }

    @Override
    public void close() {
        stopped = true;
        producer.close(Duration.ZERO);
    }
}
