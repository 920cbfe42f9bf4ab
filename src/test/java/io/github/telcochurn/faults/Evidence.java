package io.github.telcochurn.faults;

import io.github.telcochurn.ChildApp;
import io.github.telcochurn.TestProject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;

/** What processes have said, kept for whoever looks for the reason of a failure. */
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
        try (Stream<Path> files = Files.walk(home)) {
            for (Path file : files.filter(one -> isOutput(home.relativize(one))).toList()) {
                Files.copy(file, kept.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        return kept;
    }

    /** A broker's segments end in .log too. */
    private static boolean isOutput(Path file) {
        return file.getFileName().toString().matches(".+\\.log(\\.\\d)?")
                && !file.toString().contains("kafka");
    }
}
