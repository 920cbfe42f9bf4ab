package io.github.telcochurn;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The program as a process of its own, which can be killed like any other. */
public final class ChildApp implements AutoCloseable {
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
        List<String> line = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-cp",
                System.getProperty("java.class.path"),
                ChurnApp.class.getName()));
        line.addAll(List.of(command));
        settings.forEach((key, value) -> line.addAll(List.of("--set", key + "=" + value)));
        Path output = Files.createTempFile(home, "child-" + command[0], ".log");
        ProcessBuilder builder = new ProcessBuilder(line)
                .directory(home.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.to(new File(output.toString())));
        builder.environment().put("CHURN_HOME", home.toString());
        return new ChildApp(builder.start(), output);
    }

    /** kill -9. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** SIGTERM. */
    public void terminate() {
        process.destroy();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Waits for the end, and gives the exit code. */
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
