package io.github.telcochurn.routes.test;

import java.util.List;

/**
 * The result of a case.
 *
 * @param file as it is shown to people
 * @param line on which the case begins
 * @param name of the case
 * @param route that it is about
 * @param problems none when it passed
 */
public record RouteTestResult(String file, int line, String name, String route, List<String> problems) {
    public boolean passed() {
        return problems.isEmpty();
    }
}
