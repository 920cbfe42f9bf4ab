package io.github.telcochurn.routes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.telcochurn.ChurnBeans;
import io.github.telcochurn.TestProject;
import io.github.telcochurn.batch.report.RunNotice;
import io.github.telcochurn.config.ChurnConfig;
import io.github.telcochurn.config.ConfigLoader;
import io.github.telcochurn.routes.test.RedeliveryDelays;
import io.github.telcochurn.routes.test.TestBeans;
import io.github.telcochurn.routes.test.TestBodies;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelContextAware;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.main.MainConfigurationProperties;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.spi.Registry;
import org.apache.camel.support.SimpleRegistry;
import org.apache.camel.test.junit5.TestExecutionConfiguration;
import org.apache.camel.test.main.junit5.CamelMainTestSupport;
import org.junit.jupiter.api.io.TempDir;

/**
 * Camel's own test support with the shipped routes that {@link RoutesUnderTest} names, loaded by camel-main with the real beans.
 * A test advises its routes and starts the context; there is no broker, so each Kafka endpoint has to be replaced.
 */
abstract class RouteTestSupport extends CamelMainTestSupport {
    /** Where a test sends what its route would consume. */
    protected static final String INPUT = "direct:input";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TestBeans BEANS = new TestBeans(
            ConfigLoader.load(TestProject.ROOT, TestProject.ROOT.resolve("src"), Map.of(), Map.of()), ChurnBeans::all);

    /** What routes write is below this. */
    @TempDir
    protected Path home;

    private ChurnConfig config;

    /** Settings that differ from the shipped defaults. */
    protected Map<String, String> settings() {
        return Map.of();
    }

    protected ChurnConfig config() {
        return config;
    }

    @Override
    public void configureTest(TestExecutionConfiguration test) {
        super.configureTest(test);
        test.withUseAdviceWith(true);
    }

    @Override
    protected void setupResources() {
        config = BEANS.config(home, settings());
        Properties properties = RouteProperties.of(config, "test");
        properties.put("camel.management.enabled", "false");
        properties.put("camel.metrics.enabled", "false");
        properties.put("camel.opentelemetry2.enabled", "false");
        // A route that is not loaded now will not appear later.
        properties.put("camel.component.direct.block", "false");
        camelContextConfiguration().withUseOverridePropertiesWithPropertiesComponent(properties);
    }

    @Override
    protected String getPropertyPlaceholderLocations() {
        return "false";
    }

    @Override
    protected void configure(MainConfigurationProperties main) {
        main.withRoutesIncludePattern(
                files().stream().map(file -> "file:" + file).collect(Collectors.joining(",")));
    }

    private List<Path> files() {
        RouteFiles files = new RouteFiles(config.routes());
        List<String> named =
                List.of(getClass().getAnnotation(RoutesUnderTest.class).value());
        List<Path> templates = files.templates().stream()
                .filter(file -> named.contains(RouteFiles.idOf(file)))
                .toList();
        List<String> routes = named.stream()
                .filter(id -> templates.stream()
                        .noneMatch(file -> RouteFiles.idOf(file).equals(id)))
                .toList();
        return Stream.concat(files.withErrorHandling(routes).stream(), templates.stream())
                .toList();
    }

    /** With the beans already bound: camel-main looks for its event listeners before it calls a test's bindToRegistry. */
    @Override
    @SuppressWarnings("deprecation")
    protected Registry createCamelRegistry() {
        Registry registry = new SimpleRegistry();
        BEANS.of(config).forEach(registry::bind);
        return registry;
    }

    @Override
    protected CamelContext createCamelContext() throws Exception {
        CamelContext context = super.createCamelContext();
        context.getRegistry()
                .findByType(CamelContextAware.class)
                .forEach(bean -> CamelContextAware.trySetCamelContext(bean, context));
        RedeliveryDelays.remove((ModelCamelContext) context);
        return context;
    }

    protected <T> T bean(String name, Class<T> type) {
        return context.getRegistry().lookupByNameAndType(name, type);
    }

    /**
     * The notice of a run that succeeded, except for the given fields.
     *
     * @param json fields of {@code run-notice.schema.json}
     */
    protected static RunNotice notice(String json) throws Exception {
        return TestBodies.notice(JSON.readTree(json));
    }

    protected static JsonNode json(Object body) throws Exception {
        return body instanceof byte[] bytes ? JSON.readTree(bytes) : JSON.readTree((String) body);
    }

    /** Makes a replaced endpoint fail. */
    protected static void failAlways(MockEndpoint mock, Exception failure) {
        mock.whenAnyExchangeReceived(exchange -> {
            throw failure;
        });
    }
}
