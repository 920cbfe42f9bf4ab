package io.github.telcochurn.routes;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.github.telcochurn.TestProject;
import io.github.telcochurn.config.ConfigLoader;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RouteTestCoverageTest {
    @Test
    void everyShippedRouteAndTemplateHasATest() {
        List<String> tested = new ClassFileImporter()
                .importPackages(getClass().getPackageName()).stream()
                        .filter(type -> type.isAssignableTo(RouteTestSupport.class))
                        .filter(type -> type.isAnnotatedWith(RoutesUnderTest.class))
                        .flatMap(RouteTestCoverageTest::routesOf)
                        .distinct()
                        .toList();

        assertThat(new RouteFiles(ConfigLoader.load(TestProject.ROOT, TestProject.ROOT, Map.of(), Map.of())
                                .routes())
                        .all())
                .extracting(RouteFiles::idOf)
                .as("files of routes/ that a @RoutesUnderTest names")
                .hasSizeGreaterThan(1)
                .isSubsetOf(tested);
    }

    private static Stream<String> routesOf(JavaClass test) {
        return Stream.of(test.getAnnotationOfType(RoutesUnderTest.class).value());
    }
}
