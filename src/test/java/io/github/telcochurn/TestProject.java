package io.github.telcochurn;

import io.github.telcochurn.config.ChurnConfig;
import io.github.telcochurn.config.ConfigLoader;
import io.github.telcochurn.kafka.TestBroker;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/** A configuration for one test: the project's routes, data and model, its own topics and group, and a folder for the rest. */
public final class TestProject {
    /** The root of the checkout, which Maven runs tests in. */
    public static final Path ROOT = Path.of("").toAbsolutePath();

    /** The shipped customers. */
    public static final Path SHIPPED_CSV = ROOT.resolve("data/WA_Fn-UseC_-Telco-Customer-Churn.csv");

    private TestProject() {}

    /** The settings behind {@link #config}, for child processes too. */
    public static Map<String, String> settings(int port) {
        String id = UUID.randomUUID().toString().substring(0, 8);
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("churn.kafka.embedded.port", Integer.toString(port));
        settings.put("churn.topics.raw", "raw-" + id);
        settings.put("churn.topics.predictions", "predictions-" + id);
        settings.put("churn.topics.deadletter", "deadletter-" + id);
        settings.put("churn.topics.checkpoints", "checkpoints-" + id);
        settings.put("churn.topics.replays", "replays-" + id);
        settings.put("churn.group-id", "group-" + id);
        settings.put("churn.data.csv", SHIPPED_CSV.toString());
        settings.put("churn.model.dir", ROOT.resolve("models").toString());
        settings.put("churn.routes.dir", ROOT.resolve("routes").toString());
        return settings;
    }

    /** A configuration for the shared test broker. */
    public static ChurnConfig config(Path home) {
        return config(home, settings(TestBroker.port()));
    }

    public static ChurnConfig config(Path home, Map<String, String> settings) {
        return ConfigLoader.load(home, home, Map.of(), settings);
    }
}
