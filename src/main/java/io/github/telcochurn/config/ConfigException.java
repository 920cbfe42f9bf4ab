package io.github.telcochurn.config;

import java.util.List;

/** The configuration cannot be used; the message has a line for each problem. */
public final class ConfigException extends RuntimeException {
    private final List<String> problems;

    public ConfigException(List<String> problems) {
        super((problems.size() == 1 ? "The configuration has a problem:" : "The configuration has problems:")
                + "\n  "
                + String.join("\n  ", problems));
        this.problems = List.copyOf(problems);
    }

    public List<String> problems() {
        return problems;
    }
}
