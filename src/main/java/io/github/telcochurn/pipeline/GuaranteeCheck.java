package io.github.telcochurn.pipeline;

import io.github.telcochurn.ChurnFailure;
import io.github.telcochurn.config.ChurnConfig;
import io.github.telcochurn.config.ConfigException;
import io.github.telcochurn.routes.Finding;
import io.github.telcochurn.routes.RouteFiles;
import io.github.telcochurn.routes.lint.RouteLinter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Refuses to start a route that could lose records after an edit, and a file that replaces a shipped one and has an error of
 * {@code ./churn routes check}. Tests that need such a route weave {@link #require} away.
 */
final class GuaranteeCheck {
    private GuaranteeCheck() {}

    /**
     * Checks files before they are loaded.
     *
     * @throws ConfigException when records could be lost, with the place and the remedy of each fault
     * @throws ChurnFailure when a file that replaces a shipped one has another error
     */
    static void require(ChurnConfig config, Map<String, Class<?>> beanTypes, List<Path> files) {
        List<String> problems = RouteLinter.guaranteeOnly(config, beanTypes).check(files).stream()
                .filter(Finding::breaksGuarantee)
                .map(Finding::toString)
                .toList();
        if (!problems.isEmpty()) {
            throw new ConfigException(problems);
        }
        RouteFiles inEffect = new RouteFiles(config.routes());
        List<Path> replacing = files.stream().filter(inEffect::replacesShipped).toList();
        String errors = replacing.isEmpty()
                ? ""
                : new RouteLinter(config, beanTypes)
                        .check(replacing).stream()
                                .filter(Finding::isError)
                                .map(error -> System.lineSeparator() + "  " + error)
                                .collect(Collectors.joining());
        if (!errors.isEmpty()) {
            throw new ChurnFailure(
                    "The routes cannot be started, since yours replace shipped ones and have errors:" + errors);
        }
    }
}
