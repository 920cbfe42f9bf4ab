package io.github.telcochurn.routes.lint;

import io.github.telcochurn.ChurnFailure;
import io.github.telcochurn.routes.Finding;
import io.github.telcochurn.routes.RouteFiles;
import io.github.telcochurn.routes.RouteSource;
import io.github.telcochurn.routes.Rule;
import io.github.telcochurn.routes.Scope;
import io.github.telcochurn.yaml.Yaml;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether Camel itself can load a file that has no other error; nothing is started. */
final class LoadCheck implements RouteCheck {
    private static final Logger LOG = LoggerFactory.getLogger(LoadCheck.class);

    @Override
    public void check(RouteSource source, Scope scope, Findings findings) {
        if (findings.all().stream().anyMatch(Finding::isError)) {
            return;
        }
        try (CamelContext context = new DefaultCamelContext(false)) {
            context.getPropertiesComponent().setOverrideProperties(scope.properties());
            context.build();
            if (source.elements().stream().anyMatch(element -> element.has("templatedRoute"))) {
                loadTemplates(source, scope, context);
            }
            load(source, context);
        } catch (Exception e) {
            Yaml.Position at = source.elements().isEmpty()
                    ? new Yaml.Position(1, 1)
                    : source.elements().get(0).at();
            findings.add(at, Rule.NOT_LOADABLE, "Camel cannot load this: " + firstLine(e) + ".");
        }
    }

    private static void load(RouteSource source, CamelContext context) throws Exception {
        PluginHelper.getRoutesLoader(context)
                .loadRoutes(ResourceHelper.fromString("routes" + RouteFiles.SUFFIX, withEnvironment(source.text())));
    }

    /** What is set where the routes will run need not be set here. */
    private static String withEnvironment(String text) {
        return text.replaceAll("\\{\\{(env|sys):[^{}:]*}}", "1");
    }

    /** Loads the other files' templates; their errors are reported with their own files. */
    private static void loadTemplates(RouteSource source, Scope scope, CamelContext context) {
        for (RouteSource other : scope.templateSources()) {
            try {
                if (!other.equals(source)) {
                    load(other, context);
                }
            } catch (Exception e) {
                LOG.debug("{} cannot be loaded for {}", other.name(), source.name(), e);
            }
        }
    }

    private static String firstLine(Exception thrown) {
        return ChurnFailure.rootMessage(thrown).lines().findFirst().orElse("").replaceFirst("[.]$", "");
    }
}
