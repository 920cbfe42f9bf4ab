package io.github.telcochurn.faults;

import io.github.telcochurn.ChildApp;
import io.github.telcochurn.TestProject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;

/** The output of processes, kept for whoever looks for the cause of a failure. */
final class Evidence {
    private Evidence() {}

    /**
     * Keeps the output of all processes of a test.
     *
     * @param home their folder
     * @param apps those whose thread dumps are of interest
     * @return where it is kept
     */
    static Path keep(Path home, List<ChildApp> apps) throws IOException, InterruptedException {
        for (ChildApp app : apps) {
            if (app.isAlive()) {
                app.dumpThreads();
            }
        }
        Path kept = Files.createDirectories(TestProject.ROOT.resolve("target/faults/" + home.getFileName()));
        for (Path folder : List.of(home, home.resolve("logs/streaming"), home.resolve("logs/batch"))) {
            if (Files.isDirectory(folder)) {
                copyLogs(folder, kept);
            }
        }
        return kept;
    }

    private static void copyLogs(Path folder, Path kept) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(Evidence::isLog).toList()) {
                Files.copy(file, kept.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    private static boolean isLog(Path file) {
        return file.getFileName().toString().matches(".+\\.log(\\.\\d)?");
    }
}
