package io.github.telcochurn.pipeline;

import io.github.telcochurn.batch.run.RunRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Records the begin and the end of each run in one file for all instances; a bean of the test's route {@code batch-run}. */
public final class RunBook {
    private final Path file;
    private final String instance;
    private final CountDownLatch working = new CountDownLatch(1);
    private Duration work;

    /**
     * The book of an instance.
     *
     * @param work how long the first run that it begins takes; the others take no time
     */
    public RunBook(Path file, String instance, Duration work) {
        this.file = file;
        this.instance = instance;
        this.work = work;
    }

    /** What was recorded. */
    public record Line(String what, String runId, Instant dueAt, String instance, Instant at) {
        static Line of(String text) {
            String[] parts = text.split(" ", -1);
            return new Line(parts[0], parts[1], Instant.parse(parts[2]), parts[3], Instant.parse(parts[4]));
        }
    }

    public void begin(RunRequest request) {
        write("begin", request);
    }

    public void end(RunRequest request) {
        write("end", request);
    }

    private void write(String what, RunRequest request) {
        try {
            String line = String.join(
                    " ",
                    what,
                    request.runId(),
                    request.dueAt().toString(),
                    instance,
                    Instant.now().truncatedTo(ChronoUnit.MILLIS).toString());
            Files.writeString(file, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public void work() throws InterruptedException {
        boolean hurried = working.await(work.toMillis(), TimeUnit.MILLISECONDS);
        if (hurried) {
            throw new IllegalStateException("nobody hurries it");
        }
        work = Duration.ZERO;
    }

    /** All that the instances wrote. */
    public static List<Line> read(Path file) throws IOException {
        if (!Files.exists(file)) {
            return List.of();
        }
        try (Stream<String> lines = Files.lines(file)) {
            return lines.map(Line::of).toList();
        }
    }
}
