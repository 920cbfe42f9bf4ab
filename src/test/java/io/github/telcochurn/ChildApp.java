package io.github.telcochurn;

import static java.util.stream.Collectors.joining;
import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The program as a process of its own, which can be killed like any other. */
public final class ChildApp implements AutoCloseable {
    /** The C2 compiler would cost such a process more than it gains. */
    private static final List<String> SHORT_LIVED = List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

    private static final Path ARCHIVE = Path.of("target/libraries.jsa").toAbsolutePath();

    private final Process process;
    private final Path output;

    private ChildApp(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    /**
     * Starts a command.
     *
     * @param home the project's folder for this process
     * @param settings given as {@code --set}
     */
    public static ChildApp start(Path home, Map<String, String> settings, String... command) throws IOException {
        return start(home, settings, SHORT_LIVED, ChurnApp.class, command);
    }

    /** As {@link #start(Path, Map, String...)}, with more environment variables. */
    public static ChildApp start(
            Path home, Map<String, String> settings, Map<String, String> environment, String... command)
            throws IOException {
        return start(home, settings, SHORT_LIVED, environment, ChurnApp.class, command);
    }

    /**
     * As {@link #start(Path, Map, String...)}, with more JVM options, and a main class that may do more.
     *
     * @param jvmOptions such as {@code -Xmx64m}; the default is 512 MB
     */
    public static ChildApp start(
            Path home, Map<String, String> settings, List<String> jvmOptions, Class<?> main, String... command)
            throws IOException {
        return start(home, settings, jvmOptions, Map.of(), main, command);
    }

    private static ChildApp start(
            Path home,
            Map<String, String> settings,
            List<String> jvmOptions,
            Map<String, String> environment,
            Class<?> main,
            String... command)
            throws IOException {
        List<String> line = new ArrayList<>();
        line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        line.add("-Xmx512m");
        line.addAll(jvmOptions);
        if (Files.exists(ARCHIVE)) {
            line.addAll(List.of("-XX:SharedArchiveFile=" + ARCHIVE, "-Xlog:cds=off", "-Xlog:class+path=off"));
        }
        line.addAll(List.of("-cp", libraries() + System.getProperty("java.class.path"), main.getName()));
        line.addAll(List.of(command));
        settings.forEach((key, value) -> line.addAll(List.of("--set", key + "=" + value)));
        Path output = Files.createTempFile(home, "child-" + command[0], ".log");
        ProcessBuilder builder = new ProcessBuilder(line)
                .directory(home.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.to(new File(output.toString())));
        builder.environment().put("CHURN_HOME", home.toString());
        builder.environment().putAll(environment);
        return new ChildApp(builder.start(), output);
    }

    /** First on the class path, as the archive of their class data wants them. */
    private static String libraries() {
        try (Stream<Path> files = Files.list(TestProject.ROOT.resolve("target/lib"))) {
            return files.map(Path::toString)
                    .sorted()
                    .map(jar -> jar + File.pathSeparator)
                    .collect(joining());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts the embedded broker as a process of its own, and waits until it serves. */
    public static ChildApp startBroker(Path home, Map<String, String> settings) throws IOException {
        return startBroker(home, settings, SHORT_LIVED);
    }

    /** As {@link #startBroker(Path, Map)}, with more JVM options. */
    public static ChildApp startBroker(Path home, Map<String, String> settings, List<String> jvmOptions)
            throws IOException {
        ChildApp broker = start(home, settings, jvmOptions, ChurnApp.class, "broker");
        await().atMost(Duration.ofMinutes(2)).until(() -> broker.output().contains("Kafka broker at"));
        return broker;
    }

    /** kill -9. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** SIGTERM. */
    public void terminate() {
        process.destroy();
    }

    /** SIGSTOP: the process is suspended, and its sockets stay open. */
    public void pause() throws IOException, InterruptedException {
        signal("STOP");
    }

    /** SIGCONT. */
    public void resume() throws IOException, InterruptedException {
        signal("CONT");
    }

    /** Has it print its threads' stacks to its output. */
    public void dumpThreads() throws IOException, InterruptedException {
        signal("QUIT");
        await().until(() -> output().contains("Full thread dump"));
    }

    private void signal(String name) throws IOException, InterruptedException {
        signal(process.pid(), name);
    }

    /**
     * Sends a signal to any process.
     *
     * @param name without SIG
     */
    public static void signal(long pid, String name) throws IOException, InterruptedException {
        // The shell has kill built in; not every machine has the program.
        new ProcessBuilder("sh", "-c", "kill -" + name + " " + pid).start().waitFor();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    public long pid() {
        return process.pid();
    }

    /** Waits for the end, and returns the exit code. */
    public int waitFor() throws InterruptedException {
        if (!process.waitFor(90, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("The child did not end in 90 s");
        }
        return process.exitValue();
    }

    /** All that it has printed so far. */
    public String output() throws IOException {
        return Files.readString(output);
    }

    @Override
    public void close() throws InterruptedException {
        if (process.isAlive()) {
            kill();
        }
    }
}
