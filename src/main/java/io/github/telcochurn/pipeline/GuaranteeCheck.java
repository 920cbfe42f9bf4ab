package io.github.telcochurn.pipeline;

import io.github.telcochurn.config.ChurnConfig;
import io.github.telcochurn.config.ConfigException;
import io.github.telcochurn.routes.Finding;
import io.github.telcochurn.routes.RouteLinter;
import java.nio.file.Path;
import java.util.List;

/** No route is started that an edit made lose records. Tests that need such a route weave {@link #require} away. */
final class GuaranteeCheck {
    private GuaranteeCheck() {}

    /**
     * Looks at files before they are loaded.
     *
     * @throws ConfigException with the place and the remedy of each fault
     */
    static void require(ChurnConfig config, List<Path> files) {
        List<String> problems = RouteLinter.ofGuarantee(config).check(files).stream()
                .filter(Finding::breaksGuarantee)
                .map(Finding::toString)
                .toList();
        if (!problems.isEmpty()) {
            throw new ConfigException(problems);
        }
    }
}
