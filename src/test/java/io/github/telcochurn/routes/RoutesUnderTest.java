package io.github.telcochurn.routes;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The shipped files that a {@link RouteTestSupport} loads and tests. Each file of {@code routes/} must be named by one. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@interface RoutesUnderTest {
    /** Names of files of {@code routes/} and {@code routes/templates/}, without {@code .camel.yaml}. */
    String[] value();
}
