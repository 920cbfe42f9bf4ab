package io.github.telcochurn.bench;

import io.github.telcochurn.scoring.ScoringBenchmark;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** How much more two threads score than one, in rounds of both, one after the other, so that a slow minute slows both. */
final class ThreadScaling {
    private static final int ROUNDS = 3;
    private static final TimeValue SECOND = TimeValue.seconds(1);

    private ThreadScaling() {}

    /** A line for each benchmark: the median of its ratios, and all of them. */
    static List<String> measure() throws RunnerException {
        Map<String, List<Double>> ratios = new TreeMap<>();
        for (int round = 0; round < ROUNDS; round++) {
            Map<String, Double> one = scores(1);
            Map<String, Double> two = scores(2);
            one.forEach((name, score) ->
                    ratios.computeIfAbsent(name, key -> new ArrayList<>()).add(two.get(name) / score));
        }
        return ratios.entrySet().stream()
                .map(entry ->
                        line(entry.getKey(), entry.getValue().stream().sorted().toList()))
                .toList();
    }

    private static String line(String name, List<Double> sorted) {
        return String.format(
                Locale.ROOT,
                "%s: two threads do %.2f times as much as one (%.2f to %.2f in %d rounds)",
                name,
                sorted.get(sorted.size() / 2),
                sorted.get(0),
                sorted.get(sorted.size() - 1),
                sorted.size());
    }

    private static Map<String, Double> scores(int threads) throws RunnerException {
        Collection<RunResult> results = new Runner(new OptionsBuilder()
                        .include(ScoringBenchmark.class.getName() + "\\.(scored|withReasons)")
                        .threads(threads)
                        .warmupIterations(2)
                        .warmupTime(SECOND)
                        .measurementIterations(3)
                        .measurementTime(SECOND)
                        .build())
                .run();
        Map<String, Double> scores = new TreeMap<>();
        for (RunResult result : results) {
            String telco = result.getParams().getParam("telco");
            scores.put(
                    telco + " " + result.getPrimaryResult().getLabel(),
                    result.getPrimaryResult().getScore());
        }
        return scores;
    }
}
