package io.github.telcochurn.bench;

import io.github.telcochurn.ChildApp;
import io.github.telcochurn.ChurnBeans;
import io.github.telcochurn.TestProject;
import io.github.telcochurn.config.ChurnConfig;
import io.github.telcochurn.ingest.CsvFile;
import io.github.telcochurn.ingest.IngestRun;
import io.github.telcochurn.kafka.KafkaTopics;
import io.github.telcochurn.kafka.TestBroker;
import io.github.telcochurn.kafka.TransactionInputs;
import io.github.telcochurn.pipeline.Pipeline;
import io.github.telcochurn.scoring.ChurnModel;
import io.github.telcochurn.scoring.ModelFolder;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Records a second of the {@code score} route draining a million raw messages, beside a hand-written transactional loop on the
 * same broker in the same run. Each drain has a consumer group of its own and begins at the first record.
 */
final class DrainBenchmark {
    private static final int RECORDS = 1_000_000;
    private static final int WARM_UPS = 1;
    private static final int ROUNDS = 3;

    private final Path home;
    private final Map<String, String> settings = TestProject.settings(TestBroker.freePort());
    private final ChurnModel model = new ModelFolder(TestProject.ROOT.resolve("models"), TestProject.SCHEMA).champion();
    private int groups;

    DrainBenchmark(Path home) {
        this.home = home;
    }

    /** The median of each side, in records a second, and their ratio. */
    record Result(double route, double loop) {
        double ratio() {
            return route / loop;
        }
    }

    Result run() throws IOException, InterruptedException {
        try (ChildApp broker = ChildApp.startBroker(home, settings)) {
            fillRawTopic();
            List<Double> route = new ArrayList<>();
            List<Double> loop = new ArrayList<>();
            for (int round = -WARM_UPS; round < ROUNDS; round++) {
                // Each side goes first in turn, so that neither always finds the warmer cache.
                boolean routeFirst = round % 2 == 0;
                double first = routeFirst ? drainByRoute() : drainByLoop();
                double second = routeFirst ? drainByLoop() : drainByRoute();
                double routeRate = routeFirst ? first : second;
                double loopRate = routeFirst ? second : first;
                System.out.printf(
                        Locale.ROOT,
                        "%s route %,.0f/s, hand-written loop %,.0f/s, ratio %.2f%n",
                        round < 0 ? "warm-up:" : "round " + (round + 1) + ":",
                        routeRate,
                        loopRate,
                        routeRate / loopRate);
                if (round >= 0) {
                    route.add(routeRate);
                    loop.add(loopRate);
                }
            }
            return new Result(median(route), median(loop));
        }
    }

    private void fillRawTopic() throws IOException, InterruptedException {
        List<String> shipped = Files.readAllLines(TestProject.SHIPPED_CSV);
        Path csv = home.resolve("million.csv");
        try (BufferedWriter writer = Files.newBufferedWriter(csv)) {
            writer.write(shipped.get(0) + "\n");
            for (int i = 0; i < RECORDS; i++) {
                writer.write(shipped.get(1 + i % (shipped.size() - 1)) + "\n");
            }
        }
        ChurnConfig config = TestProject.config(home, settings);
        try (KafkaTopics topics = new KafkaTopics(config.kafka().bootstrapServers())) {
            topics.createMissing(config.topics());
        }
        CsvFile file = CsvFile.open(csv, TestProject.SCHEMA);
        long begin = System.nanoTime();
        try (Pipeline pipeline = Pipeline.start(
                config, new ChurnBeans(config).withIngest(batch -> {}).assembly())) {
            pipeline.ingest(IngestRun.fromStart("bench", file, config.batch().batchSize(), RECORDS));
        }
        System.out.printf(Locale.ROOT, "ingest-batch: %,.0f rows/s%n", rate(begin));
    }

    private ChurnConfig freshGroup() {
        settings.put("churn.group-id", "bench-" + groups++);
        return TestProject.config(home, settings);
    }

    private double drainByLoop() {
        ChurnConfig config = freshGroup();
        long begin = System.nanoTime();
        new HandWrittenLoop(config, new ChurnBeans(config).scorer(model)).drain(RECORDS);
        return rate(begin);
    }

    private double drainByRoute() throws InterruptedException {
        ChurnConfig config = freshGroup();
        AtomicLong committed = new AtomicLong();
        CountDownLatch drained = new CountDownLatch(1);
        Consumer<TransactionInputs.Committed> count = poll -> {
            if (committed.addAndGet(poll.work().inputs()) >= RECORDS) {
                drained.countDown();
            }
        };
        try (Pipeline pipeline = Pipeline.start(
                config, new ChurnBeans(config).withScoring(model, count).assembly())) {
            long begin = System.nanoTime();
            pipeline.startRoute("score");
            if (!drained.await(Duration.ofMinutes(5).toSeconds(), TimeUnit.SECONDS)) {
                throw new IllegalStateException("Only " + committed + " records committed in five minutes");
            }
            return rate(begin);
        }
    }

    private static double rate(long beginNanos) {
        return RECORDS / ((System.nanoTime() - beginNanos) / 1e9);
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }
}
