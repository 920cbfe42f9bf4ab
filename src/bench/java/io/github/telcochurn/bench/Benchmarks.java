package io.github.telcochurn.bench;

import io.github.telcochurn.scoring.ScoringBenchmark;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/** Runs all benchmarks; {@code mvn -Pbench verify} calls this. Figures are written to {@code target/bench/}. */
public final class Benchmarks {
    private Benchmarks() {}

    public static void main(String[] args) throws RunnerException, IOException, InterruptedException {
        Path out = Files.createDirectories(Path.of("target/bench"));
        new Runner(new OptionsBuilder()
                        .include(ScoringBenchmark.class.getName())
                        .include(ShadowBenchmark.class.getName())
                        .result(out.resolve("scoring.csv").toString())
                        .build())
                .run();
        List<String> scaling = ThreadScaling.measure();
        Files.write(out.resolve("threads.txt"), scaling);
        scaling.forEach(System.out::println);
        DrainBenchmark.Result result = new DrainBenchmark(Files.createTempDirectory("churn-bench")).run();
        String line = String.format(
                Locale.ROOT,
                "score route %,.0f records/s, hand-written loop %,.0f records/s, ratio %.2f%n",
                result.route(),
                result.loop(),
                result.ratio());
        Files.writeString(out.resolve("drain.txt"), line, StandardCharsets.UTF_8);
        System.out.print(line);
    }
}
