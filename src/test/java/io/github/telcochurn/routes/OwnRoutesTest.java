package io.github.telcochurn.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.telcochurn.ChildApp;
import io.github.telcochurn.Documents;
import io.github.telcochurn.TestProject;
import io.github.telcochurn.kafka.TestBroker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The routes of docs/own-routes.md, in a service that starts with them, beside one that is refused. */
class OwnRoutesTest {
    private static final Path PAGE = TestProject.ROOT.resolve("docs/own-routes.md");
    private static final Duration SOON = Duration.ofSeconds(90);

    @TempDir
    private Path home;

    private void save(String name) throws IOException {
        String block = Documents.blocks(PAGE, "yaml").stream()
                .filter(yaml -> yaml.startsWith("# my-routes/" + name))
                .findFirst()
                .orElseThrow();
        Files.writeString(home.resolve("my-routes").resolve(name), block);
    }

    private Map<String, String> settings() throws IOException {
        Map<String, String> settings = TestProject.settings(TestBroker.port());
        settings.put("churn.web.port", Integer.toString(TestBroker.freePort()));
        return settings;
    }

    @Test
    void runLogAndAreRefusedAsThePageSays() throws Exception {
        Path own = Files.createDirectory(home.resolve("my-routes"));
        save("heartbeat.camel.yaml");
        save("crm-notes.camel.yaml");
        Files.writeString(own.resolve("nowhere.camel.yaml"), """
                - route:
                    id: nowhere
                    from:
                      uri: timer:nowhere
                      steps:
                        - to: direct:nowhere
                """);
        Path note = Files.createDirectories(home.resolve("data/crm-notes")).resolve("first.txt");
        Files.writeString(note, "Called back.");
        Map<String, String> settings = settings();
        Path log = home.resolve("logs/streaming/streaming_consumer.log");
        List<String> lines = List.of(
                "INFO  heartbeat: " + settings.get("churn.topics.raw") + " is scored into "
                        + settings.get("churn.topics.predictions"),
                "INFO  heartbeat-messages: Exchange[",
                "INFO  crm-notes: first.txt: Called back.");

        try (ChildApp service = ChildApp.start(home, settings, "run", "--routes", "my-routes")) {
            await().atMost(SOON).untilAsserted(() -> {
                assertThat(service.output()).contains(lines);
                assertThat(log).content().contains(lines);
            });
            assertThat(service.output())
                    .contains("my-routes/nowhere.camel.yaml is switched off, and all else runs: No route consumes")
                    .contains("nowhere.camel.yaml(6,15): error no-consumer")
                    .contains("nowhere.camel.yaml(6,15): warning compact-form")
                    .doesNotContain("heartbeat.camel.yaml is switched off");
            assertThat(log).content().contains("nowhere.camel.yaml is switched off");
            await().atMost(SOON).until(() -> Files.exists(note.resolveSibling("done/first.txt")));
            service.terminate();
            service.waitFor();
        }
    }

    @Test
    void preventTheStartIfOneReplacesAShippedRouteAndHasAnError() throws Exception {
        Path own = Files.createDirectory(home.resolve("my-routes"));
        String shipped = Files.readString(TestProject.ROOT.resolve("routes/notify-success.camel.yaml"));
        Files.writeString(own.resolve("notify-success.camel.yaml"), shipped + """
                        - route:
                            id: more
                            from:
                              uri: timer:more
                              steps:
                                - to: direct:nowhere
                        """);

        try (ChildApp service = ChildApp.start(home, settings(), "run", "--routes", "my-routes")) {
            assertThat(service.waitFor()).isEqualTo(1);
            assertThat(service.output())
                    .contains("notify-success.camel.yaml")
                    .contains("error no-consumer: No route consumes direct:nowhere");
        }
    }

    @Test
    void canReferToThePropertiesOfThePage() throws IOException {
        Properties derived = RouteProperties.of(TestProject.config(home), "test");
        derived.keySet().removeAll(TestProject.config(home).properties().keySet());
        String page = Files.readString(PAGE);

        assertThat(derived.keySet()).isNotEmpty().allSatisfy(key -> assertThat(page)
                .contains("| `{{" + key + "}}` |"));
    }
}
