package io.github.telcochurn.pipeline;

import io.github.telcochurn.config.ChurnConfig;
import io.github.telcochurn.config.ConfigException;
import io.github.telcochurn.routes.Finding;
import io.github.telcochurn.routes.lint.RouteLinter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** No route is started that an edit made lose records. Tests that need such a route weave {@link #require} away. */
final class GuaranteeCheck {
    private GuaranteeCheck() {}

    /**
     * Looks at files before they are loaded.
     *
     * @throws ConfigException with the place and the remedy of each fault
     */
    static void require(ChurnConfig config, Map<String, Class<?>> beanTypes, List<Path> files) {
        List<String> problems = RouteLinter.ofGuarantee(config, beanTypes).check(files).stream()
                .filter(Finding::breaksGuarantee)
                .map(Finding::toString)
                .toList();
        if (!problems.isEmpty()) {
            throw new ConfigException(problems);
        }
    }
}
