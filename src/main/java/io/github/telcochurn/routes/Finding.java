package io.github.telcochurn.routes;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.github.telcochurn.yaml.Yaml;
import java.util.Comparator;

/**
 * One thing that is wrong with a file.
 *
 * @param file as it is shown to people
 * @param rule its id
 * @param message what is wrong, and what to do
 */
public record Finding(
        @JsonProperty String file,
        @JsonProperty int line,
        @JsonProperty int column,
        @JsonProperty String severity,
        @JsonProperty String rule,
        @JsonProperty String message) {

    /** By file, then by position. */
    public static final Comparator<Finding> ORDER = Comparator.comparing(Finding::file)
            .thenComparing(Finding::line)
            .thenComparing(Finding::column)
            .thenComparing(Finding::rule)
            .thenComparing(Finding::message);

    /** A violation of a rule at a position. */
    public static Finding of(String file, Yaml.Position at, Rule rule, String message) {
        return new Finding(file, at.line(), at.column(), rule.severity().toString(), rule.id(), message);
    }

    /** The same, where the rule is only a recommendation. */
    public Finding asWarning() {
        return new Finding(file, line, column, Rule.Severity.WARNING.toString(), rule, message);
    }

    @JsonIgnore
    public boolean isError() {
        return severity.equals(Rule.Severity.ERROR.toString());
    }

    /** Whether Camel may refuse the file because of it, on this machine. */
    @JsonIgnore
    public boolean preventsStart() {
        return isError() || rule.equals(Rule.UNSET_VARIABLE.id());
    }

    /** Whether it can lose records, rather than only keep a route from starting. */
    @JsonIgnore
    public boolean breaksGuarantee() {
        return Rule.GUARANTEE_RULES.stream().map(Rule::id).anyMatch(rule::equals);
    }

    /** A line that editors can jump from. */
    @Override
    public String toString() {
        return file + "(" + line + "," + column + "): " + severity + " " + rule + ": " + message;
    }
}
