package io.github.telcochurn.streaming;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.telcochurn.TestProject;
import io.github.telcochurn.config.ChurnConfig;
import io.github.telcochurn.routes.RouteFiles;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.impl.engine.DefaultClassResolver;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.PluginHelper;
import org.junit.jupiter.api.Test;
import org.slf4j.event.Level;

/** The unchanged route files in another Camel than this program's. For the command line itself, see docs/camel-cli.md. */
class CamelCliPluginTest {
    private static final String CLI = "org.apache.camel.main.KameletMain";

    private static CamelContext camel(boolean isCommandLine) {
        DefaultCamelContext camel = new DefaultCamelContext(false);
        camel.setAutoStartup(false);
        camel.setClassResolver(new DefaultClassResolver(camel) {
            @Override
            public Class<?> resolveClass(String name) {
                return isCommandLine && name.equals(CLI) ? Object.class : super.resolveClass(name);
            }
        });
        return camel;
    }

    @Test
    void bindsAllThatTheShippedRoutesName() throws Exception {
        ChurnConfig.Routes routes = new ChurnConfig.Routes(TestProject.ROOT.resolve("routes"), null, Level.INFO, false);
        List<Path> files = new RouteFiles(routes).all();
        try (CamelContext camel = camel(true)) {
            camel.start();
            for (Path file : files) {
                Resource resource = PluginHelper.getResourceLoader(camel).resolveResource("file:" + file);
                PluginHelper.getRoutesLoader(camel).loadRoutes(resource);
            }

            assertThat(camel.getRoutes())
                    .extracting(Route::getRouteId)
                    .contains("score", "supervise-streaming", "batch-run", "ingest-inbox", "ingest-streaming");
        }
    }

    @Test
    void leavesEveryOtherCamelAlone() throws Exception {
        try (CamelContext camel = camel(false)) {
            camel.start();

            assertThat(Stream.of("scorer", "batchSteps", "failedExchange").map(camel.getRegistry()::lookupByName))
                    .containsOnlyNulls();
        }
    }
}
