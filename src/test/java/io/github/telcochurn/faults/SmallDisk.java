package io.github.telcochurn.faults;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A disk of its own that is soon full: a tmpfs of a given size. */
final class SmallDisk implements AutoCloseable {
    private final Path mount;

    private SmallDisk(Path mount) {
        this.mount = mount;
    }

    /** Mounts one; where that is not permitted, the test is skipped and says so. */
    static SmallDisk mount(Path at, int kilobytes) throws Exception {
        Files.createDirectories(at);
        String problem = run("mount", "-t", "tmpfs", "-o", "size=" + kilobytes + "k", "tmpfs", at.toString());
        assumeTrue(problem.isEmpty(), () -> "No small disk can be mounted here: " + problem);
        return new SmallDisk(at);
    }

    /** Makes room. */
    void grow(int kilobytes) throws Exception {
        String problem = run("mount", "-o", "remount,size=" + kilobytes + "k", mount.toString());
        if (!problem.isEmpty()) {
            throw new IOException(problem);
        }
    }

    /** Runs a command; returns its output if it fails, otherwise nothing. */
    private static String run(String... command) throws InterruptedException {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String output = new String(process.getInputStream().readAllBytes(), UTF_8);
            int exitCode = process.waitFor();
            return exitCode == 0 ? "" : "exit code " + exitCode + " " + output;
        } catch (IOException e) {
            return e.getMessage();
        }
    }

    @Override
    public void close() throws Exception {
        // Lazily: a process that was killed may not be gone yet.
        run("umount", "-l", mount.toString());
    }
}
