package io.github.telcochurn.routes.lint;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.telcochurn.routes.Placeholders;
import io.github.telcochurn.routes.RouteSource;
import io.github.telcochurn.routes.Rule;
import io.github.telcochurn.routes.Scope;
import io.github.telcochurn.yaml.DidYouMean;
import io.github.telcochurn.yaml.Yaml;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Whether every key and value is allowed where it is. */
final class SchemaCheck implements RouteCheck {
    private static final Pattern NUMBER = Pattern.compile("[+-]?\\d+([.]\\d+)?");
    private static final Set<String> FLAGS = Set.of("true", "false");

    private final DslSchema schema;

    SchemaCheck(DslSchema schema) {
        this.schema = schema;
    }

    @Override
    public void check(RouteSource source, Scope scope, Findings findings) {
        for (Yaml.Mapping element : source.elements()) {
            check("the list of routes", element, schema.element(), findings);
            if (element.entries().size() > 1) {
                Yaml.Entry second = element.entries().get(1);
                findings.add(
                        second.key().at(),
                        Rule.UNKNOWN_KEY,
                        "The element " + element.entries().get(0).name() + " is followed by " + second.name()
                                + ". Give " + second.name()
                                + " a dash of its own, or indent it.");
            }
        }
    }

    private void check(String name, Yaml value, DslSchema.Shape shape, Findings findings) {
        if (value instanceof Yaml.Mapping mapping) {
            checkMapping(name, mapping, shape, findings);
        } else if (value instanceof Yaml.Sequence sequence) {
            checkList(name, sequence, shape, findings);
        } else if (value instanceof Yaml.Scalar scalar) {
            checkScalar(name, scalar, shape, findings);
        }
    }

    private void checkMapping(String name, Yaml.Mapping mapping, DslSchema.Shape shape, Findings findings) {
        if (!shape.isMapping()) {
            if (!shape.types().isEmpty()) {
                findings.add(
                        mapping.at(),
                        Rule.WRONG_TYPE,
                        name + " must be "
                                + (shape.isList() ? "a list, whose items begin with a dash" : "a single value")
                                + ", but here it has keys of its own: " + String.join(", ", mapping.keys()) + ".");
            }
            return;
        }
        if (shape.open()) {
            return;
        }
        for (Yaml.Entry entry : mapping.entries()) {
            JsonNode known = shape.properties().get(entry.name());
            if (known == null) {
                findings.add(
                        entry.key().at(),
                        Rule.UNKNOWN_KEY,
                        "Unknown key " + entry.name() + " in " + name + remedy(name, entry.name(), shape));
            } else {
                check(entry.name(), entry.value(), schema.shape(known), findings);
            }
        }
        for (String key : shape.required()) {
            if (!mapping.has(key)) {
                findings.add(mapping.at(), Rule.MISSING_KEY, name + " has no " + key + ", which it needs.");
            }
        }
        if (shape.expression()
                && !name.equals("expression")
                && mapping.keys().stream().noneMatch(key -> isLanguage(key, shape))
                && !name.equals("sort")) {
            findings.add(
                    mapping.at(),
                    Rule.MISSING_KEY,
                    name + " has no expression. Give it one, such as simple: {expression: \"${body}\"}.");
        }
    }

    private boolean isLanguage(String key, DslSchema.Shape shape) {
        return key.equals("expression") || languages(shape).contains(key);
    }

    private Set<String> languages(DslSchema.Shape shape) {
        return shape.properties().containsKey("expression")
                ? schema.shape(shape.properties().get("expression"))
                        .properties()
                        .keySet()
                : shape.properties().keySet();
    }

    private static String remedy(String name, String unknown, DslSchema.Shape shape) {
        if (name.equals("route") && unknown.equals("steps")) {
            return ". Steps belong under from.";
        }
        String suggestion = DidYouMean.suggestion(unknown, shape.properties().keySet());
        if (!suggestion.isEmpty()) {
            return suggestion;
        }
        return shape.properties().size() > 20
                ? ". See the keys of " + name + " at https://camel.apache.org/components/4.x/others/yaml-dsl.html."
                : ". It can have "
                        + String.join(", ", new TreeSet<>(shape.properties().keySet())) + ".";
    }

    private void checkList(String name, Yaml.Sequence list, DslSchema.Shape shape, Findings findings) {
        if (!shape.isList()) {
            if (!shape.types().isEmpty()) {
                findings.add(
                        list.at(),
                        Rule.WRONG_TYPE,
                        name + " must be " + (shape.isMapping() ? "a mapping with keys" : "a single value")
                                + ", but here it is a list. Remove the dash.");
            }
            return;
        }
        if (shape.items() != null) {
            DslSchema.Shape item = schema.shape(shape.items());
            list.items().forEach(one -> check(name, one, item, findings));
        }
    }

    private static void checkScalar(String name, Yaml.Scalar scalar, DslSchema.Shape shape, Findings findings) {
        if (shape.types().isEmpty()) {
            return;
        }
        if (shape.isMapping() && !shape.open()) {
            // Some can be given as one word in the short form.
            boolean compact = shape.types().contains("string") && !scalar.isNothing();
            findings.add(
                    scalar.at(),
                    compact ? Rule.COMPACT_FORM : Rule.WRONG_TYPE,
                    compact
                            ? name + ": \"" + scalar.text() + "\" is the short form, which Kaoto does not write. Use "
                                    + name + ": {" + longForm(shape) + ": \"" + scalar.text() + "\"}."
                            : name + " must be a mapping with keys, but here it is "
                                    + (scalar.isNothing() ? "empty" : "\"" + scalar.text() + "\"")
                                    + ". Put its keys on lines of their own, indented.");
            return;
        }
        if (shape.isList() || shape.isMapping()) {
            findings.add(
                    scalar.at(),
                    Rule.WRONG_TYPE,
                    name + " must be " + (shape.isList() ? "a list" : "a mapping with keys") + ", but here it is "
                            + (scalar.isNothing() ? "empty" : "\"" + scalar.text() + "\"") + ".");
            return;
        }
        if (!Placeholders.isIn(scalar.text())) {
            checkValue(name, scalar, shape, findings);
        }
    }

    private static void checkValue(String name, Yaml.Scalar scalar, DslSchema.Shape shape, Findings findings) {
        String expected = null;
        if (!shape.words().isEmpty() && !shape.words().contains(scalar.text())) {
            expected = "one of " + String.join(", ", shape.words());
        } else if (shape.types().contains("boolean") && !FLAGS.contains(scalar.text())) {
            expected = "true or false";
        } else if ((shape.types().contains("number") || shape.types().contains("integer"))
                && !NUMBER.matcher(scalar.text()).matches()) {
            expected = "a number";
        } else if (shape.types().contains("string") && scalar.isNothing()) {
            expected = "text";
        }
        if (expected != null) {
            findings.add(
                    scalar.at(),
                    Rule.WRONG_TYPE,
                    name + " must be " + expected + ", but is \"" + scalar.text() + "\""
                            + (shape.words().isEmpty() ? "." : suggestionOrStop(scalar.text(), shape.words())));
        }
    }

    private static String suggestionOrStop(String text, Set<String> words) {
        return DidYouMean.suggestionOr(text, words, ".");
    }

    private static String longForm(DslSchema.Shape shape) {
        for (String key : new String[] {"expression", "uri", "ref", "message", "name"}) {
            if (shape.properties().containsKey(key)) {
                return key;
            }
        }
        return shape.properties().keySet().iterator().next();
    }
}
