package io.github.telcochurn.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * The samples of a soak, and what follows from them: whether anything grows from the second quarter of the time on, when
 * caches are full, code is compiled, and topics have reached their retention.
 */
final class SoakTable {
    private static final double MB = 1024.0 * 1024.0;
    /** There are many samples; the table has one in five. */
    private static final int ROW_EVERY = 5;

    private final List<SoakSample> samples = new ArrayList<>();

    /**
     * Something that must not grow.
     *
     * @param relative the growth from the second quarter to the end that is still noise, as a share of the mean
     * @param absolute the same, in the unit of the value
     */
    private record Measure(
            String name, String unit, ToDoubleFunction<SoakSample> value, double relative, double absolute) {}

    void add(SoakSample sample) {
        samples.add(sample);
    }

    private List<Measure> measures() {
        List<Measure> all = new ArrayList<>();
        for (String process : processes()) {
            all.add(new Measure(
                    process + ", heap after full GC",
                    "MB",
                    sample -> sample.processes().get(process).heapBytes() / MB,
                    0.05,
                    2));
            all.add(new Measure(
                    process + ", threads",
                    "",
                    sample -> sample.processes().get(process).threads(),
                    0.02,
                    3));
            all.add(new Measure(
                    process + ", open files",
                    "",
                    sample -> sample.processes().get(process).openFiles(),
                    0.05,
                    10));
        }
        // The broker deletes at intervals of minutes.
        all.add(new Measure("broker's folder", "MB", sample -> sample.brokerBytes() / MB, 0.10, 20));
        all.add(new Measure("latency p50", "ms", SoakSample::p50Ms, 0.25, 5));
        all.add(new Measure("latency p99", "ms", SoakSample::p99Ms, 0.50, 100));
        return all;
    }

    private List<String> processes() {
        return samples.get(0).processes().keySet().stream().sorted().toList();
    }

    /** The samples of a quarter, 1 to 4, and all after it. */
    private List<SoakSample> from(int quarter) {
        return samples.subList(samples.size() * (quarter - 1) / 4, samples.size());
    }

    private List<SoakSample> quarter(int quarter) {
        return samples.subList(samples.size() * (quarter - 1) / 4, samples.size() * quarter / 4);
    }

    /** The slope of the least-squares line. */
    private double perHour(Measure measure) {
        List<SoakSample> rest = from(2);
        double meanAt = rest.stream().mapToDouble(SoakTable::hours).average().orElseThrow();
        double mean = rest.stream().mapToDouble(measure.value()).average().orElseThrow();
        double product = 0;
        double square = 0;
        for (SoakSample sample : rest) {
            double at = hours(sample) - meanAt;
            product += at * (measure.value().applyAsDouble(sample) - mean);
            square += at * at;
        }
        return square == 0 ? 0 : product / square;
    }

    private static double hours(SoakSample sample) {
        return sample.atSeconds() / 3600.0;
    }

    /** NaN if there are none, as in the first minutes. */
    private static double median(List<SoakSample> of, Measure measure) {
        double[] sorted = of.stream().mapToDouble(measure.value()).sorted().toArray();
        return sorted.length == 0 ? Double.NaN : sorted[sorted.length / 2];
    }

    /** What grew from the second quarter of the time to its end by more than noise; empty when all is flat. */
    List<String> grown() {
        List<String> grown = new ArrayList<>();
        List<SoakSample> rest = from(2);
        double hours = hours(rest.get(rest.size() - 1)) - hours(rest.get(0));
        for (Measure measure : measures()) {
            double growth = perHour(measure) * hours;
            double mean = rest.stream().mapToDouble(measure.value()).average().orElseThrow();
            if (growth > Math.max(measure.absolute(), measure.relative() * mean)) {
                grown.add(String.format(
                        Locale.ROOT,
                        "%s grew by %.1f %s in %.0f minutes, of %.1f on average",
                        measure.name(),
                        growth,
                        measure.unit(),
                        hours * 60,
                        mean));
            }
        }
        return grown;
    }

    /** The longest time, in seconds, that scoring the lag would take at this rate. */
    double longestLagSeconds(int perSecond) {
        return from(2).stream().mapToLong(SoakSample::lag).max().orElseThrow() / (double) perSecond;
    }

    /** Writes summary and samples. */
    void write(Path file, String headline) throws IOException {
        StringBuilder text = new StringBuilder(headline).append("\n\n");
        text.append("| | second quarter, median | third | fourth | growth per hour, from the second on |\n");
        text.append("| --- | --- | --- | --- | --- |\n");
        for (Measure measure : measures()) {
            text.append(String.format(
                    Locale.ROOT,
                    "| %1$s | %2$.1f %5$s | %3$.1f %5$s | %4$.1f %5$s | %6$+.1f %5$s |%n",
                    measure.name(),
                    median(quarter(2), measure),
                    median(quarter(3), measure),
                    median(quarter(4), measure),
                    measure.unit(),
                    perHour(measure)));
        }
        text.append("\n| minute | messages | lag | latency p50 / p99 | broker's folder |");
        processes().forEach(process -> text.append(" ").append(process).append(": heap, threads, files |"));
        text.append("\n| --- | --- | --- | --- | --- |")
                .append(" --- |".repeat(processes().size()))
                .append("\n");
        for (int i = 0; i < samples.size(); i++) {
            if (samples.size() < 4 * ROW_EVERY || (i + 1) % ROW_EVERY == 0) {
                text.append(row(samples.get(i)));
            }
        }
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private String row(SoakSample sample) {
        StringBuilder row = new StringBuilder(String.format(
                Locale.ROOT,
                "| %d | %,d | %,d | %d / %d ms | %.0f MB |",
                Math.round(sample.atSeconds() / 60.0),
                sample.raw(),
                sample.lag(),
                sample.p50Ms(),
                sample.p99Ms(),
                sample.brokerBytes() / MB));
        for (String process : processes()) {
            ProcessFigures figures = sample.processes().get(process);
            row.append(String.format(
                    Locale.ROOT,
                    " %.1f MB, %d, %d |",
                    figures.heapBytes() / MB,
                    figures.threads(),
                    figures.openFiles()));
        }
        return row.append("\n").toString();
    }
}
