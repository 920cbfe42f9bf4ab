package io.github.telcochurn.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.telcochurn.ChurnBeans;
import io.github.telcochurn.TestProject;
import io.github.telcochurn.config.ChurnConfig;
import io.github.telcochurn.customer.Customer;
import io.github.telcochurn.customer.CustomerJson;
import io.github.telcochurn.customer.CustomerSchema;
import io.github.telcochurn.customer.CustomerValidator;
import io.github.telcochurn.ingest.CsvFile;
import io.github.telcochurn.scoring.ChurnModel;
import io.github.telcochurn.scoring.ChurnScorer;
import io.github.telcochurn.scoring.ModelFolder;
import io.github.telcochurn.scoring.ScoringBenchmark;
import io.github.telcochurn.scoring.ServingModel;
import io.github.telcochurn.scoring.Shadow;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * What a shadow costs: messages that the scorer turns into predictions a second on one thread, from the JSON of a raw message to that of its
 * prediction, without Kafka. The shadow is the champion's own model once more. Each invocation scores a poll without and with it, in turns, so
 * that both see the same machine. Each iteration prints how the speeds compare by the CPU time of the thread, which other processes
 * hardly change.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class ShadowBenchmark {
    private static final int WINDOW = 2000;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    @Param
    private ScoringBenchmark.Telco telco;

    private ConsumerRecords<byte[], byte[]> poll;
    private ChurnScorer alone;
    private ChurnScorer withShadow;
    private long aloneNs;
    private long withShadowNs;
    private boolean isShadowFirst;

    @Setup
    public void load() throws IOException {
        CustomerSchema schema = CustomerSchema.read(telco.schemaFile());
        ModelFolder folder = new ModelFolder(telco.modelDir(), schema);
        ChurnModel champion = folder.champion();
        ChurnConfig config = TestProject.config(
                Files.createTempDirectory("churn-bench"),
                Map.of(
                        "churn.schema", telco.schemaFile().toString(),
                        "churn.data.csv", telco.csv().toString(),
                        "churn.routes.dir", TestProject.ROOT.resolve("routes").toString(),
                        "churn.model.dir", telco.modelDir().toString(),
                        "churn.model.shadow", champion.version()));
        alone = new ChurnBeans(config).scorer(new ServingModel(champion));
        Shadow shadow = Shadow.of(config);
        if (!shadow.isActive()) {
            throw new IllegalStateException(shadow.problem());
        }
        withShadow = new ChurnBeans(config).scorer(new ServingModel(champion, shadow));
        poll = poll(schema);
    }

    private ConsumerRecords<byte[], byte[]> poll(CustomerSchema schema) {
        List<Customer> customers = new ArrayList<>();
        CustomerValidator validator = new CustomerValidator(schema, CustomerValidator.Mode.STRICT);
        CsvFile.open(telco.csv(), schema).forEachRow(validator, (row, line) -> customers.add(row.customer()));
        CustomerJson json = new CustomerJson(schema);
        List<ConsumerRecord<byte[], byte[]>> raw = new ArrayList<>();
        for (Customer customer : customers.subList(0, WINDOW)) {
            raw.add(new ConsumerRecord<>(
                    "raw",
                    0,
                    raw.size(),
                    customer.customerId().getBytes(UTF_8),
                    json.write(customer, "2026-11-24T12:00:00.000Z")));
        }
        return new ConsumerRecords<>(Map.of(new TopicPartition("raw", 0), raw), Map.of());
    }

    @Setup(Level.Iteration)
    public void beginIteration() {
        aloneNs = 0;
        withShadowNs = 0;
    }

    @Benchmark
    @OperationsPerInvocation(2 * WINDOW)
    public void inTurns(Blackhole results) {
        isShadowFirst = !isShadowFirst;
        if (isShadowFirst) {
            withShadowNs += score(withShadow, results);
            aloneNs += score(alone, results);
        } else {
            aloneNs += score(alone, results);
            withShadowNs += score(withShadow, results);
        }
    }

    private long score(ChurnScorer scorer, Blackhole results) {
        long began = THREADS.getCurrentThreadCpuTime();
        results.consume(scorer.score(poll));
        return THREADS.getCurrentThreadCpuTime() - began;
    }

    @TearDown(Level.Iteration)
    public void printRatio() {
        System.out.printf(Locale.ROOT, "%s: %.2f of the speed with a shadow; ", telco, (double) aloneNs / withShadowNs);
    }
}
