package io.github.telcochurn.selftest;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.telcochurn.ChurnBeans;
import io.github.telcochurn.ChurnFailure;
import io.github.telcochurn.config.ChurnConfig;
import io.github.telcochurn.customer.CsvWriter;
import io.github.telcochurn.customer.Customer;
import io.github.telcochurn.customer.CustomerSchema;
import io.github.telcochurn.ingest.CsvFile;
import io.github.telcochurn.ingest.CustomerSampler;
import io.github.telcochurn.ingest.IngestRun;
import io.github.telcochurn.kafka.KafkaTopics;
import io.github.telcochurn.kafka.ScratchTopics;
import io.github.telcochurn.pipeline.Drain;
import io.github.telcochurn.pipeline.Pipeline;
import io.github.telcochurn.prerequisites.CheckResult;
import io.github.telcochurn.scoring.ChurnModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Runs the routes on small input, producer and scorer together, on scratch topics, and reports the results. The configured
 * topics are not touched.
 */
public final class SelfTest {
    private static final int BATCH_ROWS = 1000;
    private static final int CHUNK_ROWS = 250;
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final ChurnConfig config;
    private final ChurnModel model;
    private final List<Customer> customers;
    private final Consumer<CheckResult> findings;
    private final CsvWriter csv;
    /** Bad input that is planted: it must become a dead letter, byte for byte. */
    private final byte[] badMessage;

    private final byte[] badRow;

    /**
     * A test of the pipeline as it is configured, with a broker that answers.
     *
     * @param findings receives each finding at once
     * @throws ChurnFailure when there are no customers to test with
     */
    public SelfTest(ChurnConfig config, ChurnModel model, Consumer<CheckResult> findings) {
        this.config = config;
        this.model = model;
        this.customers = CustomerSampler.customersOf(config.dataCsv(), config.validator());
        this.findings = findings;
        CustomerSchema schema = config.schema();
        this.csv = new CsvWriter(schema);
        // Without an id, no validation mode accepts it.
        this.badMessage = "{\"planted\":true}".getBytes(UTF_8);
        this.badRow = csv.bytes("planted" + schema.csv().delimiter() + "a row of two fields");
    }

    /** Streams customers at a rate for some time, with a bad message between them. */
    public void streaming(int eventsPerSecond, Duration duration) throws InterruptedException {
        long events = eventsPerSecond * duration.toSeconds();
        try (ScratchTopics scratch = ScratchTopics.create(config, "selftest")) {
            CustomerSampler sampler = new CustomerSampler(
                    config.schema(),
                    customers,
                    eventsPerSecond,
                    events,
                    System.nanoTime(),
                    "selftest",
                    InstantSource.system(),
                    System::nanoTime);
            ChurnBeans beans = new ChurnBeans(scratch.config()).withStreamingIngest(sampler);
            runBesideScoring(scratch.config(), beans, pipeline -> {
                pipeline.startRoute("ingest-streaming");
                await(sampler, duration.plus(PATIENCE));
            });
            verify("streaming", scratch.config(), events, List.of(badMessage));
        }
    }

    /** Ingests a file with a bad row in it, and a bad message beside it. */
    public void batch() throws InterruptedException {
        List<Customer> rows = customers.subList(0, Math.min(BATCH_ROWS, customers.size()));
        Path file = write(rows);
        try (ScratchTopics scratch = ScratchTopics.create(config, "selftest")) {
            CsvFile opened = CsvFile.open(file, config.schema());
            ChurnBeans beans = new ChurnBeans(scratch.config()).withIngest(chunk -> {});
            runBesideScoring(
                    scratch.config(),
                    beans,
                    pipeline -> pipeline.ingest(IngestRun.fromStart("selftest", opened, CHUNK_ROWS, Long.MAX_VALUE)));
            verify("batch", scratch.config(), rows.size(), List.of(badMessage, badRow));
        } finally {
            delete(file);
        }
    }

    private interface Work {
        void on(Pipeline pipeline) throws InterruptedException;
    }

    private void runBesideScoring(ChurnConfig scratch, ChurnBeans beans, Work feeding) throws InterruptedException {
        beans.withScoring(model, scored -> {});
        try (Pipeline pipeline = Pipeline.start(scratch, beans.assembly());
                KafkaTopics topics = new KafkaTopics(scratch.kafka().bootstrapServers())) {
            pipeline.startRoute("score");
            plant(scratch);
            feeding.on(pipeline);
            new Drain(topics, scratch.groupId(), PATIENCE)
                    .await(scratch.topics().raw());
        }
    }

    private static void await(CustomerSampler sampler, Duration patience) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (!sampler.isDone()) {
            if (System.nanoTime() > deadline) {
                throw new ChurnFailure("After " + patience.toSeconds() + " s only " + sampler.acknowledged()
                        + " events were acknowledged. Check the broker, or ask for fewer with --events-per-sec.");
            }
            TimeUnit.MILLISECONDS.sleep(5);
        }
    }

    private void plant(ChurnConfig scratch) {
        Map<String, Object> settings = Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, scratch.kafka().bootstrapServers(),
                ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class,
                ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(settings)) {
            // Closing flushes; if it is lost, the dead letter is found missing.
            var unused = producer.send(new ProducerRecord<>(scratch.topics().raw(), badMessage));
        }
    }

    private Path write(List<Customer> rows) {
        try {
            Path file = Files.createTempFile("churn-selftest", ".csv");
            Files.write(file, csv.write(rows));
            Files.write(file, badRow, StandardOpenOption.APPEND);
            Files.write(file, csv.bytes("\n"), StandardOpenOption.APPEND);
            return file;
        } catch (IOException e) {
            throw new ChurnFailure("The sample for the batch cannot be written: " + e.getMessage(), e);
        }
    }

    private static void delete(Path csv) {
        try {
            Files.deleteIfExists(csv);
        } catch (IOException e) {
            // A leftover file in the system's temporary folder is not worth a failure.
            csv.toFile().deleteOnExit();
        }
    }

    private void verify(String mode, ChurnConfig scratch, long predictions, List<byte[]> bad) {
        new Verification(scratch, model)
                .of(predictions, bad)
                .forEach(found ->
                        findings.accept(new CheckResult(mode + ": " + found.name(), found.holds(), found.detail())));
    }
}
