package io.github.telcochurn.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.telcochurn.ChurnFailure;
import io.github.telcochurn.config.ChurnConfig;
import io.github.telcochurn.customer.Customer;
import io.github.telcochurn.customer.CustomerJson;
import io.github.telcochurn.customer.CustomerSchema;
import io.github.telcochurn.customer.CustomerValidator;
import io.github.telcochurn.kafka.OutgoingRecord;
import io.github.telcochurn.kafka.RecordBatch;
import io.github.telcochurn.kafka.RunHeaders;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;

/**
 * Draws customers at random, with replacement, at a steady rate: it makes a stream of events from a file. Each call returns the
 * events that are due by now and not acknowledged yet, so that it catches up after a late call or a failed send.
 */
public final class CustomerSampler {
    /** After an outage, the overdue events come in portions of this size. */
    private static final int MAX_AT_ONCE = 5_000;

    private final List<Customer> customers;
    private final int eventsPerSecond;
    private final long limit;
    private final InstantSource clock;
    /** Measures the rate, since the clock may be changed. */
    private final LongSupplier nanoTime;

    private final SplittableRandom random;
    private final Header runId;
    private final CustomerJson json;
    private boolean started;
    private long startedNs;
    private volatile long acknowledged;

    /**
     * A sampler that begins at its first call.
     *
     * @param schema of the customers
     * @param customers to draw from, at least one
     * @param eventsPerSecond 1 or more
     * @param limit the maximum number of events
     * @param seed equal seeds draw equal customers
     * @param clock for the time stamps of the events
     * @param nanoTime as {@link System#nanoTime}
     */
    public CustomerSampler(
            CustomerSchema schema,
            List<Customer> customers,
            int eventsPerSecond,
            long limit,
            long seed,
            String runId,
            InstantSource clock,
            LongSupplier nanoTime) {
        this.json = new CustomerJson(schema);
        this.customers = List.copyOf(customers);
        this.eventsPerSecond = eventsPerSecond;
        this.limit = limit;
        this.random = new SplittableRandom(seed);
        this.runId = new RecordHeader(RunHeaders.RUN_ID, runId.getBytes(UTF_8));
        this.clock = clock;
        this.nanoTime = nanoTime;
    }

    /**
     * A sampler at the configured rate, for the configured raw topic.
     *
     * @param csv whose valid customers are drawn from
     * @throws ChurnFailure when it has none
     */
    public static CustomerSampler of(ChurnConfig config, Path csv, long limit, long seed) {
        return new CustomerSampler(
                config.schema(),
                customersOf(csv, config.validator()),
                config.streaming().eventsPerSecond(),
                limit,
                seed,
                "stream-" + Instant.now(),
                InstantSource.system(),
                System::nanoTime);
    }

    /**
     * The valid customers of a file.
     *
     * @throws ChurnFailure when it has none
     */
    public static List<Customer> customersOf(Path csv, CustomerValidator validator) {
        List<Customer> customers = new ArrayList<>();
        CsvFile.read(csv, validator, (read, line) -> {
            if (read.isValid()) {
                customers.add(read.customer());
            }
        });
        if (customers.isEmpty()) {
            throw new ChurnFailure(csv + " has no valid customer to draw from.");
        }
        return customers;
    }

    /** The events that are due, possibly none. */
    public RecordBatch due() {
        long nowNs = nanoTime.getAsLong();
        if (!started) {
            started = true;
            startedNs = nowNs;
        }
        long elapsedMs = TimeUnit.NANOSECONDS.toMillis(nowNs - startedNs);
        long dueByNow = Math.min(limit, eventsPerSecond * elapsedMs / 1000);
        int count = (int) Math.min(MAX_AT_ONCE, Math.max(0, dueByNow - acknowledged));
        String eventTs = CustomerJson.timestamp(clock.instant());
        List<OutgoingRecord> events = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            events.add(event(customers.get(random.nextInt(customers.size())), eventTs));
        }
        return new RecordBatch(events);
    }

    private OutgoingRecord event(Customer customer, String eventTs) {
        byte[] key = customer.customerId().getBytes(UTF_8);
        return new OutgoingRecord(key, json.write(customer, eventTs), List.of(runId));
    }

    /** Notes that the broker has these events. */
    @SuppressWarnings("NonAtomicVolatileUpdate") // only the route's thread writes
    public void acknowledge(RecordBatch sent) {
        acknowledged += sent.size();
    }

    /** How many events the broker has. */
    public long acknowledged() {
        return acknowledged;
    }

    /** Whether all events up to the limit were acknowledged. */
    public boolean isDone() {
        return acknowledged >= limit;
    }

    /** The share of the limit that is done, 0 to 1; NaN when there is no limit. */
    public double fractionDone() {
        return limit == Long.MAX_VALUE ? Double.NaN : (double) acknowledged / limit;
    }

    /** The run's id, a header of every event. */
    public String runId() {
        return new String(runId.value(), UTF_8);
    }
}
