package io.github.telcochurn.routes.lint;

import io.github.telcochurn.routes.Finding;
import io.github.telcochurn.routes.Rule;
import io.github.telcochurn.yaml.Yaml;
import java.util.ArrayList;
import java.util.List;

/** Gathers what is wrong with one source. */
final class Findings {
    private final String file;
    private final List<Finding> found = new ArrayList<>();

    Findings(String file) {
        this.file = file;
    }

    void add(Yaml.Position at, Rule rule, String message) {
        found.add(Finding.of(file, at, rule, message));
    }

    void add(Finding finding) {
        found.add(finding);
    }

    List<Finding> all() {
        return found;
    }
}
