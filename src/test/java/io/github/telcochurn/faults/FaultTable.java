package io.github.telcochurn.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** How often each fault happened, and with what result, as a Markdown table. */
final class FaultTable {
    private record Outcome(Duration recovery, long lost, long duplicates) {}

    private final Map<Fault, List<Outcome>> outcomes = new EnumMap<>(Fault.class);

    void add(Fault fault, Duration recovery, long lost, long duplicates) {
        outcomes.computeIfAbsent(fault, none -> new ArrayList<>()).add(new Outcome(recovery, lost, duplicates));
    }

    /** The recovery that so many percent of all faults do not exceed. */
    Duration recovery(double percent) {
        return percentile(outcomes.values().stream().flatMap(List::stream), percent);
    }

    private static Duration percentile(Stream<Outcome> of, double percent) {
        List<Duration> sorted = of.map(Outcome::recovery).sorted().toList();
        return sorted.get((int) Math.ceil(percent / 100 * sorted.size()) - 1);
    }

    /** Writes the table. */
    void write(Path file, String headline) throws IOException {
        StringBuilder text = new StringBuilder(headline).append("\n\n");
        text.append("| fault | times | lost | duplicates | recovery, median | recovery, longest |\n");
        text.append("| --- | --- | --- | --- | --- | --- |\n");
        outcomes.forEach((fault, all) -> text.append(row(fault.description(), all)));
        text.append(
                row("**all**", outcomes.values().stream().flatMap(List::stream).toList()));
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private static String row(String name, List<Outcome> all) {
        return String.format(
                Locale.ROOT,
                "| %s | %d | %d | %d | %.1f s | %.1f s |%n",
                name,
                all.size(),
                all.stream().mapToLong(Outcome::lost).sum(),
                all.stream().mapToLong(Outcome::duplicates).sum(),
                percentile(all.stream(), 50).toMillis() / 1000.0,
                percentile(all.stream(), 100).toMillis() / 1000.0);
    }
}
