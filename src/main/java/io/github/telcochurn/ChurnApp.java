package io.github.telcochurn;

import io.github.telcochurn.cli.ChurnCommand;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.bridge.SLF4JBridgeHandler;

/** The program's entry point: parse, run, exit code. */
public final class ChurnApp {
    /** How long a signal waits for work in flight. */
    private static final Duration CLEAN_STOP = Duration.ofSeconds(22);

    private ChurnApp() {}

    public static void main(String[] args) {
        SLF4JBridgeHandler.removeHandlersForRootLogger();
        SLF4JBridgeHandler.install();
        AtomicBoolean done = new AtomicBoolean();
        interruptOnSignal(Thread.currentThread(), done);
        int exitCode = ChurnCommand.execute(args);
        done.set(true);
        System.exit(exitCode);
    }

    /** A signal interrupts the command, which closes everything before it ends; the JVM then exits with 128 + signal. */
    private static void interruptOnSignal(Thread command, AtomicBoolean done) {
        Thread hook = new Thread(
                () -> {
                    if (!done.get()) {
                        command.interrupt();
                        joinPatiently(command, done);
                    }
                },
                "stop");
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** Waits for the command. Its thread does not end by itself, since System.exit waits for this hook. */
    private static void joinPatiently(Thread command, AtomicBoolean done) {
        long deadline = System.nanoTime() + CLEAN_STOP.toNanos();
        try {
            while (!done.get() && command.isAlive() && System.nanoTime() < deadline) {
                command.join(20);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
