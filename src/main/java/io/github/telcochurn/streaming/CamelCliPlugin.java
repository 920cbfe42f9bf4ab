package io.github.telcochurn.streaming;

import io.github.telcochurn.ChurnBeans;
import io.github.telcochurn.config.ChurnConfig;
import io.github.telcochurn.config.ConfigLoader;
import io.github.telcochurn.kafka.InstanceSlot;
import io.github.telcochurn.routes.RouteProperties;
import io.github.telcochurn.scoring.ModelFolder;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelContextAware;
import org.apache.camel.component.kafka.KafkaComponent;
import org.apache.camel.spi.ContextServicePlugin;
import org.apache.camel.spi.PropertiesSource;
import org.apache.camel.support.PropertyBindingSupport;

/**
 * Lets the same route files run in {@code camel run}, Camel's command line, with this jar on its class path: binds the beans
 * that they name. In this program itself it does nothing. The broker and its topics must exist.
 */
public final class CamelCliPlugin implements ContextServicePlugin {
    /** Only Camel's command line has it. */
    private static final String CLI = "org.apache.camel.main.KameletMain";

    /** The prefix of the settings that all Kafka endpoints share. */
    private static final String KAFKA = "camel.component.kafka.";

    private InstanceSlot slot;

    /** For {@code {{key}}}; what is given on the command line itself takes precedence. */
    private record Settings(Properties values) implements PropertiesSource {
        @Override
        public String getName() {
            return "churn";
        }

        @Override
        public String getProperty(String name) {
            return values.getProperty(name);
        }
    }

    @Override
    public void load(CamelContext camel) {
        if (camel.getClassResolver().resolveClass(CLI) == null) {
            return;
        }
        Path home = Path.of(System.getenv().getOrDefault("CHURN_HOME", ""));
        ChurnConfig config = ConfigLoader.load(home, Path.of(""), System.getenv(), Map.of());
        slot = InstanceSlot.claim(config.stateDir().resolve("instances"), config.instance());
        Properties settings = RouteProperties.of(config, slot.name());
        camel.getPropertiesComponent().addPropertiesSource(new Settings(settings));
        configureKafka(camel, settings);
        ChurnBeans.all(config, ModelFolder.of(config).champion()).forEach((name, bean) -> {
            CamelContextAware.trySetCamelContext(bean, camel);
            camel.getRegistry().bind(name, bean);
        });
    }

    /** As camel-main does by itself with the properties that it reads. */
    private static void configureKafka(CamelContext camel, Properties settings) {
        KafkaComponent kafka = camel.getComponent("kafka", KafkaComponent.class);
        Map<String, Object> ofComponent = new HashMap<>();
        settings.stringPropertyNames().stream()
                .filter(name -> name.startsWith(KAFKA))
                .forEach(name -> ofComponent.put(name.substring(KAFKA.length()), settings.getProperty(name)));
        PropertyBindingSupport.build()
                .withCamelContext(camel)
                .withTarget(kafka)
                .withConfigurer(kafka.getComponentPropertyConfigurer())
                .withIgnoreCase(true)
                .withMandatory(true)
                .withProperties(ofComponent)
                .bind();
    }

    @Override
    public void unload(CamelContext camel) {
        if (slot != null) {
            slot.close();
        }
    }
}
