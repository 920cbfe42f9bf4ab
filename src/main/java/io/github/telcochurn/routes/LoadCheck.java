package io.github.telcochurn.routes;

import io.github.telcochurn.ChurnFailure;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;

/** Whether Camel itself can load a file that has no other fault; nothing is started. */
final class LoadCheck implements RouteCheck {
    @Override
    public void check(RouteSource source, Scope scope, Findings findings) {
        if (findings.all().stream().anyMatch(Finding::isError)) {
            return;
        }
        try (CamelContext context = new DefaultCamelContext(false)) {
            context.getPropertiesComponent().setOverrideProperties(scope.properties());
            context.build();
            PluginHelper.getRoutesLoader(context)
                    .loadRoutes(ResourceHelper.fromString("routes" + RouteFiles.SUFFIX, source.text()));
        } catch (Exception e) {
            Yaml.Position at = source.elements().isEmpty()
                    ? new Yaml.Position(1, 1)
                    : source.elements().get(0).at();
            findings.add(at, Rule.NOT_LOADABLE, "Camel cannot load this: " + firstLine(e) + ".");
        }
    }

    private static String firstLine(Exception thrown) {
        return ChurnFailure.rootMessage(thrown).lines().findFirst().orElse("").replaceFirst("[.]$", "");
    }
}
