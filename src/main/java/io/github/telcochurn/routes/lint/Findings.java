package io.github.telcochurn.routes.lint;

import io.github.telcochurn.routes.Finding;
import io.github.telcochurn.routes.Rule;
import io.github.telcochurn.yaml.Yaml;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Collects what is wrong with one source. */
final class Findings {
    private final String file;
    private final Set<Rule> recommended;
    private final List<Finding> found = new ArrayList<>();

    /**
     * No findings yet.
     *
     * @param recommended the rules whose findings are only warnings
     */
    Findings(String file, Set<Rule> recommended) {
        this.file = file;
        this.recommended = recommended;
    }

    void add(Yaml.Position at, Rule rule, String message) {
        Finding finding = Finding.of(file, at, rule, message);
        found.add(recommended.contains(rule) ? finding.asWarning() : finding);
    }

    void add(Finding finding) {
        found.add(finding);
    }

    List<Finding> all() {
        return found;
    }
}
