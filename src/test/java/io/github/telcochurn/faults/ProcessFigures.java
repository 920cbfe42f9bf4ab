package io.github.telcochurn.faults;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The resources that a JVM holds at a moment.
 *
 * @param heapBytes of its objects that are in use: after a full collection
 * @param threads of the operating system, the JVM's own included
 * @param openFiles sockets included
 */
record ProcessFigures(long heapBytes, long threads, long openFiles) {
    /** The last line of a class histogram: all instances, all bytes. */
    private static final Pattern TOTAL = Pattern.compile("^Total\\s+\\d+\\s+(\\d+)", Pattern.MULTILINE);

    /** Has the JVM collect all garbage, and measures what is left. */
    static ProcessFigures of(long pid) throws IOException, InterruptedException {
        Path proc = Path.of("/proc", Long.toString(pid));
        return new ProcessFigures(heap(pid), count(proc.resolve("task")), count(proc.resolve("fd")));
    }

    /** A histogram of live objects is preceded by a full collection, whatever the collector. */
    private static long heap(long pid) throws IOException, InterruptedException {
        Process jcmd = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                        Long.toString(pid),
                        "GC.class_histogram")
                .redirectErrorStream(true)
                .start();
        String output = new String(jcmd.getInputStream().readAllBytes(), UTF_8);
        Matcher total = TOTAL.matcher(output);
        if (jcmd.waitFor() != 0 || !total.find()) {
            throw new IOException("jcmd says of process " + pid + ": " + output);
        }
        return Long.parseLong(total.group(1));
    }

    private static long count(Path dir) throws IOException {
        try (Stream<Path> entries = Files.list(dir)) {
            return entries.count();
        }
    }
}
