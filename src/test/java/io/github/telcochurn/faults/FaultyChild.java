package io.github.telcochurn.faults;

import io.github.telcochurn.ChildApp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.bytebuddy.agent.ByteBuddyAgent;

/** A child process that fails on orders, and that can be restarted. */
final class FaultyChild implements AutoCloseable {
    private static final List<String> LIKE_THE_LAUNCHER = List.of(
            "-XX:+UseParallelGC",
            "-XX:TieredStopAtLevel=1",
            "-XX:OnOutOfMemoryError=kill -9 %p",
            "-javaagent:" + agentJar());

    private final Path home;
    private final Map<String, String> settings;
    private final List<String> jvmOptions;
    private final String[] command;
    private final Path orders;
    private ChildApp app;

    /**
     * A child that is not started yet.
     *
     * @param jvmOptions beyond the launcher's
     */
    FaultyChild(Path home, Map<String, String> settings, List<String> jvmOptions, String... command)
            throws IOException {
        this.home = home;
        this.settings = settings;
        this.orders = Files.createTempDirectory(home, "orders").resolve("order");
        this.jvmOptions = new ArrayList<>(LIKE_THE_LAUNCHER);
        this.jvmOptions.addAll(jvmOptions);
        this.jvmOptions.add("-D" + FaultyApp.ORDERS + "=" + orders);
        this.command = command;
    }

    private static Path agentJar() {
        return Path.of(ByteBuddyAgent.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .getPath());
    }

    /** Starts or restarts it. */
    void start() throws IOException {
        app = ChildApp.start(home, settings, jvmOptions, FaultyApp.class, command);
    }

    /** Orders an action for the given pass of a point. */
    void order(FaultPoint point, FaultPoint.Action action, int pass) throws IOException {
        Path written = Files.writeString(orders.resolveSibling("written"), point + " " + action + " " + pass);
        Files.move(written, orders, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Whether the last order was carried out, or is just about to be. */
    boolean hasObeyed() {
        return !Files.exists(orders);
    }

    ChildApp app() {
        return app;
    }

    @Override
    public void close() throws InterruptedException {
        if (app != null) {
            app.close();
        }
    }
}
