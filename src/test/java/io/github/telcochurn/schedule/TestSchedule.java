package io.github.telcochurn.schedule;

import io.github.telcochurn.TestProject;
import io.github.telcochurn.kafka.TestBroker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Settings with the real schedule, and a run that is only recorded. */
final class TestSchedule {
    private TestSchedule() {}

    static Map<String, String> settings(Path home, String cron) throws IOException {
        Path routes = Files.createDirectories(home.resolve("routes"));
        for (String name : new String[] {"error-handling", "batch-schedule", "batch-catch-up"}) {
            Path file = routes.resolve(name + ".camel.yaml");
            Files.copy(TestProject.ROOT.resolve("routes").resolve(file.getFileName()), file);
        }
        Files.copy(
                TestProject.ROOT.resolve("src/test/resources/scheduled-runs/batch-run.camel.yaml"),
                routes.resolve("batch-run.camel.yaml"));
        Map<String, String> settings = TestProject.settings(TestBroker.freePort());
        settings.put("churn.routes.dir", routes.toString());
        settings.put("churn.batch.cron", cron);
        return settings;
    }
}
