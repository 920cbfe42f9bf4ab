package io.github.telcochurn.routes.test;

import io.github.telcochurn.config.ChurnConfig;
import io.github.telcochurn.config.ConfigLoader;
import io.github.telcochurn.notification.Deliveries;
import io.github.telcochurn.notification.LostNotification;
import io.github.telcochurn.scoring.ChurnModel;
import io.github.telcochurn.scoring.ModelFolder;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;

/** The beans of a test: the real ones, with the real model and data, in a folder of the test's own and with no broker. */
public final class TestBeans {
    private final ChurnConfig project;
    private final BiFunction<ChurnConfig, ChurnModel, Map<String, Object>> beans;
    private ChurnModel model;

    /**
     * Beans of tests.
     *
     * @param project where the model, the data and the routes are
     * @param beans makes the beans that routes name
     */
    public TestBeans(ChurnConfig project, BiFunction<ChurnConfig, ChurnModel, Map<String, Object>> beans) {
        this.project = project;
        this.beans = beans;
    }

    /**
     * The configuration of a test: the shipped defaults, so that a test means the same for everyone, and its own settings.
     *
     * @param home a folder for what routes write
     */
    public ChurnConfig config(Path home, Map<String, String> settings) {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("churn.schema", project.schemaFile().toString());
        all.put("churn.model.dir", project.modelDir().toString());
        all.put("churn.model.champion", project.model().champion());
        all.put("churn.data.csv", project.dataCsv().toString());
        all.put("churn.routes.dir", project.routes().dir().toString());
        // Nothing listens there, should a test forget to replace a step.
        all.put("churn.kafka.brokers", "127.0.0.1:1");
        all.putAll(settings);
        return ConfigLoader.load(home, home, Map.of(), all);
    }

    /** What the routes name, by name. */
    public Map<String, Object> of(ChurnConfig config) {
        Map<String, Object> all = new HashMap<>(beans.apply(config, model()));
        Deliveries deliveries = new DeliveriesInMemory();
        all.put("deliveries", deliveries);
        all.put("lostNotification", new LostNotification(deliveries::failed));
        return all;
    }

    /** Loaded once: tests do not change it. */
    private synchronized ChurnModel model() {
        if (model == null) {
            model = ModelFolder.of(project).champion();
        }
        return model;
    }

    /** There is no run in a test, so no channel has been notified before. */
    private static final class DeliveriesInMemory implements Deliveries {
        private final Set<String> channels = ConcurrentHashMap.newKeySet();

        @Override
        public boolean isDone(String channel) {
            return channels.contains(channel);
        }

        @Override
        public void done(String channel) {
            channels.add(channel);
        }

        @Override
        public void failed(String channel, String why) {
            // The route logs it.
        }
    }
}
