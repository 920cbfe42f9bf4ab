package io.github.telcochurn.routes;

import io.github.telcochurn.config.ChurnConfig;
import io.github.telcochurn.ingest.IngestPace;
import java.util.Properties;

/** What {@code {{key}}} in a route can refer to. */
public final class RouteProperties {
    private RouteProperties() {}

    /**
     * Every setting, and what is derived from them.
     *
     * @param instance what distinguishes this process from others on the machine
     */
    public static Properties of(ChurnConfig config, String instance) {
        Properties properties = new Properties();
        properties.putAll(config.properties());
        properties.put("churn.kafka.bootstrap-servers", config.kafka().bootstrapServers());
        properties.put("churn.inbox.dir", config.inboxDir().toString());
        properties.put("churn.instance", instance);
        IngestPace pace = IngestPace.of(config.batch());
        properties.put("churn.batch.chunks-per-period", Integer.toString(pace.chunksPerPeriod()));
        properties.put("churn.batch.period-ms", Long.toString(pace.periodMs()));
        properties.put("churn.schema.id", config.schema().idName());
        properties.put(
                "churn.schema.delimiter", String.valueOf(config.schema().csv().delimiter()));
        ChurnConfig.Notify notify = config.notification();
        properties.put(
                "churn.notify.email.enabled", Boolean.toString(notify.email().isEnabled()));
        properties.put(
                "churn.notify.webhook.enabled",
                Boolean.toString(notify.webhook().isEnabled()));
        properties.put("churn.notify.webhook.host", notify.webhook().host());
        return properties;
    }
}
