package io.github.telcochurn.yaml;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Says in words what a value must be, for the rules of a JSON Schema that people break in their files.
 *
 * @param subject the name of the value
 * @param value the value in the file
 * @param rule the keyword's own value in the JSON Schema
 * @param description the JSON Schema's description of the value; empty when it has none
 */
record WrongValue(String subject, Yaml value, JsonNode rule, String description) {
    private static final Set<String> SINGLE = Set.of("string", "number", "boolean");

    /**
     * The message, of one or two sentences.
     *
     * @param keyword of the JSON Schema
     * @param otherwise the sentence for any other keyword, without its full stop
     * @param form the sentence that says where the format is shown
     */
    String message(String keyword, String otherwise, String form) {
        return switch (keyword) {
            case "type" -> mustBe(types()) + ". " + typeHint(form);
            case "enum" -> oneOf();
            case "minItems" -> mustHave("at least", "item") + ". " + form;
            case "minProperties" -> mustHave("at least", "key") + ". " + form;
            case "maxProperties" -> mustHave("at most", "key") + ". " + form;
            case "minLength" -> mustHave("at least", "character") + ".";
            case "maxLength" -> mustHave("at most", "character") + ".";
            case "minimum" -> mustBe(rule.asText() + " or more") + ".";
            case "exclusiveMinimum" -> mustBe("more than " + rule.asText()) + ".";
            case "pattern" -> subject + " cannot be " + shown() + ". " + (description.isEmpty() ? form : description);
            default -> otherwise + ". " + form;
        };
    }

    private String mustBe(String what) {
        return subject + " must be " + what + ", but is " + shown();
    }

    private String mustHave(String bound, String thing) {
        String things = rule.asInt() == 1 ? thing : thing + "s";
        return subject + " must have " + bound + " " + rule.asInt() + " " + things + ", but " + size();
    }

    private String size() {
        if (value instanceof Yaml.Mapping mapping && !mapping.entries().isEmpty()) {
            return "has " + mapping.entries().size();
        }
        if (value instanceof Yaml.Sequence sequence && !sequence.items().isEmpty()) {
            return "has " + sequence.items().size();
        }
        return value instanceof Yaml.Scalar scalar && !scalar.text().isEmpty() ? "is " + shown() : "is empty";
    }

    private String shown() {
        if (value instanceof Yaml.Mapping) {
            return "a mapping";
        }
        if (value instanceof Yaml.Sequence) {
            return "a list";
        }
        Yaml.Scalar scalar = (Yaml.Scalar) value;
        if (scalar.isNothing()) {
            return "empty";
        }
        return scalar.quoted() ? "\"" + scalar.text() + "\"" : scalar.text();
    }

    private List<String> wanted() {
        List<String> names = new ArrayList<>();
        if (rule.isArray()) {
            rule.forEach(name -> names.add(name.asText()));
        } else {
            names.add(rule.asText());
        }
        return names;
    }

    private String types() {
        return Set.copyOf(wanted()).equals(SINGLE)
                ? "a single value"
                : String.join(" or ", wanted().stream().map(WrongValue::type).toList());
    }

    private static String type(String name) {
        return switch (name) {
            case "string" -> "text";
            case "integer" -> "a whole number";
            case "number" -> "a number in plain decimals";
            case "boolean" -> "true or false";
            case "array" -> "a list";
            case "object" -> "a mapping";
            default -> name;
        };
    }

    /** The cause is often a pair of quotes. */
    private String typeHint(String form) {
        if (!(value instanceof Yaml.Scalar scalar) || scalar.isNothing()) {
            return form;
        }
        boolean isText = wanted().contains("string");
        if (isText && !scalar.quoted()) {
            return "Put it in quotes.";
        }
        return scalar.quoted() && wanted().contains(typeWithoutQuotes(scalar)) ? "Remove the quotes." : form;
    }

    private String typeWithoutQuotes(Yaml.Scalar scalar) {
        JsonNode json = YamlJson.of(new Yaml.Scalar(scalar.at(), scalar.text(), null, false));
        if (json.isBoolean()) {
            return "boolean";
        }
        if (json.isIntegralNumber() && wanted().contains("integer")) {
            return "integer";
        }
        return json.isNumber() ? "number" : "string";
    }

    private String oneOf() {
        List<String> words = new ArrayList<>();
        List<String> listed = new ArrayList<>();
        for (JsonNode word : rule) {
            words.add(word.asText());
            listed.add(word.asText().matches("[\\w-]+") ? word.asText() : "\"" + word.asText() + "\"");
        }
        String rest = value instanceof Yaml.Scalar scalar ? DidYouMean.suggestionOr(scalar.text(), words, ".") : ".";
        return mustBe("one of " + String.join(", ", listed)) + rest;
    }
}
