package io.github.telcochurn.routes;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.telcochurn.TestProject;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.commons.support.ReflectionSupport;

class RouteTestCoverageTest {
    @Test
    void everyShippedRouteAndTemplateHasATest(@TempDir Path home) {
        List<String> tested = ReflectionSupport.findAllClassesInPackage(
                        getClass().getPackageName(), RouteTestCoverageTest::isRouteTest, name -> true)
                .stream()
                .flatMap(test ->
                        Stream.of(test.getAnnotation(RoutesUnderTest.class).value()))
                .toList();
        RouteFiles shipped =
                new RouteFiles(TestProject.config(home, TestProject.settings(1)).routes());

        assertThat(shipped.all())
                .extracting(RouteFiles::idOf)
                .as("files of routes/, of which each needs a RouteTestSupport with @RoutesUnderTest")
                .isNotEmpty()
                .isSubsetOf(tested);
    }

    private static boolean isRouteTest(Class<?> type) {
        return RouteTestSupport.class.isAssignableFrom(type) && type.isAnnotationPresent(RoutesUnderTest.class);
    }
}
