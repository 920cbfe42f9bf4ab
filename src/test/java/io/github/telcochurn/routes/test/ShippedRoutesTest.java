package io.github.telcochurn.routes.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.telcochurn.ChurnBeans;
import io.github.telcochurn.TestProject;
import io.github.telcochurn.config.ChurnConfig;
import io.github.telcochurn.config.ConfigLoader;
import io.github.telcochurn.routes.Finding;
import io.github.telcochurn.routes.RouteFiles;
import io.github.telcochurn.routes.lint.RouteLinter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The shipped routes are valid, and so are the routes in the documentation's examples. */
class ShippedRoutesTest {
    private static final ChurnConfig CONFIG =
            ConfigLoader.load(TestProject.ROOT, TestProject.ROOT.resolve("src"), Map.of(), Map.of());
    private static final RouteLinter LINTER = new RouteLinter(CONFIG, ChurnBeans.types());

    @Test
    void shippedRoutesBreakNoRule() {
        assertThat(LINTER.checkAll()).isEmpty();
    }

    @Test
    void routesInTheDocumentationBreakNoRule() throws IOException {
        List<Path> pages;
        try (Stream<Path> docs = Files.list(TestProject.ROOT.resolve("docs"))) {
            pages = Stream.concat(Stream.of(TestProject.ROOT.resolve("README.md")), docs)
                    .filter(page -> page.toString().endsWith(".md"))
                    .sorted()
                    .toList();
        }

        assertThat(LINTER.check(pages)).isEmpty();
    }

    @TestFactory
    Stream<DynamicTest> everyCasePasses() {
        RouteTests tests = new RouteTests(CONFIG, ChurnBeans::all);
        return new RouteFiles(CONFIG.routes()).tests().stream().flatMap(path -> cases(RouteTestFile.read(path), tests));
    }

    private static Stream<DynamicTest> cases(RouteTestFile file, RouteTests tests) {
        if (!file.findings().isEmpty()) {
            return Stream.of(DynamicTest.dynamicTest(file.file(), () -> assertThat(file.findings())
                    .extracting(Finding::toString)
                    .isEmpty()));
        }
        return file.cases().stream()
                .map(one -> DynamicTest.dynamicTest(
                        one.test().route() + ": " + one.test().name(),
                        () -> assertThat(tests.run(file.file(), one).problems()).isEmpty()));
    }
}
