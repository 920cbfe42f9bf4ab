package io.github.telcochurn.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.telcochurn.TestProject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** The shipped scoring route as a user may edit it: smaller polls, and one more step. */
final class EditedRoute {
    private static final String WINDOW = "maxPollRecords: \"{{churn.score.window-size}}\"";
    private static final String STEP = """
                    - bean:
                        id: score-poll
            """;
    private static final String STEP_BEFORE = """
                    - log:
                        id: tell-poll
                        message: "a poll of ${body.count}"
                        loggingLevel: DEBUG
            """;

    private EditedRoute() {}

    /** Writes it into a folder of its own, and returns the settings for a scorer that runs it. */
    static Map<String, String> over(Map<String, String> settings, Path home) throws IOException {
        String route = Files.readString(TestProject.ROOT.resolve("routes/score.camel.yaml"));
        assertThat(route).contains(WINDOW, STEP);
        Path own = Files.createDirectories(home.resolve("own-routes"));
        Files.writeString(
                own.resolve("score.camel.yaml"),
                route.replace(WINDOW, "maxPollRecords: 300").replace(STEP, STEP_BEFORE + STEP));
        Map<String, String> edited = new LinkedHashMap<>(settings);
        edited.put("churn.routes.own-dir", own.toString());
        return edited;
    }
}
