package io.github.telcochurn.faults;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A disk of its own that is soon full: a tmpfs of a given size. */
final class SmallDisk implements AutoCloseable {
    private final Path mount;

    private SmallDisk(Path mount) {
        this.mount = mount;
    }

    /** Mounts one; where the system does not let us, the test is skipped and says so. */
    static SmallDisk mount(Path at, int kilobytes) throws Exception {
        Files.createDirectories(at);
        String problem = run("mount", "-t", "tmpfs", "-o", "size=" + kilobytes + "k", "tmpfs", at.toString());
        assumeTrue(problem.isEmpty(), () -> "No full disk can be made here, mount says: " + problem);
        return new SmallDisk(at);
    }

    /** Makes room. */
    void grow(int kilobytes) throws Exception {
        String problem = run("mount", "-o", "remount,size=" + kilobytes + "k", mount.toString());
        if (!problem.isEmpty()) {
            throw new IOException(problem);
        }
    }

    /** Runs a command; what it says when it fails, or nothing. */
    private static String run(String... command) throws Exception {
        Process process = new ProcessBuilder(new ArrayList<>(List.of(command)))
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        return process.waitFor() == 0 ? "" : output.isEmpty() ? "exit " + process.exitValue() : output;
    }

    @Override
    public void close() throws Exception {
        // Lazily: a process that was killed may not be gone yet.
        run("umount", "-l", mount.toString());
    }
}
