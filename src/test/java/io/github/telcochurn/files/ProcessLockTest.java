package io.github.telcochurn.files;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessLockTest {
    @TempDir
    private Path dir;

    /** What another process is answered. */
    static final class OtherProcess {
        private OtherProcess() {}

        public static void main(String[] arguments) {
            Path file = Path.of(arguments[0]);
            System.out.print(ProcessLock.tryTake(file).isPresent() ? "taken" : "held by " + ProcessLock.holder(file));
        }
    }

    private static String otherProcessTries(Path file) throws IOException, InterruptedException {
        Process other = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        OtherProcess.class.getName(),
                        file.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String answer = new String(other.getInputStream().readAllBytes(), UTF_8);
        assertThat(other.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return answer;
    }

    @Test
    void staysTakenWhenItsOwnProcessTriesOnceMore() throws Exception {
        Path file = dir.resolve("run.lock");
        try (ProcessLock lock = ProcessLock.tryTake(file, "the test").orElseThrow()) {
            Path sameFile = Files.createSymbolicLink(dir.resolve("link.lock"), file);
            assertThat(ProcessLock.tryTake(file)).isEmpty();
            assertThat(ProcessLock.tryTake(sameFile)).isEmpty();
            assertThat(ProcessLock.holder(sameFile)).isEqualTo("the test");

            assertThat(otherProcessTries(file)).isEqualTo("held by the test");
            assertThat(lock).isNotNull();
        }
        assertThat(otherProcessTries(file)).isEqualTo("taken");
    }

    @Test
    void closedTwiceFreesNoSuccessorsLock() throws Exception {
        Path file = dir.resolve("run.lock");
        ProcessLock first = ProcessLock.tryTake(file).orElseThrow();
        first.close();
        try (ProcessLock successor = ProcessLock.tryTake(file).orElseThrow()) {
            first.close();

            assertThat(ProcessLock.tryTake(file)).isEmpty();
            assertThat(successor).isNotNull();
        }
    }
}
